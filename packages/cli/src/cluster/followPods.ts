import { KubeCluster, KubeObject, ResourceType } from '@understage/kube';
import { z } from 'zod';

export const pods: ResourceType = {
  group: '',
  version: 'v1',
  kind: 'Pod',
  plural: 'pods',
  namespaced: true,
};

/** One container that has, or had, something to say. */
export interface LogSource {
  readonly pod: string;
  readonly container: string;
  readonly component: string;
  /** Changes when the container is started again: its log is another one then. */
  readonly instance: string;
}

const stateShape = z.looseObject({
  running: z.unknown().optional(),
  terminated: z.unknown().optional(),
});
const podShape = z.looseObject({
  status: z
    .looseObject({
      containerStatuses: z
        .array(
          z.looseObject({
            name: z.string(),
            containerID: z.string().optional(),
            restartCount: z.number().default(0),
            state: stateShape.optional(),
            lastState: stateShape.optional(),
          }),
        )
        .optional(),
      initContainerStatuses: z.array(z.unknown()).optional(),
    })
    .optional(),
});

/** The containers of a pod that have a log; `previous` asks for the run before this one. */
export function logSources(
  pod: KubeObject,
  options: { readonly previous: boolean; readonly container?: string },
): LogSource[] {
  const parsed = podShape.safeParse(pod);
  const statuses = parsed.success
    ? parsed.data.status?.containerStatuses ?? []
    : [];
  return statuses
    .filter(({ name }) => (options.container ?? name) === name)
    .filter(({ state, lastState, restartCount }) =>
      options.previous
        ? lastState?.terminated !== undefined && restartCount > 0
        : state?.running !== undefined || state?.terminated !== undefined,
    )
    .map(status => ({
      pod: pod.metadata.name,
      container: status.name,
      component: pod.metadata.labels?.['understage.dev/component'] ?? '',
      instance: `${pod.metadata.uid ?? pod.metadata.name}/${status.name}/${
        status.containerID ?? status.restartCount
      }`,
    }));
}

/**
 * Pods matching a selector, as they come: those that are there, then each change, until aborted. A watch that ends is
 * started again from a fresh list.
 */
export async function* followPods(options: {
  readonly cluster: KubeCluster;
  readonly namespace: string;
  readonly labelSelector: string;
  readonly signal: AbortSignal;
}): AsyncGenerator<KubeObject> {
  const { cluster, namespace, labelSelector, signal } = options;
  while (!signal.aborted) {
    const { items, resourceVersion } = await cluster.list(pods, {
      namespace,
      labelSelector,
      signal,
    });
    yield* items;
    try {
      for await (const event of cluster.watch(pods, {
        namespace,
        labelSelector,
        resourceVersion,
        timeoutSeconds: 300,
        signal,
      })) {
        if (event.type === 'ADDED' || event.type === 'MODIFIED') {
          yield event.object;
        }
      }
    } catch (error) {
      if (signal.aborted) return;
      // A server that is gone fails the next list, which says so.
    }
  }
}
