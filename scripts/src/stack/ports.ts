import { createServer } from 'node:net';

/** Whether a port of this machine can be listened on; 0 asks for any. Answers the port, or nothing when it is taken. */
function tryListen(port: number): Promise<number | undefined> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const found =
        typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => resolve(found));
    });
  });
}

/** The wanted port when it is free, else any free one. */
export async function freePort(wanted = 0): Promise<number> {
  const found = (await tryListen(wanted)) ?? (await tryListen(0));
  if (found === undefined) {
    throw new Error('no free port was found on 127.0.0.1');
  }
  return found;
}
