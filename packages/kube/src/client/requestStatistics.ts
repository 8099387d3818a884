/** Upper bounds of the latency buckets, in milliseconds. */
export const latencyBuckets = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000,
] as const;

/** What a request does, in the API server's words; a PATCH of ours is always an `apply`. */
export type RequestVerb =
  | 'get'
  | 'list'
  | 'watch'
  | 'log'
  | 'discover'
  | 'create'
  | 'apply'
  | 'update'
  | 'delete';

export interface RequestCount {
  readonly method: string;
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  readonly count: number;
}

export interface VerbCount {
  readonly verb: RequestVerb;
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  readonly count: number;
}

/** Everything a metrics endpoint wants to know, as plain values; counts only grow. */
export interface RequestStats {
  readonly requests: readonly VerbCount[];
  /** Time until the headers. `counts` has one entry a bound of `latencyBuckets` and one for everything slower. */
  readonly latency: {
    readonly counts: readonly number[];
    readonly sumMs: number;
    readonly count: number;
  };
}

interface Tally {
  readonly method: string;
  readonly verb: RequestVerb;
  readonly status: number;
  count: number;
}

/** Counts requests by method, verb and status, and their latency until the headers. Independent of any metrics library. */
export class RequestStatistics {
  readonly #tallies = new Map<string, Tally>();
  readonly #buckets = new Array<number>(latencyBuckets.length + 1).fill(0);
  #sumMs = 0;
  #count = 0;

  record(
    request: { readonly method: string; readonly verb: RequestVerb },
    status: number,
    milliseconds: number,
  ): void {
    const key = `${request.method} ${request.verb} ${status}`;
    const tally = this.#tallies.get(key);
    if (tally) tally.count += 1;
    else this.#tallies.set(key, { ...request, status, count: 1 });
    const index = latencyBuckets.findIndex(bound => milliseconds <= bound);
    this.#buckets[index < 0 ? latencyBuckets.length : index] += 1;
    this.#sumMs += milliseconds;
    this.#count += 1;
  }

  /** Requests by HTTP method and status. */
  counts(): readonly RequestCount[] {
    const sums = new Map<string, RequestCount>();
    for (const { method, status, count } of this.#tallies.values()) {
      const key = `${method} ${status}`;
      const before = sums.get(key)?.count ?? 0;
      sums.set(key, { method, status, count: before + count });
    }
    return [...sums.values()];
  }

  /** One count a bucket, the last one for everything slower than the last bound. */
  latency(): readonly number[] {
    return [...this.#buckets];
  }

  stats(): RequestStats {
    return {
      requests: [...this.#tallies.values()].map(({ verb, status, count }) => ({
        verb,
        status,
        count,
      })),
      latency: {
        counts: this.latency(),
        sumMs: this.#sumMs,
        count: this.#count,
      },
    };
  }
}
