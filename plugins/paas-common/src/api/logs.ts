import { ObjectNode, PodContainer } from './types';

/** Which containers' logs, and how much of them. Absent names mean all of them. */
export interface LogQuery {
  readonly component?: string;
  readonly pod?: string;
  readonly container?: string;
  /** The run before the last restart. */
  readonly previous?: boolean;
  /** Go on as lines come; containers that start later are read as well. */
  readonly follow?: boolean;
  /** The last lines of each container, 1 to 5,000; default 500. */
  readonly tailLines?: number;
  /** Only what was written within so many seconds. */
  readonly sinceSeconds?: number;
}

/** One line of a log. `at` is when it was written, RFC 3339 with up to nanoseconds. */
export interface LogLine {
  readonly at?: string;
  readonly text: string;
}

/** Names one container. */
export interface LogSource {
  readonly pod: string;
  readonly container: string;
}

/** One message of `GET .../logs`. */
export type LogMessage =
  /** What is read from now on; `left` counts the containers that are left out because they are too many. */
  | {
      readonly type: 'reading';
      readonly sources: readonly LogSource[];
      readonly left: number;
    }
  | (LogSource & {
      readonly type: 'lines';
      readonly lines: readonly LogLine[];
    })
  /** The container writes no more. */
  | (LogSource & { readonly type: 'ended' })
  /** The log of one container could not be read; the others go on. */
  | (LogSource & { readonly type: 'problem'; readonly message: string })
  /** Nothing more comes, and there is nothing to come back for. `message` says why when it was not asked for. */
  | { readonly type: 'end'; readonly message?: string }
  | { readonly type: 'heartbeat'; readonly at: string };

/** A container of an application, with what leads to it. */
export interface ApplicationContainer extends PodContainer {
  readonly pod: string;
  readonly podUid: string;
  readonly component?: string;
  /** When its pod was made, RFC 3339. */
  readonly createdAt: string;
}

/** Every container of an application's pods, pods in the order of the tree. */
export function applicationContainers(
  tree: readonly ObjectNode[],
): readonly ApplicationContainer[] {
  return tree.flatMap(({ ref, uid, component, createdAt, ...node }) => [
    ...(node.containers ?? []).map(container => ({
      ...container,
      pod: ref.name,
      podUid: uid ?? ref.name,
      ...(component === undefined ? {} : { component }),
      createdAt: createdAt ?? '',
    })),
    ...applicationContainers(node.children),
  ]);
}

/** Whether a query means a container. */
export function isAskedFor(
  { component, pod, container }: LogQuery,
  each: ApplicationContainer,
): boolean {
  return (
    (component === undefined || component === each.component) &&
    (pod === undefined || pod === each.pod) &&
    (container === undefined || container === each.name)
  );
}
