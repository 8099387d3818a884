import { Pool } from 'undici';
import { signIn } from '../stack/portalApi';
import { ensureFrontendBundle } from '../stack/frontendBundle';
import { clusterName, startPortalProcess } from '../stack/portalProcess';
import { catalogTaken } from './catalogTaken';
import { Benchmark, BenchContext, Measurement, percentile } from './Benchmark';

const WARM = 200;
const READS = 1000;

interface Target {
  readonly bench: string;
  readonly path: (index: number) => string;
}

async function measure(
  pool: Pool,
  target: Target,
  { token, reads }: { readonly token: string; readonly reads: number },
): Promise<readonly number[]> {
  const times: number[] = [];
  for (let index = 0; index < WARM + reads; index += 1) {
    const started = performance.now();
    const response = await pool.request({
      method: 'GET',
      path: target.path(index),
      headers: { authorization: `Bearer ${token}` },
    });
    const body = await response.body.text();
    if (response.statusCode !== 200)
      throw new Error(
        `GET ${target.path(index)}: HTTP ${response.statusCode} ${body.slice(
          0,
          200,
        )}`,
      );
    if (index >= WARM) times.push(performance.now() - started);
  }
  return times;
}

async function run({
  progress,
  crowd,
  scale,
}: BenchContext): Promise<readonly Measurement[]> {
  const { plane, applications } = await crowd();
  const reads = Math.max(50, Math.round(READS * Math.min(1, scale)));
  await progress.step('portal frontend', () =>
    ensureFrontendBundle(plane.directory),
  );
  const portal = await progress.step('portal', () =>
    startPortalProcess(plane, {
      port: 0,
      onUnexpectedExit: sentence => process.stderr.write(`${sentence}\n`),
    }),
  );
  const pool = new Pool(portal.url, { connections: 1 });
  try {
    await progress.step('catalog entities', () =>
      catalogTaken(portal.url, applications),
    );
    const { token } = await signIn(portal.url);
    const targets: readonly Target[] = [
      { bench: 'reads-list', path: () => '/api/paas/applications?limit=100' },
      {
        bench: 'reads-search',
        path: index =>
          `/api/paas/applications?text=app-${index % applications}&limit=100`,
      },
      {
        bench: 'reads-application',
        path: index =>
          `/api/paas/applications/${clusterName}/crowd-${
            (index % applications) % 20
          }/app-${index % applications}`,
      },
    ];
    const measurements: Measurement[] = [];
    for (const target of targets) {
      const times = await progress.step(`${reads} x ${target.bench}`, () =>
        measure(pool, target, { token, reads }),
      );
      measurements.push({
        bench: target.bench,
        value: percentile(times, 99),
        unit: 'ms p99',
        goal: { atMost: 10 },
        details: {
          p50: percentile(times, 50),
          max: Math.max(...times),
          reads,
          applications,
        },
      });
    }
    return measurements;
  } finally {
    await pool.close();
    await portal.process.stop();
  }
}

export const readsBenchmark: Benchmark = {
  name: 'reads',
  about:
    'List and application reads from the portal backend over HTTP, warm, one after the other',
  run,
};
