import { RunningHttpServer, startHttpServer } from './httpServer';
import { createTelemetry } from './telemetry';

let server: RunningHttpServer;
let refreshed = 0;
const state = { healthy: true, ready: false };

beforeAll(async () => {
  const telemetry = createTelemetry({ processMetrics: false });
  server = await startHttpServer({
    host: '127.0.0.1',
    port: 0,
    telemetry,
    healthy: () => state.healthy,
    ready: () => state.ready,
    refresh: () => {
      refreshed += 1;
      telemetry.leader.set(1);
    },
  });
});
afterAll(() => server?.close());

async function get(address: string, method = 'GET') {
  const response = await fetch(`http://127.0.0.1:${server.port}${address}`, {
    method,
  });
  return { status: response.status, text: await response.text() };
}

it('is healthy while it is', async () => {
  expect(await get('/healthz')).toEqual({ status: 200, text: 'ok\n' });
  state.healthy = false;
  expect((await get('/healthz')).status).toBe(503);
  state.healthy = true;
});

it('is ready once the caches are filled, and says what it waits for', async () => {
  expect(await get('/readyz')).toEqual({
    status: 503,
    text: 'caches are not filled yet\n',
  });
  state.ready = true;
  expect((await get('/readyz')).status).toBe(200);
});

it('brings gauges up to date before they are read', async () => {
  const before = refreshed;
  const { status, text } = await get('/metrics');
  expect(status).toBe(200);
  expect(text).toContain('understage_leader 1');
  expect(refreshed).toBe(before + 1);
});

it.each([
  ['/', 'GET'],
  ['/metrics/', 'GET'],
  ['/debug/pprof', 'GET'],
  ['/metrics', 'POST'],
])('has nothing else: %s by %s', async (address, method) => {
  const { status, text } = await get(address, method);
  expect(status).toBe(404);
  expect(text).toContain('there are /metrics, /healthz and /readyz');
});

it('says when its port is taken', async () => {
  await expect(
    startHttpServer({
      host: '127.0.0.1',
      port: server.port,
      telemetry: createTelemetry({ processMetrics: false }),
      healthy: () => true,
      ready: () => true,
      refresh: () => {},
    }),
  ).rejects.toThrow('EADDRINUSE');
});
