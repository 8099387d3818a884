import {
  apiRoutes,
  ApplicationQuery,
  ApplicationRef,
  parseApplicationRef,
  parseTenantRef,
  TenantRef,
} from '@understage/plugin-paas-common';

/** A topic's name, understood. */
export type ParsedTopic =
  | { readonly kind: 'applications'; readonly query: ApplicationQuery }
  | { readonly kind: 'application'; readonly ref: ApplicationRef }
  | { readonly kind: 'tenants' }
  | { readonly kind: 'tenant'; readonly ref: TenantRef };

/** Reads a topic's name, or says in a sentence why it is none. */
export function parseTopic(name: string): ParsedTopic | string {
  if (name.startsWith('application/')) {
    const ref = parseApplicationRef(name.slice('application/'.length));
    return ref
      ? { kind: 'application', ref }
      : `"${name}" is no topic: write application/cluster/namespace/name.`;
  }
  if (name === 'tenants') return { kind: 'tenants' };
  if (name.startsWith('tenant/')) {
    const ref = parseTenantRef(name.slice('tenant/'.length));
    return ref
      ? { kind: 'tenant', ref }
      : `"${name}" is no topic: write tenant/cluster/name.`;
  }
  const [head, search = ''] = name.split(/\?(.*)/s);
  if (head !== 'applications') {
    return `"${name}" is no topic: there are applications?query, application/cluster/namespace/name, tenants and tenant/cluster/name.`;
  }
  const query = apiRoutes.listApplications.query.safeParse(parseSearch(search));
  if (query.success) return { kind: 'applications', query: query.data };
  const [issue] = query.error.issues;
  return `The query of "${name}" is not as it should be. ${issue?.path.join(
    '.',
  )}: ${issue?.message}.`;
}

function parseSearch(search: string): Record<string, unknown> {
  const parameters = new URLSearchParams(search);
  const keys = new Set(parameters.keys());
  return Object.fromEntries(
    [...keys].map(key => {
      const values = parameters.getAll(key);
      return [key, values.length > 1 ? values : values[0]];
    }),
  );
}
