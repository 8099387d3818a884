import { Benchmark } from './Benchmark';
import { idleWritesBenchmark } from './idleWrites';
import { liveBenchmark } from './live';
import { memoryBenchmark } from './memory';
import { readsBenchmark } from './reads';
import { reconcileBenchmark } from './reconcile';
import { startBenchmark } from './start';
import { tenantsBenchmark } from './tenants';

/** Everything that can be measured, in the order of the report. */
export const benchmarks: readonly Benchmark[] = [
  reconcileBenchmark,
  tenantsBenchmark,
  idleWritesBenchmark,
  liveBenchmark,
  readsBenchmark,
  memoryBenchmark,
  startBenchmark,
];
