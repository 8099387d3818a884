import {
  ApplicationQuery,
  ComponentState,
  componentStates,
} from '@understage/plugin-paas-common';

type Sort = NonNullable<ApplicationQuery['sort']>;

const sorts: readonly Sort[] = [
  'attention',
  'name',
  '-name',
  'namespace',
  '-namespace',
  'since',
  '-since',
];

/** Parameters that hold one text each. */
export const textFilters = [
  'tenant',
  'cluster',
  'owner',
  'reason',
  'text',
] as const;
export type TextFilter = (typeof textFilters)[number];

/** What the Applications page is asked to show, from its address; unknown states and sorts are left out. */
export function readQuery(parameters: URLSearchParams): ApplicationQuery {
  const state = parameters
    .getAll('state')
    .filter((value): value is ComponentState =>
      componentStates.some(known => known === value),
    );
  const sort = sorts.find(known => known === parameters.get('sort'));
  return {
    ...Object.fromEntries(
      textFilters
        .map(name => [name, parameters.get(name)?.trim()] as const)
        .filter(([, value]) => value),
    ),
    ...(state.length > 0 ? { state } : {}),
    ...(sort === undefined ? {} : { sort }),
  };
}

/** The address of a query: the shortest one, equal queries have equal addresses. */
export function writeQuery(query: ApplicationQuery): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const name of textFilters) {
    const value = query[name];
    if (value) parameters.set(name, value);
  }
  for (const state of [...(query.state ?? [])].sort()) {
    parameters.append('state', state);
  }
  if (query.sort && query.sort !== 'attention') {
    parameters.set('sort', query.sort);
  }
  return parameters;
}

/** True when anything narrows the list. */
export function isFiltered(query: ApplicationQuery): boolean {
  return (
    textFilters.some(name => query[name]) || (query.state?.length ?? 0) > 0
  );
}

/** The query with one state more or less. */
export function toggleState(
  query: ApplicationQuery,
  state: ComponentState,
): ApplicationQuery {
  const held = query.state ?? [];
  const next = held.includes(state)
    ? held.filter(other => other !== state)
    : [...held, state];
  return { ...query, state: next.length > 0 ? next : undefined };
}

/** What a click on a column's header asks for: ascending, then descending, then needs-attention-first again. */
export function nextSort(
  current: ApplicationQuery['sort'],
  column: 'name' | 'namespace' | 'since',
): Sort {
  if (current === column) return `-${column}`;
  return current === `-${column}` ? 'attention' : column;
}
