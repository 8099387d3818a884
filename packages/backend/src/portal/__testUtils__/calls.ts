import { ApiRoute, apiRoutes } from '@understage/plugin-paas-common';
import { clusterApplication } from '@understage/plugin-paas-node';
import { routes } from './expected';

export type RouteId = keyof typeof routes;
export type Side = 'own' | 'foreign' | 'missing';

export const routeIds = Object.keys(routes).filter(isRouteId);

/** What is theirs, what is not, and what is not there. */
const applications: Record<Side, { namespace: string; name: string }> = {
  own: { namespace: 'shop', name: 'checkout' },
  foreign: { namespace: 'data', name: 'training' },
  missing: { namespace: 'data', name: 'nowhere1' },
};

const queries: Partial<Record<RouteId, string>> = {
  getObject: '?kind=Application&name=NAME',
  readLogs: '?follow=false',
  stream: '?topic=applications',
};

export interface Call {
  readonly method: ApiRoute['method'];
  readonly address: string;
  readonly body?: object;
}

/** A well-formed call of a route about something of one's own, of others, or that is not there. */
export function callOf(id: RouteId, side: Side = 'own'): Call {
  const { method, path }: ApiRoute = apiRoutes[id];
  const { namespace, name } = applications[side];
  const address = path.replace(
    ':cluster/:namespace/:name',
    `playground/${namespace}/${name}`,
  );
  const query = (queries[id] ?? '').replace('NAME', name);
  return {
    method,
    address: `/api/paas${address}${query}`,
    body: bodyOf(id, side),
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
    case 'rollback':
      return { revision: 1 };
    default:
      return undefined;
  }
}

function isRouteId(name: string): name is RouteId {
  return Object.hasOwn(routes, name);
}
