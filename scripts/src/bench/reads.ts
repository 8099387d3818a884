import { TENANT_API_VERSION } from '@understage/plugin-paas-common';
import { Pool } from 'undici';
import { z } from 'zod';
import { ControlPlane } from '../stack/controlPlane';
import { signIn } from '../stack/portalApi';
import { ensureFrontendBundle } from '../stack/frontendBundle';
import { clusterName, startPortalProcess } from '../stack/portalProcess';
import { Progress } from '../stack/progress';
import { waitFor } from '../stack/waitFor';
import { catalogTaken } from './catalogTaken';
import { Benchmark, BenchContext, Measurement, percentile } from './Benchmark';
import { fleetTenants } from './fleet';

const WARM = 200;
const READS = 1000;

interface Target {
  readonly bench: string;
  readonly path: (index: number) => string;
}

interface Reading {
  readonly pool: Pool;
  readonly reads: number;
  readonly details: Readonly<Record<string, number>>;
  readonly progress: Progress;
}

const member = 'user:default/sam';
const list = '/api/paas/applications?limit=100';

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

async function report(
  { pool, reads, details, progress }: Reading,
  target: Target,
  token: string,
): Promise<Measurement> {
  const times = await progress.step(`${reads} x ${target.bench}`, () =>
    measure(pool, target, { token, reads }),
  );
  return {
    bench: target.bench,
    value: percentile(times, 99),
    unit: 'ms p99',
    goal: { atMost: 10 },
    details: {
      p50: percentile(times, 50),
      max: Math.max(...times),
      reads,
      ...details,
    },
  };
}

const totalSchema = z.object({ total: z.int() });

/** The same list for somebody who is in one of the two tenants, and sees what is of that one. */
async function filtered(
  reading: Reading,
  plane: ControlPlane,
  url: string,
): Promise<Measurement> {
  const { applications } = reading.details;
  const [name] = fleetTenants;
  await plane.kubectl(
    ['apply', '--server-side', '-f', '-'],
    JSON.stringify({
      apiVersion: TENANT_API_VERSION,
      kind: 'Tenant',
      metadata: { name },
      spec: {
        owner: 'group:default/team-shop',
        members: [{ user: member, role: 'viewer' }],
        environments: [{ name: 'production' }],
      },
    }),
  );
  try {
    const portal = await signIn(url, member);
    const visible = await waitFor(
      async () => {
        const { total } = totalSchema.parse(await portal.get(list));
        if (total === Math.ceil(applications / 2)) return total;
        throw new Error(`${total} of ${applications} are seen`);
      },
      { what: 'the member to see their half', timeoutMs: 60_000 },
    );
    return await report(
      { ...reading, details: { ...reading.details, visible } },
      { bench: 'reads-filtered', path: () => list },
      portal.token,
    );
  } finally {
    await plane.kubectl(['delete', 'tenant', name]);
  }
}

async function run({
  progress,
  crowd,
  scale,
}: BenchContext): Promise<readonly Measurement[]> {
  const { plane, applications, pauseOperator } = await crowd();
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
      { bench: 'reads-list', path: () => list },
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
    const reading = { pool, reads, progress, details: { applications } };
    const measurements: Measurement[] = [];
    for (const target of targets) {
      measurements.push(await report(reading, target, token));
    }
    // The tenant is there for the portal alone: nobody is to make anything of it.
    const resume = await pauseOperator();
    try {
      measurements.push(await filtered(reading, plane, portal.url));
    } finally {
      await resume();
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
    'List and application reads from the portal backend over HTTP, warm, one after the other; the list as a member of one tenant too',
  run,
};
