import { Benchmark } from './Benchmark';
import { reconcileBenchmark } from './reconcile';

/** Everything that can be measured, in the order of the report. */
export const benchmarks: readonly Benchmark[] = [reconcileBenchmark];
