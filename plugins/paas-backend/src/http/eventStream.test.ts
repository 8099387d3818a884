import express from 'express';
import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import { AddressInfo, connect, Socket } from 'node:net';
import { beginEventStream, EventSink } from './eventStream';

/** A server with one stream, and a client that reads when it is told to. */
async function startStream() {
  const app = express();
  let open: (opened: { sink: EventSink; closed: Promise<unknown> }) => void;
  const opened = new Promise<Parameters<typeof open>[0]>(resolve => {
    open = resolve;
  });
  app.get('/', (_request, response) => {
    const closed = once(response, 'close');
    open({ sink: beginEventStream(response), closed });
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const { port } =
    typeof address === 'object' && address ? address : portless();
  const client = connect(port, '127.0.0.1').pause();
  client.on('error', () => {});
  client.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  return { server, client, ...(await opened) };
}

function portless(): AddressInfo {
  throw new Error('the server has no port');
}

async function stop(server: Server, client: Socket) {
  client.destroy();
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
}

describe('an event stream that ends', () => {
  it('S11: lets go of a reader that never reads, and of what it has not taken', async () => {
    const { server, client, sink, closed } = await startStream();
    // More than the buffers of the system take in.
    const chunk = `data: ${'x'.repeat(3e7)}\n\n`;
    while (sink.write(chunk));
    sink.end();
    await closed;
    const left = await new Promise<number>((resolve, reject) => {
      server.getConnections((error, count) =>
        error ? reject(error) : resolve(count),
      );
    });
    expect(left).toBe(0);
    await stop(server, client);
  });

  it('is whole for a reader that keeps up', async () => {
    const { server, client, sink } = await startStream();
    let text = '';
    client.on('data', chunk => {
      text += chunk.toString();
    });
    client.resume();
    sink.write('data: last words\n\n');
    while (!text.includes('last words')) await once(client, 'data');
    sink.end();
    // The last chunk of an answer: it was ended, not cut.
    while (!text.endsWith('0\r\n\r\n')) await once(client, 'data');
    expect(text).toContain('data: last words');
    await stop(server, client);
  });
});
