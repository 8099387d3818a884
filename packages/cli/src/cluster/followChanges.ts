import { LABEL_APPLICATION } from '@understage/plugin-paas-common';
import { Connection } from '../CliWorld';
import { listAndWatch } from './listAndWatch';
import { applications, pods, replicaSets } from './resourceTypes';

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
  const { cluster, namespace } = connection;
  const watches = [
    { type: applications, namespace },
    { type: pods, namespace, labelSelector },
    { type: replicaSets, namespace, labelSelector },
  ].map(async followed => {
    try {
      for await (const _ of listAndWatch(cluster, followed, signal)) {
        pulse.beat();
      }
    } catch (error) {
      failure ??= error;
      stop.abort();
    }
  });
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
