import { parseStreamMessage } from '../api/streamSchemas';
import { openStream, StreamState, Timers } from './openStream';
import { PaasClientError } from './PaasClientError';

/** Timers that run when the test says so. */
class TestTimers implements Timers {
  private readonly waiting = new Map<() => void, number>();
  set = (callback: () => void, milliseconds: number) => {
    this.waiting.set(callback, milliseconds);
    return () => this.waiting.delete(callback);
  };
  /** Ends every wait that is at most this long. */
  elapse(milliseconds: number) {
    for (const [callback, due] of [...this.waiting]) {
      if (due > milliseconds) continue;
      this.waiting.delete(callback);
      callback();
    }
  }
}

/** A stream that the test writes to. */
function createBody() {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start: given => {
      controller = given;
    },
  });
  return {
    response: new Response(body),
    sendBytes: (bytes: Uint8Array) => controller?.enqueue(bytes),
    send: (text: string) => controller?.enqueue(new TextEncoder().encode(text)),
    end: () => controller?.close(),
    fail: () => controller?.error(new Error('connection reset')),
  };
}

const heartbeat = (at: string, id?: string) =>
  `${id ? `id: ${id}\n` : ''}data: {"type":"heartbeat","at":"${at}"}\n\n`;

async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 200 && !condition(); turn += 1) {
    await new Promise(resolve => setTimeout(resolve, 0));
  }
  expect(condition()).toBe(true);
}

function start(...refusals: Response[]) {
  const timers = new TestTimers();
  const bodies: ReturnType<typeof createBody>[] = [];
  const requests: Record<string, string>[] = [];
  const messages: string[] = [];
  const states: StreamState[] = [];
  const stop = new AbortController();
  const finished = openStream(
    {
      parse: parseStreamMessage,
      timers,
      random: () => 1,
      connect: async ({ headers }) => {
        requests.push(headers);
        const refusal = refusals.shift();
        if (refusal) return refusal;
        const body = createBody();
        bodies.push(body);
        return body.response;
      },
    },
    {
      signal: stop.signal,
      onState: state => states.push(state),
      onMessage: message =>
        messages.push(message.type === 'heartbeat' ? message.at : message.type),
    },
  );
  return { timers, bodies, requests, messages, states, stop, finished };
}

describe('openStream', () => {
  it('hands on messages, however they are cut', async () => {
    const { bodies, messages, stop, finished } = start();
    await until(() => bodies.length === 1);
    const bytes = new TextEncoder().encode(heartbeat('Gr\u00fc\u00dfe'));
    for (const byte of bytes) bodies[0].sendBytes(Uint8Array.of(byte));
    bodies[0].send(': a comment\r\n\r\n');
    await until(() => messages.length === 1);
    expect(messages).toEqual(['Gr\u00fc\u00dfe']);
    stop.abort();
    await finished;
  });

  it('comes back after an end, and resumes after the last event it saw', async () => {
    const { bodies, requests, messages, timers, states, stop, finished } =
      start();
    await until(() => bodies.length === 1);
    expect(requests[0]).not.toHaveProperty('last-event-id');
    bodies[0].send(heartbeat('one', 'id-7'));
    bodies[0].send(heartbeat('two'));
    await until(() => messages.length === 2);
    bodies[0].end();
    await until(() => states.at(-1)?.kind === 'retrying');
    expect(states.at(-1)).toEqual({
      kind: 'retrying',
      inMs: 500,
      why: 'The server ended the stream.',
    });
    timers.elapse(500);
    await until(() => bodies.length === 2);
    expect(requests[1]['last-event-id']).toBe('id-7');
    stop.abort();
    await finished;
  });

  it('waits longer after each failure, up to half a minute, and begins anew after a message', async () => {
    const { bodies, timers, states, messages, stop, finished } = start();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 8; attempt += 1) {
      await until(() => bodies.length === attempt + 1);
      bodies[attempt].fail();
      await until(() => states.at(-1)?.kind === 'retrying');
      const state = states.at(-1);
      if (state?.kind === 'retrying') waits.push(state.inMs);
      timers.elapse(30_000);
    }
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16000, 30000, 30000]);
    await until(() => bodies.length === 9);
    bodies[8].send(heartbeat('alive'));
    await until(() => messages.length === 1);
    bodies[8].end();
    await until(() => states.at(-1)?.kind === 'retrying');
    expect(states.at(-1)).toMatchObject({ inMs: 500 });
    stop.abort();
    await finished;
  });

  it('gives up a connection that has gone silent', async () => {
    const { bodies, timers, states, stop, finished } = start();
    await until(() => bodies.length === 1);
    await until(() => states.at(-1)?.kind === 'open');
    timers.elapse(45_000);
    bodies[0].fail();
    await until(() => states.at(-1)?.kind === 'retrying');
    expect(states.at(-1)).toMatchObject({
      why: 'Nothing was heard for 45 seconds.',
    });
    stop.abort();
    await finished;
  });

  it.each([401, 429, 500, 503])('tries again after status %i', async status => {
    const started = start(new Response(null, { status }));
    const { bodies, timers, states, stop, finished } = started;
    await until(() => states.at(-1)?.kind === 'retrying');
    timers.elapse(30_000);
    await until(() => bodies.length === 1);
    expect(states.map(({ kind }) => kind)).toContain('connecting');
    stop.abort();
    await finished;
  });

  it('ends with the sentence of a server that refuses for good', async () => {
    const stop = new AbortController();
    const body = JSON.stringify({
      error: { name: 'InputError', message: 'No such topic.' },
    });
    const finished = openStream(
      {
        parse: parseStreamMessage,
        timers: new TestTimers(),
        random: () => 1,
        connect: async () => new Response(body, { status: 400 }),
      },
      { signal: stop.signal, onMessage: () => {} },
    );
    await expect(finished).rejects.toThrow(
      new PaasClientError('No such topic.', { status: 400 }),
    );
  });

  it('ends when it is told to, also while it waits', async () => {
    const { bodies, states, stop, finished } = start();
    await until(() => bodies.length === 1);
    bodies[0].end();
    await until(() => states.at(-1)?.kind === 'retrying');
    stop.abort();
    await expect(finished).resolves.toBeUndefined();
  });
});
