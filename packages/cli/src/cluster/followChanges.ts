import { KubeError, ResourceType } from '@understage/kube';
import { LABEL_APPLICATION } from '@understage/plugin-paas-common';
import { Connection } from '../CliWorld';
import { applications, pods, replicaSets } from './resourceTypes';

/** One thing to watch, and which of it. */
interface Watched {
  readonly type: ResourceType;
  readonly labelSelector?: string;
}

/** Changes of several kinds as one pulse: any number of them between two looks count once. */
class Pulse {
  #changed = false;
  #wake: (() => void) | undefined;

  beat(): void {
    this.#changed = true;
    this.#wake?.();
  }

  async next(signal: AbortSignal): Promise<void> {
    if (!this.#changed && !signal.aborted) {
      await new Promise<void>(resolve => {
        this.#wake = resolve;
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    this.#changed = false;
    this.#wake = undefined;
  }
}

async function watchOne(
  watched: Watched,
  connection: Connection,
  pulse: Pulse,
  signal: AbortSignal,
): Promise<void> {
  const { cluster, namespace } = connection;
  while (!signal.aborted) {
    const { resourceVersion } = await cluster.list(watched.type, {
      namespace,
      labelSelector: watched.labelSelector,
      signal,
    });
    pulse.beat();
    try {
      for await (const event of cluster.watch(watched.type, {
        namespace,
        labelSelector: watched.labelSelector,
        resourceVersion,
        timeoutSeconds: 300,
        signal,
      })) {
        if (event.type !== 'BOOKMARK') pulse.beat();
      }
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof KubeError)) throw error;
    }
  }
}

/**
 * Yields once now, and then whenever an application of the namespace, or a pod of one, changed. By watch: nothing is
 * asked while nothing happens. Throws when the cluster is gone.
 */
export async function* followChanges(
  connection: Connection,
  options: { readonly application?: string; readonly signal: AbortSignal },
): AsyncGenerator<void> {
  const labelSelector =
    options.application === undefined
      ? LABEL_APPLICATION
      : `${LABEL_APPLICATION}=${options.application}`;
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const pulse = new Pulse();
  let failure: unknown;
  const watches = [
    { type: applications },
    { type: pods, labelSelector },
    { type: replicaSets, labelSelector },
  ].map(watched =>
    watchOne(watched, connection, pulse, signal).catch(error => {
      failure ??= error;
      stop.abort();
    }),
  );
  try {
    while (!signal.aborted) {
      await pulse.next(signal);
      if (!signal.aborted) yield;
    }
    if (failure !== undefined && !options.signal.aborted) throw failure;
  } finally {
    stop.abort();
    await Promise.all(watches);
  }
}
