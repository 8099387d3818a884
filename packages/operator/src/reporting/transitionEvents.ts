import { KubeWriter, ResourceType } from '@understage/kube';
import { Application } from '@understage/plugin-paas-common';
import { Fence } from '../execution/fence';

/** A change of state worth telling. */
export interface Transition {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
}

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
function eventName(application: Application, transition: Transition): string {
  const text = `${application.metadata.uid}/${transition.type}/${transition.reason}/${application.metadata.generation}/${transition.message}`;
  let hash = 0xcbf29ce484222325n;
  for (const character of text) {
    hash ^= BigInt(character.codePointAt(0) ?? 0);
    hash = (hash * 0x100000001b3n) & 0xffffffffffffffffn;
  }
  return `${application.metadata.name}.${hash.toString(16).padStart(16, '0')}`;
}

/** Kubernetes Events on transitions; the same transition of the same generation is told once. */
export class TransitionEvents {
  readonly #options: TransitionEventsOptions;
  #told: Promise<void> = Promise.resolve();

  constructor(options: TransitionEventsOptions) {
    this.#options = options;
  }

  /** Tells each transition, behind the work; a failure is reported: an event is no reason to try the work again. */
  tell(application: Application, transitions: readonly Transition[]): void {
    const telling = this.#tell(application, transitions);
    this.#told = Promise.all([this.#told, telling]).then(() => undefined);
  }

  /** Resolves when everything is told that was to be told until now. */
  drained(): Promise<void> {
    return this.#told;
  }

  async #tell(
    application: Application,
    transitions: readonly Transition[],
  ): Promise<void> {
    for (const transition of transitions) {
      const signal = this.#options.fence();
      if (!signal) return;
      try {
        const outcome = await this.#options.writer.create(
          this.#event(application, transition),
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

  #event(application: Application, transition: Transition) {
    const at = this.#options.now().toISOString();
    const namespace = application.metadata.namespace ?? 'default';
    return {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: eventName(application, transition), namespace },
      involvedObject: {
        apiVersion: application.apiVersion,
        kind: application.kind,
        name: application.metadata.name,
        namespace,
        uid: application.metadata.uid,
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
