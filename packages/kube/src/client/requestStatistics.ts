/** Upper bounds of the latency buckets, in milliseconds. */
export const latencyBuckets = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000,
] as const;

export interface RequestCount {
  readonly method: string;
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  readonly count: number;
}

/** Counts requests by method and status, and their latency until the headers. Independent of any metrics library. */
export class RequestStatistics {
  readonly #counts = new Map<string, number>();
  readonly #buckets = new Array<number>(latencyBuckets.length + 1).fill(0);

  record(method: string, status: number, milliseconds: number): void {
    const key = `${method} ${status}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    const index = latencyBuckets.findIndex(bound => milliseconds <= bound);
    this.#buckets[index < 0 ? latencyBuckets.length : index] += 1;
  }

  counts(): readonly RequestCount[] {
    return [...this.#counts].map(([key, count]) => {
      const [method, status] = key.split(' ');
      return { method, status: Number(status), count };
    });
  }

  /** One count a bucket, the last one for everything slower than the last bound. */
  latency(): readonly number[] {
    return [...this.#buckets];
  }
}
