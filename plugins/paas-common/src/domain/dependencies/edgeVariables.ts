import { Edge } from '../desired';
import { childName } from '../naming/childName';

/** The host name under which the caller reaches the target of an edge. */
export function edgeHost(edge: Edge): string {
  switch (edge.to.kind) {
    case 'component':
      return edge.to.host ?? edge.to.service;
    case 'application':
      return childName({
        application: edge.to.application,
        component: edge.to.component,
      });
    case 'external':
      return edge.to.host;
    default:
      return edge.to satisfies never;
  }
}

/** `<TO>_HOST`, `<TO>_PORT` and `<TO>_ADDR` (`host:port`) of an edge. */
export function edgeVariables(edge: Edge): Readonly<Record<string, string>> {
  const host = edgeHost(edge);
  const bracketed = host.includes(':') ? `[${host}]` : host;
  return {
    [`${edge.env}_HOST`]: host,
    [`${edge.env}_PORT`]: String(edge.port),
    [`${edge.env}_ADDR`]: `${bracketed}:${edge.port}`,
  };
}
