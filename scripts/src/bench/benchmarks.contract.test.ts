import { ensureBrowser } from '../stack/browser';
import { ensureFrontendBundle } from '../stack/frontendBundle';
import { createProgress } from '../stack/progress';
import { Benchmark, BenchContext, Measurement } from './Benchmark';
import { benchmarks } from './benchmarks';
import { Crowd, gatherCrowd } from './crowd';
import { idleWritesBenchmark } from './idleWrites';
import { liveBenchmark } from './live';
import { memoryBenchmark } from './memory';
import { readsBenchmark } from './reads';
import { reconcileBenchmark } from './reconcile';
import { jsonLine } from './report';
import { startBenchmark } from './start';
import { tenantsBenchmark } from './tenants';

const SCALE = 0.01;

const nothing = () => Promise.reject(new Error('not shared here'));
const progress = createProgress({ write: () => {}, now: () => 0 });

/** The very code of `npm run bench`, a hundredth of its size, on one control plane. What it answers counts, not how fast. */
describe('the benchmarks, in small', () => {
  let crowd: Crowd;
  const measured = new Map<string, Measurement>();

  beforeAll(async () => {
    ensureBrowser(() => {});
    crowd = await gatherCrowd(progress, SCALE);
    await ensureFrontendBundle(crowd.plane.directory);
  }, 600_000);
  afterAll(() => crowd?.stop(), 60_000);

  const ready = async (prefix: string) => {
    const text = await crowd.plane.kubectl([
      ...['get', 'deployments', '-A', '-o'],
      'jsonpath={range .items[*]}{.metadata.namespace} {.status.readyReplicas}{"\\n"}{end}',
    ]);
    return text.split('\n').filter(line => line.startsWith(`${prefix}-`));
  };

  async function run(
    benchmark: Benchmark,
    context: Partial<BenchContext> = {},
  ): Promise<readonly Measurement[]> {
    const measurements = await benchmark.run({
      progress,
      scale: SCALE,
      crowd: async () => crowd,
      emptyPlane: nothing,
      ...context,
    });
    measurements.forEach(each => measured.set(each.bench, each));
    return measurements;
  }

  it('have ten applications with a hundred pods to work on, all ready', async () => {
    expect(crowd).toMatchObject({ applications: 10, pods: 100 });
    const lines = await ready('crowd');
    expect(lines).toHaveLength(10);
    expect(lines.every(line => line.endsWith(' 10'))).toBe(true);
  });

  it('idle-writes: restart and resync write nothing', async () => {
    expect(await run(idleWritesBenchmark)).toEqual([
      {
        bench: 'idle-writes',
        value: 0,
        unit: 'writes',
        goal: { atMost: 0 },
        details: { applications: 10, restart: 0, resync: 0 },
      },
    ]);
  });

  it('start: operator and portal fill their caches, as does the bare LIST', async () => {
    expect(await run(startBenchmark)).toEqual(
      ['start-portal-cache', 'start-operator'].map(bench => ({
        bench,
        value: expect.any(Number),
        unit: 'ours / bare',
        goal: { atMost: 1.5 },
        details: {
          pods: 100,
          bareSeconds: expect.any(Number),
          seconds: expect.any(Number),
        },
      })),
    );
  });

  it('reads: every read is answered', async () => {
    const measurements = await run(readsBenchmark);
    const names = ['list', 'search', 'application', 'filtered'];
    expect(measurements).toEqual(
      names
        .map(name => `reads-${name}`)
        .map(bench => ({
          bench,
          value: expect.any(Number),
          unit: 'ms p99',
          goal: { atMost: 10 },
          details: expect.objectContaining({ applications: 10, reads: 50 }),
        })),
    );
    expect(measurements.at(-1)?.details).toMatchObject({ visible: 5 });
  });

  it('live: every change comes to a real browser', async () => {
    expect(await run(liveBenchmark)).toEqual([
      {
        bench: 'live',
        value: expect.any(Number),
        unit: 'ms p95',
        goal: { atMost: 100 },
        details: expect.objectContaining({ applications: 10, pods: 100 }),
      },
    ]);
  });

  it('reconcile: the operator and the raw client apply the same', async () => {
    const resume = await crowd.pauseOperator();
    const emptyPlane = async () => ({ ...crowd.plane, stop: async () => {} });
    const [reconcile, ...others] = await run(reconcileBenchmark, {
      emptyPlane,
    });
    await resume();
    expect(others.map(({ bench }) => bench)).toEqual([
      'reconcile-ready',
      'reconcile-rate',
    ]);
    expect(reconcile).toMatchObject({ goal: { atLeast: 0.8 } });
    expect(reconcile.details?.applications).toBe(10);
    expect(Number(reconcile.details?.children) % 10).toBe(0);
    for (const prefix of ['ours', 'raw']) {
      const lines = await ready(prefix);
      expect(lines).toHaveLength(10);
      expect(lines.every(line => line.endsWith(' 2'))).toBe(true);
    }
  });

  it('tenants: the operator and the raw client provision the same, and a look at nothing new writes nothing', async () => {
    const resume = await crowd.pauseOperator();
    const emptyPlane = async () => ({ ...crowd.plane, stop: async () => {} });
    const [ratio, writes] = await run(tenantsBenchmark, { emptyPlane });
    await resume();
    expect(ratio).toMatchObject({
      bench: 'tenants',
      goal: { atLeast: 0.8 },
      details: { tenants: 3 },
    });
    expect(writes).toMatchObject({
      bench: 'tenants-idle-writes',
      value: 0,
      details: { tenants: 3, restart: 0, resync: 0 },
    });
    const namespaces = await crowd.plane.kubectl([
      ...['get', 'namespaces', '-l', 'understage.dev/bundle', '-o', 'name'],
    ]);
    for (const prefix of ['ours', 'raw'])
      expect(namespaces.split(`namespace/${prefix}-`)).toHaveLength(10);
  }, 120_000);

  it('give figures that are numbers, each a line of JSON', () => {
    for (const [bench, measurement] of measured) {
      expect(JSON.parse(jsonLine(measurement))).toMatchObject({ bench });
      expect(measurement.value).toBeGreaterThanOrEqual(0);
    }
    expect(measured.size).toBe(13);
  });

  it('are all here, but for memory, which needs no cluster', () => {
    const tried = [
      idleWritesBenchmark,
      startBenchmark,
      readsBenchmark,
      liveBenchmark,
      reconcileBenchmark,
      tenantsBenchmark,
      memoryBenchmark,
    ];
    expect(new Set(tried)).toEqual(new Set(benchmarks));
  });
});
