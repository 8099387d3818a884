import { ResolveContext } from '../../desired';

/** A world with nothing in it but a namespace, for tests to add to. */
export function resolveContext(
  parts: Partial<ResolveContext> = {},
): ResolveContext {
  return {
    namespace: 'shop',
    tenant: 'shop',
    platform: {
      expose: { kind: 'Ingress', namespace: 'ingress' },
      monitoringNamespace: 'monitoring',
    },
    builds: {},
    charts: {},
    takenServiceNames: {},
    ...parts,
  };
}
