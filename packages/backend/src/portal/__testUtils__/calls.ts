import { ApiRoute, apiRoutes } from '@understage/plugin-paas-common';
import {
  clusterApplication,
  clusterTenant,
} from '@understage/plugin-paas-node';
import { actions, routes } from './expected';

export type RouteId = keyof typeof routes;
export type Side = 'own' | 'foreign' | 'missing';

export const routeIds = Object.keys(routes).filter(isRouteId);

/** Address of the actions that the plugin registers. */
export const registry = '/api/paas/.backstage/actions/v1/actions';

/** Where an action is called. */
export function addressOf(action: string): string {
  return `${registry}/paas:${action}/invoke`;
}

/** Routes that agents have an action for. */
export const actionIds = routeIds.filter(id =>
  Object.values(actions).includes(id),
);

/** The action of a route. */
export function actionOf(id: RouteId): string {
  const [name = ''] =
    Object.entries(actions).find(([, route]) => route === id) ?? [];
  return name;
}

/** What is theirs, what is not, and what is not there. */
const applications: Record<Side, { namespace: string; name: string }> = {
  own: { namespace: 'shop', name: 'checkout' },
  foreign: { namespace: 'data', name: 'training' },
  missing: { namespace: 'data', name: 'nowhere1' },
};

const tenants: Record<Side, string> = {
  own: 'shop',
  foreign: 'data',
  missing: 'nope',
};

/** What a route is asked about, by name. */
export function subjectOf(id: RouteId, side: Side): string {
  return /^tenant/.test(routes[id].about)
    ? tenants[side]
    : applications[side].name;
}

const queries: Partial<Record<RouteId, string>> = {
  getObject: '?kind=Application&name=NAME',
  readLogs: '?tailLines=5',
  stream: '?topic=applications',
  getChart: '?chart=nowhere/redis',
  deleteTenant: '?confirm=NAME',
};

export interface Call {
  readonly method: ApiRoute['method'];
  readonly address: string;
  readonly body?: object;
}

/** A well-formed call of a route about something of one's own, of others, or that is not there. */
export function callOf(id: RouteId, side: Side = 'own'): Call {
  const { method, path }: ApiRoute = apiRoutes[id];
  const { namespace } = applications[side];
  const name = subjectOf(id, side);
  const address = path
    .replace(':cluster', 'playground')
    .replace(':namespace', namespace)
    .replace(':name', name);
  const query = (queries[id] ?? '').replace('NAME', name);
  return {
    method,
    address: `/api/paas${address}${query}`,
    body: bodyOf(id, side),
  };
}

/** The same call as an action takes it: the fields of path, query and body as one. */
export function inputOf(id: RouteId, side: Side = 'own'): object {
  const { path }: ApiRoute = apiRoutes[id];
  const name = subjectOf(id, side);
  const { namespace } = applications[side];
  const query = new URLSearchParams(
    (queries[id] ?? '').replace('NAME', name).slice(1),
  );
  return {
    ...(path.includes(':cluster') && { cluster: 'playground' }),
    ...(path.includes(':namespace') && { namespace }),
    ...(path.includes(':name') && { name }),
    ...Object.fromEntries(query),
    ...(id === 'readLogs' && { tailLines: 5, previous: false }),
    ...(id === 'getObject' && { name, objectName: query.get('name') }),
    ...bodyOf(id, side),
  };
}

/** What routes take; a new route with a body has to say here what it is asked with. */
function bodyOf(id: RouteId, side: Side): object | undefined {
  const { namespace, name } = applications[side];
  switch (id) {
    case 'plan':
    case 'apply':
      return {
        cluster: 'playground',
        application: clusterApplication({ namespace, name }),
      };
    case 'planTenant':
    case 'applyTenant':
      return {
        cluster: 'playground',
        tenant: documentOf(clusterTenant({ name: tenants[side] })),
      };
    case 'rollback':
      return { revision: 1 };
    default:
      return undefined;
  }
}

// As somebody writes it: what the server adds is left out.
function documentOf({
  apiVersion,
  kind,
  metadata: { name },
  spec,
}: ReturnType<typeof clusterTenant>) {
  return { apiVersion, kind, metadata: { name }, spec };
}

function isRouteId(name: string): name is RouteId {
  return Object.hasOwn(routes, name);
}
