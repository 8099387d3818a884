import { Tenant, TenantQuota } from '../../../schema/Tenant';
import { KubeObject, ObjectRef } from '../../kubernetes';
import { quotaOf } from '../bundle/quotaObjects';
import { tenantNamespaces } from '../tenantNamespaces';

/** One environment, and what of others its accounts are tried on. */
export interface ProbeContext {
  readonly tenant: Tenant;
  readonly namespace: string;
  /** A namespace of another tenant, where there is one; else the cluster's own is tried. */
  readonly neighbour?: string;
}

/** The quota that holds in one of the tenant's namespaces. */
export function quotaIn(tenant: Tenant, namespace: string): TenantQuota {
  const place = tenantNamespaces(tenant).find(
    each => each.namespace === namespace,
  );
  return quotaOf({ tenant, environment: place?.environment ?? '' });
}

/** Names that nobody would give: a dry run may not meet a real object. */
export const NAME = 'understage-probe';

const secure = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};

/** A pod as strict as can be, but for what is asked. */
export function pod(
  namespace: string,
  {
    spec = {},
    container = {},
  }: { readonly spec?: object; readonly container?: object } = {},
): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: NAME, namespace },
    spec: {
      automountServiceAccountToken: false,
      ...spec,
      containers: [
        {
          name: 'probe',
          image: 'registry.example.com/probe:1',
          securityContext: secure,
          ...container,
        },
      ],
    },
  };
}

/** Any object. */
export function object(
  kind: { readonly apiVersion: string; readonly kind: string },
  metadata: KubeObject['metadata'],
  fields: object,
): KubeObject {
  return { ...kind, metadata, ...fields };
}

/** A name in the namespace. */
export function inNamespace(
  apiVersion: string,
  kind: string,
  place: { readonly namespace: string; readonly name?: string },
): ObjectRef {
  const { namespace, name = NAME } = place;
  return { apiVersion, kind, namespace, name };
}

/** A Deployment around a pod: what a tenant's deployer may write, unlike pods themselves. */
export function deploymentOf({ metadata, spec }: KubeObject): KubeObject {
  const labels = { app: NAME };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec },
    },
  };
}
