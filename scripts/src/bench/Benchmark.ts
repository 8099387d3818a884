import { ControlPlane } from '../stack/controlPlane';
import { Progress } from '../stack/progress';
import { Crowd } from './crowd';

/** One measured figure. */
export interface Measurement {
  readonly bench: string;
  readonly value: number;
  readonly unit: string;
  /** What is to be reached; without it the figure is there for comparison. */
  readonly goal?: { readonly atLeast: number } | { readonly atMost: number };
  /** Everything else that belongs to the figure. */
  readonly details?: Readonly<Record<string, number | string>>;
}

export interface BenchContext {
  readonly progress: Progress;
  /** A cluster full of applications, made when first asked for and shared by the benchmarks of one run. */
  readonly crowd: () => Promise<Crowd>;
  /** A control plane with the platform and that many simulated nodes, on which nothing else is at work; stop it after. */
  readonly emptyPlane: (nodes: number) => Promise<ControlPlane>;
  /** 1 for the full size; `npm test` runs a smaller sample of the same code. */
  readonly scale: number;
}

/** Something to be measured, by name. */
export interface Benchmark {
  readonly name: string;
  readonly about: string;
  run(context: BenchContext): Promise<readonly Measurement[]>;
}

/** Whether a figure reaches its goal; one without a goal does. */
export function isMet({ value, goal }: Measurement): boolean {
  if (!goal) return true;
  return 'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost;
}

/** The p-th percentile (0..100) of values, by the nearest rank. NaN for none. */
export function percentile(values: readonly number[], p: number): number {
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.ceil((p / 100) * sorted.length) - 1;
  return sorted[Math.min(sorted.length - 1, Math.max(0, rank))];
}
