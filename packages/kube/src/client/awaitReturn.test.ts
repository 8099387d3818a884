import { ManualTiming, settle } from '../testing/manualTiming';
import { json, startHttpWorld, status } from '../testing/httpWorld';
import { createAwaitReturn } from './awaitReturn';

const stay = () => new AbortController();

/** A server that says of itself whether it is ready. */
function world() {
  const timing = new ManualTiming();
  timing.chance = 1;
  const server = { ready: false, looks: 0 };
  const awaitReturn = createAwaitReturn({
    timing,
    probe: async () => {
      server.looks += 1;
      return server.ready;
    },
  });
  return { timing, server, awaitReturn };
}

describe('waiting for a server to come back', () => {
  it('is over at once when it is there', async () => {
    const { awaitReturn, server } = world();
    server.ready = true;
    await expect(awaitReturn(stay())).resolves.toBe('present');
    expect(server.looks).toBe(1);
  });

  it('looks once a second at most, and says that it returned', async () => {
    const { awaitReturn, server, timing } = world();
    const outcome = awaitReturn(stay());
    await timing.advance(60_000);
    expect(server.looks).toBeGreaterThan(55);
    expect(server.looks).toBeLessThan(70);
    server.ready = true;
    await timing.advance(1_000);
    await expect(outcome).resolves.toBe('returned');
  });

  it('looks once for all who wait, however many', async () => {
    const { awaitReturn, server, timing } = world();
    const outcomes = Array.from({ length: 25 }, () => awaitReturn(stay()));
    await timing.advance(10_000);
    expect(server.looks).toBeLessThan(20);
    server.ready = true;
    await timing.advance(1_000);
    expect(new Set(await Promise.all(outcomes))).toEqual(new Set(['returned']));
  });

  it('tells whoever joins an outage that there was one', async () => {
    const { awaitReturn, server, timing } = world();
    const first = awaitReturn(stay());
    await timing.advance(5_000);
    const late = awaitReturn(stay());
    server.ready = true;
    await timing.advance(1_000);
    await expect(first).resolves.toBe('returned');
    await expect(late).resolves.toBe('returned');
  });

  it('begins anew for the next outage', async () => {
    const { awaitReturn, server, timing } = world();
    server.ready = true;
    await awaitReturn(stay());
    server.ready = false;
    const outcome = awaitReturn(stay());
    await settle();
    server.ready = true;
    await timing.advance(1_000);
    await expect(outcome).resolves.toBe('returned');
  });

  it('is called off by one, and goes on for the others', async () => {
    const { awaitReturn, server, timing } = world();
    const impatient = stay();
    const gone = awaitReturn(impatient);
    const patient = awaitReturn(stay());
    await settle();
    impatient.abort(new Error('had enough'));
    await expect(gone).rejects.toThrow('had enough');
    server.ready = true;
    await timing.advance(1_000);
    await expect(patient).resolves.toBe('returned');
  });

  it('looks no more once nobody waits', async () => {
    const { awaitReturn, server, timing } = world();
    const only = stay();
    const gone = awaitReturn(only);
    await settle();
    only.abort(new Error('had enough'));
    await expect(gone).rejects.toThrow('had enough');
    const before = server.looks;
    await timing.advance(10_000);
    expect(server.looks).toBe(before);
    expect(timing.pending).toBe(0);
  });

  it('is refused to whoever has gone already', async () => {
    const { awaitReturn, server } = world();
    const gone = { signal: AbortSignal.abort(new Error('gone')) };
    await expect(awaitReturn(gone)).rejects.toThrow('gone');
    expect(server.looks).toBe(0);
  });
});

describe('an API server', () => {
  it.each([
    ['200', 200, 'present'],
    ['401: it is there, whoever we are', 401, 'present'],
    ['403: it is there, whatever we may see', 403, 'present'],
    ['404: a proxy without this address', 404, 'present'],
    ['500: it is starting', 500, 'returned'],
    ['503: nobody behind the load balancer', 503, 'returned'],
    ['429: it has too much to do', 429, 'returned'],
  ])('that answers /readyz with %s', async (_name, code, expected) => {
    let looks = 0;
    const { cluster, seen, close } = await startHttpWorld(
      (_request, response) => {
        looks += 1;
        if (looks === 1) json(response, code, status(code, 'Because'));
        else response.writeHead(200).end('ok');
      },
    );
    try {
      await expect(cluster.awaitReturn?.(stay())).resolves.toBe(expected);
      expect(seen[0].url.pathname).toBe('/readyz');
    } finally {
      await close();
    }
  });

  it('that breaks the connection is away', async () => {
    let looks = 0;
    const { cluster, close } = await startHttpWorld((_request, response) => {
      looks += 1;
      if (looks === 1) response.destroy();
      else response.writeHead(200).end('ok');
    });
    try {
      await expect(cluster.awaitReturn?.(stay())).resolves.toBe('returned');
    } finally {
      await close();
    }
  });
});
