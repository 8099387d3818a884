import { KubeError } from '../errors';
import { KubeObject, ResourceType } from '../objects';
import { KubeReader, KubeWriter } from '../ports';
import { Timing, realTiming } from '../reflector/timing';

export const leaseType: ResourceType = {
  group: 'coordination.k8s.io',
  version: 'v1',
  kind: 'Lease',
  plural: 'leases',
  namespaced: true,
};

export interface LeaseElectionOptions {
  readonly reader: KubeReader;
  readonly writer: KubeWriter;
  readonly namespace: string;
  readonly name: string;
  /** Unique among the candidates. */
  readonly identity: string;
  /** A lease not renewed for this long may be taken. Default 15 s. */
  readonly leaseMs?: number;
  /** A leader that could not renew for this long stops writing; shorter than the lease. Default 10 s. */
  readonly renewDeadlineMs?: number;
  /** Default 2 s. */
  readonly retryMs?: number;
  readonly timing?: Timing;
  readonly onStartedLeading?: () => void;
  readonly onStoppedLeading?: () => void;
  readonly onError?: (error: unknown) => void;
}

/**
 * One candidate. Its own term ends `renewDeadlineMs` after the beginning of its last renewal; it takes another's lease only
 * after having *seen* it unchanged for longer than the lease, by its own monotonic clock. So at any moment at most one candidate's `isLeader` is true, as long as clocks run at about the same rate. */
export interface LeaseElection {
  /** Asked before each write; false from the moment in which a successor might begin. */
  isLeader(): boolean;
  /**
   * For the writes of this term: aborts when the term ends, so that what is under way ends with it. Throws `KubeError` when
   * this candidate does not lead. Kubernetes itself does not fence: what was sent before the process froze may still
   * arrive, so every write has to be safe with two leaders.
   */
  fence(): AbortSignal;
  /** Campaigns until aborted, then gives the lease back: stop what writes before. */
  run(signal: AbortSignal): Promise<void>;
}

interface LeaseSpec {
  readonly holderIdentity?: string;
  readonly leaseDurationSeconds?: number;
  readonly acquireTime?: string;
  readonly renewTime?: string;
  readonly leaseTransitions?: number;
}

function specOf(lease: KubeObject | undefined): LeaseSpec {
  const spec = lease?.spec;
  return typeof spec === 'object' && spec !== null ? { ...spec } : {};
}

class Candidate implements LeaseElection {
  readonly #options: LeaseElectionOptions;
  readonly #timing: Timing;
  readonly #leaseMs: number;
  readonly #deadlineMs: number;
  /** When our last successful renewal was begun, by our monotonic clock. */
  #renewedAt: number | undefined;
  /** What we saw of another holder, and since when: clocks of others are not compared with ours. */
  #observed:
    | { readonly version: string | undefined; readonly at: number }
    | undefined;
  /** The term that was announced; its signal is the fence. */
  #term: AbortController | undefined;
  #cancelDeadline = () => {};

  constructor(options: LeaseElectionOptions) {
    this.#options = options;
    this.#timing = options.timing ?? realTiming;
    this.#leaseMs = options.leaseMs ?? 15_000;
    this.#deadlineMs = options.renewDeadlineMs ?? 10_000;
    if (this.#deadlineMs >= this.#leaseMs) {
      throw new Error(
        'the renew deadline has to be shorter than the lease: a leader stops before its successor starts',
      );
    }
  }

  isLeader(): boolean {
    return (
      this.#renewedAt !== undefined &&
      this.#timing.monotonic() - this.#renewedAt < this.#deadlineMs
    );
  }

  fence(): AbortSignal {
    this.#announce();
    if (this.#term) return this.#term.signal;
    const { namespace, name, identity } = this.#options;
    throw new KubeError(
      `${identity} does not hold the lease ${namespace}/${name} and may not write`,
    );
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      // First of all: a process that was frozen has to know that its term is over before it begins another.
      this.#announce();
      try {
        await this.#bounded(attempt => this.#attempt(attempt));
      } catch (error) {
        this.#options.onError?.(error);
      }
      this.#announce();
      try {
        const jitter = 0.8 + 0.4 * this.#timing.random();
        await this.#timing.sleep(
          (this.#options.retryMs ?? 2_000) * jitter,
          signal,
        );
      } catch {
        break;
      }
    }
    await this.#release();
  }

  /** A request that hangs must not keep us from trying again while the lease is still ours. */
  async #bounded(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const abort = new AbortController();
    const cancel = this.#timing.after(this.#deadlineMs / 2, () =>
      abort.abort(
        new KubeError(
          `the lease ${this.#options.namespace}/${
            this.#options.name
          } could not be read and written within ${this.#deadlineMs / 2000} s`,
        ),
      ),
    );
    try {
      await work(abort.signal);
    } finally {
      cancel();
    }
  }

  #announce(): void {
    const leading = this.isLeader();
    if (leading === (this.#term !== undefined)) return;
    if (leading) {
      this.#term = new AbortController();
      this.#options.onStartedLeading?.();
    } else {
      const { identity, namespace, name } = this.#options;
      this.#term?.abort(
        new KubeError(`${identity} lost the lease ${namespace}/${name}`),
      );
      this.#term = undefined;
      this.#options.onStoppedLeading?.();
    }
  }

  #renewed(begun: number): void {
    this.#renewedAt = begun;
    this.#cancelDeadline();
    // A millisecond more, because timers may be a little early.
    const left = this.#deadlineMs - (this.#timing.monotonic() - begun) + 1;
    this.#cancelDeadline = this.#timing.after(Math.max(left, 0), () =>
      this.#announce(),
    );
    this.#announce();
  }

  #lost(): void {
    this.#renewedAt = undefined;
    this.#announce();
  }

  async #attempt(signal: AbortSignal): Promise<void> {
    const { reader, writer, namespace, name } = this.#options;
    // A conflict means that somebody wrote in between: look once more who it was before giving anything up.
    for (let round = 1; round <= 2; round += 1) {
      const begun = this.#timing.monotonic();
      const lease = await reader.get(
        leaseType,
        { namespace, name },
        { signal },
      );
      if (lease && !this.#mayTake(lease)) {
        this.#lost();
        return;
      }
      const wanted = this.#lease(lease);
      const options = { type: leaseType, signal };
      const outcome = await (lease
        ? writer.update(wanted, options)
        : writer.create(wanted, options));
      if (outcome.kind === 'written') {
        this.#renewed(begun);
        return;
      }
      if (outcome.kind !== 'conflict') {
        throw new KubeError(
          `the lease ${namespace}/${name} can not be ${
            lease ? 'renewed' : 'made'
          }: ${outcome.message}`,
        );
      }
    }
    this.#lost();
  }

  /** Called when the lease has arrived: what was seen earlier than that may be older than the holder's last renewal. */
  #mayTake(lease: KubeObject): boolean {
    const now = this.#timing.monotonic();
    const { holderIdentity } = specOf(lease);
    if (holderIdentity === this.#options.identity) return true;
    if (!holderIdentity) return true;
    const version = lease.metadata.resourceVersion;
    const observed = this.#observed;
    if (!observed || observed.version !== version) {
      this.#observed = { version, at: now };
      return false;
    }
    const theirs =
      (specOf(lease).leaseDurationSeconds ?? this.#leaseMs / 1000) * 1000;
    return now - observed.at > Math.max(theirs, this.#leaseMs);
  }

  #lease(previous: KubeObject | undefined): KubeObject {
    const spec = specOf(previous);
    const mine = spec.holderIdentity === this.#options.identity;
    const now = this.#timing.now().toISOString().replace('Z', '000Z');
    return {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: previous
        ? { ...previous.metadata }
        : { name: this.#options.name, namespace: this.#options.namespace },
      spec: {
        holderIdentity: this.#options.identity,
        leaseDurationSeconds: Math.ceil(this.#leaseMs / 1000),
        acquireTime: mine ? spec.acquireTime ?? now : now,
        renewTime: now,
        leaseTransitions:
          (spec.leaseTransitions ?? 0) + (previous && !mine ? 1 : 0),
      },
    };
  }

  /** Gives the lease back, so that the successor need not wait. */
  async #release(): Promise<void> {
    const wasLeader = this.isLeader();
    this.#cancelDeadline();
    this.#lost();
    if (!wasLeader) return;
    const { reader, writer, namespace, name } = this.#options;
    try {
      await this.#bounded(async signal => {
        const key = { namespace, name };
        const lease = await reader.get(leaseType, key, { signal });
        const spec = specOf(lease);
        if (!lease || spec.holderIdentity !== this.#options.identity) return;
        const given = { ...lease, spec: { ...spec, holderIdentity: '' } };
        await writer.update(given, { type: leaseType, signal });
      });
    } catch (error) {
      this.#options.onError?.(error);
    }
  }
}

/** Creates a candidate; it does nothing before `run`. */
export function createLeaseElection(
  options: LeaseElectionOptions,
): LeaseElection {
  return new Candidate(options);
}
