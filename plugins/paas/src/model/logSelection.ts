import {
  ApplicationContainer,
  isAskedFor,
  LogQuery,
} from '@understage/plugin-paas-common';

/** How much is read to begin with, by its name in the address. */
export const logRanges = {
  '500': { label: 'Last 500 lines', tailLines: 500 },
  '2000': { label: 'Last 2,000 lines', tailLines: 2_000 },
  '5000': { label: 'Last 5,000 lines', tailLines: 5_000 },
  '5m': { label: 'Last 5 minutes', tailLines: 5_000, sinceSeconds: 300 },
  '1h': { label: 'Last hour', tailLines: 5_000, sinceSeconds: 3_600 },
} as const;
export type LogRange = keyof typeof logRanges;

/** Stands for every pod of what was chosen. */
export const ALL_PODS = 'all';

/** What the Logs tab shows, as its address says. Absent `pod`: nobody has chosen yet. */
export interface LogSelection {
  readonly component?: string;
  /** A pod's name, or `ALL_PODS`. */
  readonly pod?: string;
  readonly container?: string;
  readonly previous: boolean;
  readonly follow: boolean;
  readonly range: LogRange;
}

const isRange = (text: string | null): text is LogRange =>
  text !== null && text in logRanges;

/** Reads the address; anything unknown counts as absent. */
export function readSelection(parameters: URLSearchParams): LogSelection {
  const range = parameters.get('range');
  const named = (name: 'component' | 'pod' | 'container') => {
    const value = parameters.get(name);
    return value ? { [name]: value } : {};
  };
  return {
    ...named('component'),
    ...named('pod'),
    ...named('container'),
    previous: parameters.get('previous') === 'true',
    follow: parameters.get('follow') !== 'false',
    range: isRange(range) ? range : '500',
  };
}

/** The address of a selection; what is as usual is left out. */
export function writeSelection(selection: LogSelection): URLSearchParams {
  const { component, pod, container, previous, follow, range } = selection;
  const parameters = new URLSearchParams();
  if (component) parameters.set('component', component);
  if (pod) parameters.set('pod', pod);
  if (container) parameters.set('container', container);
  if (previous) parameters.set('previous', 'true');
  if (!follow) parameters.set('follow', 'false');
  if (range !== '500') parameters.set('range', range);
  return parameters;
}

/** What is asked of the server. */
export function queryOf(selection: LogSelection): LogQuery {
  const { component, pod, container, previous, follow, range } = selection;
  const { label: _, ...amount } = logRanges[range];
  return {
    ...(component === undefined ? {} : { component }),
    ...(pod === undefined || pod === ALL_PODS ? {} : { pod }),
    ...(container === undefined ? {} : { container }),
    previous,
    follow,
    ...amount,
  };
}

/** The containers of a selection, whether they have a log or not. */
export function selectedContainers(
  containers: readonly ApplicationContainer[],
  selection: LogSelection,
): readonly ApplicationContainer[] {
  return containers.filter(each => isAskedFor(queryOf(selection), each));
}

/**
 * The container to begin with: one that fails and has a log, else one of the newest pod, of those asked for. One that
 * prepares a pod only while it is what fails.
 */
export function firstContainer(
  containers: readonly ApplicationContainer[],
  selection: LogSelection,
): ApplicationContainer | undefined {
  const rank = (each: ApplicationContainer) =>
    (each.failing && each.started ? 4 : 0) +
    (each.init ? 0 : 2) +
    (each.started ? 1 : 0);
  const asked = selectedContainers(containers, selection);
  return [...asked].sort(
    (left, right) =>
      rank(right) - rank(left) || right.createdAt.localeCompare(left.createdAt),
  )[0];
}

/** Where the logs of a container are shown. */
export function logsPath(
  applicationPath: string,
  place: { readonly pod?: string; readonly container?: string } = {},
): string {
  const parameters = new URLSearchParams();
  if (place.pod) parameters.set('pod', place.pod);
  if (place.container) parameters.set('container', place.container);
  const query = parameters.toString();
  return `${applicationPath}/logs${query && `?${query}`}`;
}
