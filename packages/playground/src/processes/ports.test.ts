import { once } from 'node:events';
import { createServer } from 'node:net';
import { choosePorts } from './ports';

/** A source of randomness that gives these numbers, then starts again. */
function sequence(...values: number[]): () => number {
  let at = 0;
  return () => values[at++ % values.length];
}

describe('choosePorts', () => {
  it('chooses different ports below those for outgoing connections', async () => {
    const ports = await choosePorts(20);
    expect(new Set(ports).size).toBe(20);
    for (const port of ports) {
      expect(port).toBeGreaterThanOrEqual(20_000);
      expect(port).toBeLessThan(32_000);
    }
  });

  it('gives back what it held, so that a program can listen there', async () => {
    const [port] = await choosePorts(1);
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    expect(server.listening).toBe(true);
    server.close();
  });

  it('passes over ports that are taken', async () => {
    const [taken] = await choosePorts(1);
    const server = createServer().listen(taken, '127.0.0.1');
    await once(server, 'listening');
    const value = (taken - 20_000 + 0.5) / 12_000;
    try {
      expect(await choosePorts(1, sequence(value, value, 0.5))).not.toContain(
        taken,
      );
    } finally {
      server.close();
    }
  });

  it('says what it was looking for when all are taken', async () => {
    await expect(choosePorts(2, () => 0.25)).rejects.toThrow(
      'Found only 1 of 2 free ports on 127.0.0.1',
    );
  });
});
