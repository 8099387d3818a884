import v8 from 'node:v8';
import vm from 'node:vm';
import {
  KubeObject,
  ListPage,
  PageOptions,
  ResourceType,
  WatchEvent,
  WatchOptions,
} from '@understage/kube';
import { createProjection } from '@understage/plugin-paas-common';
import {
  createPaasClusters,
  startReflectorWatches,
  watchedKinds,
} from '@understage/plugin-paas-node';
import { Benchmark, BenchContext, Measurement } from './Benchmark';
import { podText } from './podText';

function collectGarbage(): void {
  v8.setFlagsFromString('--expose-gc');
  const gc: unknown = vm.runInNewContext('gc');
  if (typeof gc !== 'function')
    throw new Error('this Node can not collect garbage on demand');
  gc();
  gc();
}

function heapUsed(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** A cluster that holds nothing but pods, each parsed from 9 KB of JSON when it is listed, as a real answer is. */
function clusterOfPods(pods: number) {
  const listPage = async (
    type: ResourceType,
    options: PageOptions,
  ): Promise<ListPage> => {
    const start = Number(options.continue ?? 0);
    const end =
      type.kind === 'Pod' ? Math.min(pods, start + options.limit) : start;
    const items = Array.from(
      { length: end - start },
      (_, index): KubeObject => JSON.parse(podText(start + index)),
    );
    return {
      items,
      resourceVersion: '1',
      continue: type.kind === 'Pod' && end < pods ? String(end) : undefined,
    };
  };
  return {
    name: 'pods',
    get: async () => undefined,
    list: async () => ({ items: [], resourceVersion: '1' }),
    listPage,
    async *watch(
      type: ResourceType,
      options: WatchOptions,
    ): AsyncGenerator<WatchEvent> {
      const sent = options.sendInitialEvents && type.kind === 'Pod' ? pods : 0;
      for (let index = 0; index < sent; index += 1) {
        yield { type: 'ADDED', object: JSON.parse(podText(index)) };
      }
      if (options.sendInitialEvents)
        yield {
          type: 'BOOKMARK',
          resourceVersion: '1',
          initialEventsEnd: true,
        };
      await new Promise<void>(resolve =>
        options.signal?.addEventListener('abort', () => resolve(), {
          once: true,
        }),
      );
    },
    as: () => {
      throw new Error('not used');
    },
    writer: () => {
      throw new Error('not used');
    },
  };
}

async function cacheHeap(pods: number): Promise<number> {
  const before = heapUsed();
  const clusters = createPaasClusters({
    clusters: [clusterOfPods(pods)],
    kinds: watchedKinds,
    startWatch: startReflectorWatches({ project: createProjection() }),
    logger: { info: () => {}, warn: () => {}, error: () => {} },
    now: () => new Date(),
    defer: flush => setImmediate(flush),
  });
  await clusters.ready;
  const used = heapUsed() - before;
  await clusters.stop();
  return used;
}

async function run({
  progress,
  scale,
}: BenchContext): Promise<readonly Measurement[]> {
  const many = Math.max(1000, Math.round(10_000 * scale));
  const few = Math.round(many / 10);
  const bytes = await progress.step(`a cache of ${many} pods`, async () => {
    // Once for the code itself and its caches; the difference of two sizes is what pods cost.
    await cacheHeap(few);
    const small = await cacheHeap(few);
    const large = await cacheHeap(many);
    return (large - small) / (many - few);
  });
  return [
    {
      bench: 'memory',
      value: bytes / 1024,
      unit: 'KiB heap a pod',
      goal: { atMost: 1 },
      details: { pods: many, podJsonBytes: podText(0).length },
    },
  ];
}

export const memoryBenchmark: Benchmark = {
  name: 'memory',
  about: "Heap that a pod costs in the portal's cache",
  run,
};
