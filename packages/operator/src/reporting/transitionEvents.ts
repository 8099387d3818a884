import { KubeObject, KubeWriter, ResourceType } from '@understage/kube';
import { Fence } from '../execution/fence';

/** A change of state worth telling. */
export interface Transition {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
}

/** What an event is about. */
export type EventSubject = Pick<KubeObject, 'apiVersion' | 'kind' | 'metadata'>;

const eventType: ResourceType = {
  group: '',
  version: 'v1',
  kind: 'Event',
  plural: 'events',
  namespaced: true,
};

export interface TransitionEventsOptions {
  readonly writer: KubeWriter;
  readonly component: string;
  readonly now: () => Date;
  readonly fence: Fence;
  readonly onError: (error: unknown) => void;
}

/** A stable, short name for equal transitions, so that saying it again meets the event that is there. */
function eventName(about: EventSubject, transition: Transition): string {
  const text = `${about.metadata.uid}/${transition.type}/${transition.reason}/${about.metadata.generation}/${transition.message}`;
  let hash = 0xcbf29ce484222325n;
  for (const character of text) {
    hash ^= BigInt(character.codePointAt(0) ?? 0);
    hash = (hash * 0x100000001b3n) & 0xffffffffffffffffn;
  }
  return `${about.metadata.name}.${hash.toString(16).padStart(16, '0')}`;
}

/** Kubernetes Events on transitions; the same transition of the same generation is told once. */
export class TransitionEvents {
  readonly #options: TransitionEventsOptions;
  #told: Promise<void> = Promise.resolve();

  constructor(options: TransitionEventsOptions) {
    this.#options = options;
  }

  /** Tells each transition, behind the work; a failure is reported: an event is no reason to try the work again. */
  tell(about: EventSubject, transitions: readonly Transition[]): void {
    const telling = this.#tell(about, transitions);
    this.#told = Promise.all([this.#told, telling]).then(() => undefined);
  }

  /** Resolves when everything is told that was to be told until now. */
  drained(): Promise<void> {
    return this.#told;
  }

  async #tell(
    about: EventSubject,
    transitions: readonly Transition[],
  ): Promise<void> {
    for (const transition of transitions) {
      const signal = this.#options.fence();
      if (!signal) return;
      try {
        const outcome = await this.#options.writer.create(
          this.#event(about, transition),
          { type: eventType, signal },
        );
        // An event that exists already answers with a conflict, which is what deduplication looks like.
        const told = outcome.kind === 'written' || outcome.kind === 'conflict';
        if (!told) this.#options.onError(new Error(outcome.message));
      } catch (error) {
        this.#options.onError(error);
      }
    }
  }

  #event(about: EventSubject, transition: Transition) {
    const at = this.#options.now().toISOString();
    const { name, namespace, uid } = about.metadata;
    return {
      apiVersion: 'v1',
      kind: 'Event',
      // Kubernetes keeps events about what lives in no namespace in this one.
      metadata: {
        name: eventName(about, transition),
        namespace: namespace ?? 'default',
      },
      involvedObject: {
        apiVersion: about.apiVersion,
        kind: about.kind,
        name,
        ...(namespace === undefined ? {} : { namespace }),
        uid,
      },
      type: transition.type,
      reason: transition.reason,
      message: transition.message.slice(0, 1024),
      source: { component: this.#options.component },
      firstTimestamp: at,
      lastTimestamp: at,
      count: 1,
    };
  }
}
