import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Server } from 'node:net';

// Below the range that systems hand out for outgoing connections (32768 and up), so that a component which is down for a
// moment finds its port still free; above what well-known services use.
const LOWEST = 20_000;
const COUNT = 12_000;
const ATTEMPTS = 500;

async function listenOn(port: number): Promise<Server | undefined> {
  const server = createServer();
  server.listen({ port, host: '127.0.0.1', exclusive: true });
  try {
    await once(server, 'listening');
    return server;
  } catch {
    return undefined;
  }
}

/**
 * Chooses free ports on 127.0.0.1, all different. Between the answer and their use somebody else may take one: the caller
 * starts again with others when a program says so.
 */
export async function choosePorts(
  count: number,
  random: () => number = Math.random,
): Promise<number[]> {
  const held = new Map<number, Server>();
  try {
    for (let attempt = 0; held.size < count; attempt++) {
      if (attempt >= ATTEMPTS) {
        throw new Error(
          `Found only ${
            held.size
          } of ${count} free ports on 127.0.0.1 after ${ATTEMPTS} attempts between ${LOWEST} and ${
            LOWEST + COUNT - 1
          }. Stop programs that listen there.`,
        );
      }
      const port = LOWEST + Math.floor(random() * COUNT);
      const server = held.has(port) ? undefined : await listenOn(port);
      if (server) held.set(port, server);
    }
    return [...held.keys()];
  } finally {
    await Promise.all(
      [...held.values()].map(async server => {
        server.close();
        await once(server, 'close');
      }),
    );
  }
}
