import { KubeObject } from '@understage/kube';
import {
  readTenantStatus,
  readTenants,
  TenantStatus,
} from '@understage/plugin-paas-common';
import {
  clusterBundleKinds,
  namespacedBundleKinds,
  tenantType,
} from '@understage/plugin-paas-node';
import { OperatorWorld } from './createOperatorWorld';
import { waitFor } from './waitFor';

/** Tenants of a world, as a platform engineer sees them. */
export interface TenantsOf {
  apply(name: string, spec?: string): Promise<KubeObject>;
  get(name: string): Promise<KubeObject | undefined>;
  status(name: string): Promise<TenantStatus | undefined>;
  waitForStatus(
    name: string,
    what: string,
    holds: (status: TenantStatus) => boolean,
    timeoutMs?: number,
  ): Promise<TenantStatus>;
  /** `Kind/name` to resourceVersion, of the bundle in a namespace. */
  bundle(namespace: string): Promise<ReadonlyMap<string, string>>;
  clusterScoped(name: string): Promise<readonly string[]>;
  remove(name: string): Promise<void>;
}

/** The least that a Tenant may say. */
export const smallTenant = `
  owner: group:default/team-shop
  members:
    - { group: group:default/team-shop-admins, role: admin }
    - { group: group:default/team-shop-developers, role: developer }
  environments: [{ name: production }]
  quota: { cpu: "4", memory: 8Gi, pods: 20, storage: 10Gi }
`;

export function tenantsOf({ admin, playground }: OperatorWorld): TenantsOf {
  const person = admin.writer({ fieldManager: 'kubectl' });
  const tenants: TenantsOf = {
    async apply(name, spec = smallTenant) {
      const [read] = readTenants(
        `apiVersion: paas.understage.dev/v1\nkind: Tenant\nmetadata: { name: ${name} }\nspec:${spec}`,
      );
      if (!read?.checked.ok) throw new Error(JSON.stringify(read));
      const outcome = await person.apply(
        { ...read.checked.value },
        { type: tenantType, force: true },
      );
      if (outcome.kind !== 'written') throw new Error(outcome.message);
      return outcome.object;
    },
    get: name => admin.get(tenantType, { name }),
    async status(name) {
      return readTenantStatus((await tenants.get(name))?.status);
    },
    async waitForStatus(name, what, holds, timeoutMs = 60_000) {
      let last: unknown;
      return waitFor(
        `tenant ${name} to be ${what}`,
        async () => {
          const object = await tenants.get(name);
          last = object?.status;
          const status = readTenantStatus(object?.status);
          const current =
            status?.observedGeneration === object?.metadata.generation;
          return status && current && holds(status) ? status : undefined;
        },
        timeoutMs,
      ).catch(error => {
        throw new Error(`${error}; last ${JSON.stringify(last, null, 1)}`);
      });
    },
    async bundle(namespace) {
      const found = new Map<string, string>();
      for (const type of namespacedBundleKinds) {
        const { items } = await admin.list(type, {
          namespace,
          labelSelector: 'understage.dev/bundle=tenant',
        });
        for (const { metadata } of items)
          found.set(
            `${type.kind}/${metadata.name}`,
            metadata.resourceVersion ?? '',
          );
      }
      return found;
    },
    async clusterScoped(name) {
      const lists = await Promise.all(
        clusterBundleKinds.map(type =>
          admin.list(type, { labelSelector: `understage.dev/tenant=${name}` }),
        ),
      );
      return lists.flatMap(({ items }) =>
        items.map(({ kind, metadata }) => `${kind}/${metadata.name}`),
      );
    },
    async remove(name) {
      await playground.kubectl(['delete', 'tenant', name, '--wait=false']);
    },
  };
  return tenants;
}
