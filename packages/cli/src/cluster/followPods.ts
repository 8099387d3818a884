import { KubeCluster, KubeObject } from '@understage/kube';
import { LABEL_COMPONENT } from '@understage/plugin-paas-common';
import { z } from 'zod';
import { listAndWatch } from './listAndWatch';
import { pods } from './resourceTypes';

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
        : // Between two runs a kubelet still has the log of the last one.
          [state?.running, state?.terminated, lastState?.terminated].some(
            each => each !== undefined,
          ),
    )
    .map(status => ({
      pod: pod.metadata.name,
      container: status.name,
      component: pod.metadata.labels?.[LABEL_COMPONENT] ?? '',
      instance: `${pod.metadata.uid ?? pod.metadata.name}/${status.name}/${
        status.containerID ?? status.restartCount
      }`,
    }));
}

/** Pods matching a selector, as they come: those that are there, then each change, until aborted. */
export async function* followPods(options: {
  readonly cluster: KubeCluster;
  readonly namespace: string;
  readonly labelSelector: string;
  readonly signal: AbortSignal;
}): AsyncGenerator<KubeObject> {
  const { cluster, signal, ...followed } = options;
  for await (const sighting of listAndWatch(
    cluster,
    { type: pods, ...followed },
    signal,
  )) {
    if (sighting.kind === 'all') yield* sighting.objects;
    if (sighting.kind === 'changed') yield sighting.object;
  }
}
