import { recordsAt, recordAt, textAt } from '../jsonValue';
import { AllowedKind, allowedKinds } from '../kinds';
import { KubeObject } from '../kubernetes';

const routes = new Set(['Ingress', 'HTTPRoute']);

/** The kinds whose objects claim host names for the whole cluster. */
export const routeKinds: readonly AllowedKind[] = allowedKinds.filter(
  ({ kind }) => routes.has(kind),
);

function listed(object: KubeObject): readonly unknown[] {
  if (object.kind === 'Ingress') {
    return recordsAt(object, 'spec', 'rules').map(rule => textAt(rule, 'host'));
  }
  const { hostnames } = recordAt(object, 'spec');
  return object.kind === 'HTTPRoute' && Array.isArray(hostnames)
    ? hostnames
    : [];
}

/**
 * Host names that an Ingress or HTTPRoute claims, each once; none for other kinds. A rule without a host claims none: it
 * takes what nobody else wants.
 */
export function hostsOf(object: KubeObject): readonly string[] {
  const hosts = listed(object).flatMap(host =>
    typeof host === 'string' && host !== '' ? [host.toLowerCase()] : [],
  );
  return [...new Set(hosts)];
}

function pathsIn(object: KubeObject, host: string): readonly unknown[] {
  if (object.kind === 'Ingress') {
    return recordsAt(object, 'spec', 'rules')
      .filter(rule => textAt(rule, 'host')?.toLowerCase() === host)
      .flatMap(rule => recordsAt(rule, 'http', 'paths'))
      .map(path => textAt(path, 'path'));
  }
  return recordsAt(object, 'spec', 'rules')
    .flatMap(rule => recordsAt(rule, 'matches'))
    .map(match => textAt(match, 'path', 'value'));
}

/** Paths below one of its hosts that an Ingress or HTTPRoute leads on, each once; one that names none takes all: `/`. */
export function pathsOf(object: KubeObject, host: string): readonly string[] {
  const paths = pathsIn(object, host).map(path =>
    typeof path === 'string' && path !== '' ? path : '/',
  );
  return paths.length === 0 ? ['/'] : [...new Set(paths)];
}

/** The object cut down to the hosts that it claims. */
export function onlyHosts(object: KubeObject): KubeObject['spec'] {
  if (object.kind === 'Ingress') {
    return { rules: hostsOf(object).map(host => ({ host })) };
  }
  return object.kind === 'HTTPRoute'
    ? { hostnames: hostsOf(object) }
    : undefined;
}

/** `a.b.c` is below `b.c` and `c`. */
function above(host: string): readonly string[] {
  const labels = host.split('.');
  return labels.slice(1).map((_, index) => labels.slice(index + 1).join('.'));
}

/**
 * Keys to find a claim by: one of them is among the `rivalKeys` of every host that overlaps. `*.` covers any number of
 * labels, as in the Gateway API; where an ingress controller takes it for a single one, that is on the safe side.
 */
export function claimKeys(host: string): readonly string[] {
  return [host, ...above(host).map(suffix => `under ${suffix}`)];
}

/** Keys of the claims that stand in the way of a host. */
export function rivalKeys(host: string): readonly string[] {
  const wildcards = above(host).map(suffix => `*.${suffix}`);
  return host.startsWith('*.')
    ? [...wildcards, `under ${host.slice(2)}`]
    : [host, ...wildcards];
}

/** The first of the claimed hosts that overlaps with one that is wanted; undefined when there is room for both. */
export function overlapOf(
  wanted: string,
  claimed: readonly string[],
): string | undefined {
  const keys = new Set(rivalKeys(wanted));
  return claimed.find(host => claimKeys(host).some(key => keys.has(key)));
}
