import { createServer } from 'node:net';

/** Listens for a moment, 0 for any port. Answers the port, or the code of the refusal. */
function tryListen(host: string, port: number): Promise<number | string> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code ?? error.message),
    );
    server.listen(port, host, () => {
      const address = server.address();
      const found =
        typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => resolve(found));
    });
  });
}

/** Whether a port is free for `localhost`. Browsers take that for ::1 first: whoever listens there would be shown instead of us. */
async function isFree(port: number): Promise<boolean> {
  if (typeof (await tryListen('127.0.0.1', port)) === 'string') return false;
  return (await tryListen('::1', port)) !== 'EADDRINUSE';
}

/** The wanted port when it is free, else any free one. */
export async function freePort(wanted = 0): Promise<number> {
  if (wanted !== 0 && (await isFree(wanted))) return wanted;
  const found = await tryListen('127.0.0.1', 0);
  if (typeof found === 'string') {
    throw new Error(`no free port was found on 127.0.0.1: ${found}`);
  }
  return found;
}
