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

/** One candidate. At any moment at most one candidate's `isLeader` is true, as long as clocks run at about the same rate. */
export interface LeaseElection {
  /** Asked before each write; false from the moment in which a successor might begin. */
  isLeader(): boolean;
  /** Campaigns until aborted, then gives the lease back. */
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
  #leading = false;

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

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.#attempt();
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
    this.#announce();
  }

  #announce(): void {
    const leading = this.isLeader();
    if (leading === this.#leading) return;
    this.#leading = leading;
    if (leading) this.#options.onStartedLeading?.();
    else this.#options.onStoppedLeading?.();
  }

  async #attempt(): Promise<void> {
    const { reader, writer, namespace, name } = this.#options;
    const begun = this.#timing.monotonic();
    const lease = await reader.get(leaseType, { namespace, name });
    if (!lease) {
      const outcome = await writer.create(this.#lease(undefined), {
        type: leaseType,
      });
      if (outcome.kind === 'written') this.#renewedAt = begun;
      else if (outcome.kind !== 'conflict')
        throw new KubeError(
          `the lease ${namespace}/${name} can not be made: ${outcome.message}`,
        );
      return;
    }
    if (!this.#mayTake(lease, begun)) {
      this.#renewedAt = undefined;
      return;
    }
    const outcome = await writer.update(this.#lease(lease), {
      type: leaseType,
    });
    if (outcome.kind === 'written') this.#renewedAt = begun;
    else if (outcome.kind === 'conflict') this.#renewedAt = undefined;
    else
      throw new KubeError(
        `the lease ${namespace}/${name} can not be renewed: ${outcome.message}`,
      );
  }

  #mayTake(lease: KubeObject, now: number): boolean {
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
    this.#renewedAt = undefined;
    if (!wasLeader) return;
    const { reader, writer, namespace, name } = this.#options;
    try {
      const lease = await reader.get(leaseType, { namespace, name });
      if (lease && specOf(lease).holderIdentity === this.#options.identity) {
        await writer.update(
          { ...lease, spec: { ...specOf(lease), holderIdentity: '' } },
          { type: leaseType },
        );
      }
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
