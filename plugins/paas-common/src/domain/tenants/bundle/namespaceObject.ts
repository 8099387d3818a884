import { Tenant } from '../../../schema/Tenant';
import { KubeObject } from '../../kubernetes';
import {
  ANNOTATION_DOMAINS,
  ANNOTATION_FORMER_TENANT,
  ANNOTATION_GRANTS,
  ANNOTATION_OWNER,
  ANNOTATION_STORAGE_CLASSES,
  ANNOTATION_VOLUMES,
} from '../../labels';
import { BundlePlace, bundleMetadata } from './marks';

/** Pods that do not hold to the standard are refused, and so are workloads told when they are written. */
function podSecurityLabels({ spec }: Tenant): Record<string, string> {
  const prefix = 'pod-security.kubernetes.io';
  return Object.fromEntries(
    ['enforce', 'audit', 'warn'].flatMap(mode => [
      [`${prefix}/${mode}`, spec.podSecurity],
      [`${prefix}/${mode}-version`, 'latest'],
    ]),
  );
}

function grantsOf({ spec }: Tenant, environment: string): readonly string[] {
  const own = spec.environments.find(({ name }) => name === environment);
  const { loadBalancers = 0 } = own?.quota ?? spec.quota;
  const { internet, cidrs } = spec.network.egress;
  return [
    ...(loadBalancers > 0 ? ['load-balancers'] : []),
    ...(internet ? ['internet'] : []),
    ...cidrs,
  ];
}

/** The namespace with what admission policies read of it. `volumes` are retained ones that its claims may name. */
export function namespaceObject(
  place: BundlePlace,
  volumes: readonly string[],
): KubeObject {
  const { tenant, environment, namespace } = place;
  const { spec } = tenant;
  const classes = spec.storage.classes.map(({ name }) => name);
  const metadata = bundleMetadata(namespace, { tenant, environment });
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      ...metadata,
      labels: { ...metadata.labels, ...podSecurityLabels(tenant) },
      annotations: {
        ...metadata.annotations,
        [ANNOTATION_OWNER]: spec.owner,
        [ANNOTATION_STORAGE_CLASSES]:
          classes.length === 0 ? '*' : classes.join(','),
        // Said also when there are none: what stands in a namespace that is taken over would go on to hold.
        [ANNOTATION_DOMAINS]: spec.network.domains.join(','),
        [ANNOTATION_GRANTS]: grantsOf(tenant, environment).join(','),
        [ANNOTATION_VOLUMES]: [...volumes].sort().join(','),
      },
    },
  };
}

/** The same namespace when the tenant is gone and it stays: nobody's, as strict with pods as before. */
export function unboundNamespace(
  tenant: Tenant,
  namespace: string,
): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: namespace,
      labels: podSecurityLabels(tenant),
      annotations: {
        [ANNOTATION_OWNER]: tenant.spec.owner,
        [ANNOTATION_FORMER_TENANT]: tenant.metadata.name,
      },
    },
  };
}
