import { createServer, Server } from 'node:net';
import { freePort } from './ports';

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(
    servers.splice(0).map(
      server =>
        new Promise(resolve => {
          server.close(resolve);
        }),
    ),
  );
});

async function occupy(port: number, host: string): Promise<boolean> {
  const server = createServer();
  servers.push(server);
  return new Promise(resolve => {
    server.once('error', () => resolve(false));
    server.listen(port, host, () => resolve(true));
  });
}

describe('a port for the portal', () => {
  it('is the wanted one when it is free', async () => {
    const wanted = await freePort();
    await expect(freePort(wanted)).resolves.toBe(wanted);
  });

  it.each(['127.0.0.1', '0.0.0.0', '::1'])(
    'is another one when the wanted one is taken on %s',
    async host => {
      const wanted = await freePort();
      // A machine without IPv6 has nobody there.
      if (!(await occupy(wanted, host))) return;
      await expect(freePort(wanted)).resolves.not.toBe(wanted);
    },
  );
});
