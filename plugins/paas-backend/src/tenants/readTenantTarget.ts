import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import { KubeCluster } from '@understage/kube';
import {
  checkTenant,
  Problem,
  readTenants,
  Tenant,
  TenantBody,
  tenantCreatePermission,
  tenantReadPermission,
  TenantRef,
  tenantUpdatePermission,
} from '@understage/plugin-paas-common';
import { PaasClusters, TenantRecord } from '@understage/plugin-paas-node';
import { clusterNamed, readSent } from '../changes/readSent';
import { notAllowed, RouteAccess } from '../http/RouteAccess';

/** What a caller wants to plan or apply, checked and allowed. */
export type TenantTarget =
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  | {
      readonly kind: 'target';
      readonly tenant: Tenant;
      readonly ref: TenantRef;
      readonly cluster: KubeCluster;
      /** What is there now; absent when it is new. */
      readonly record?: TenantRecord;
      readonly warnings: readonly Problem[];
    };

/**
 * Reads what was sent and asks for the permission that the case needs: to change what is there, or to create what is not.
 * A tenant that is there and not theirs to see is answered like one that they may not create.
 */
export async function readTenantTarget(input: {
  readonly clusters: PaasClusters;
  readonly access: RouteAccess;
  readonly credentials: BackstageCredentials;
  readonly body: TenantBody;
  /** Told what it is about before it is decided whether they may. */
  readonly note: (ref: JsonObject) => void;
}): Promise<TenantTarget> {
  const { clusters, access, credentials, body } = input;
  const cluster = clusterNamed(clusters, body.cluster);
  const checked = readSent(body.tenant, {
    check: checkTenant,
    read: readTenants,
  });
  if (!checked.ok) return { kind: 'invalid', problems: checked.problems };
  const { value: tenant, warnings } = checked;
  const ref = { cluster: body.cluster, name: tenant.metadata.name };
  const record = clusters.tenants().get(`${ref.cluster}/${ref.name}`);
  input.note({ ...ref });
  if (record) {
    const isVisible = await access.coversTenant(
      credentials,
      tenantReadPermission,
      record,
    );
    if (!isVisible) throw notAllowed(tenantCreatePermission);
    await access.requireTenant(credentials, tenantUpdatePermission, record);
  } else {
    await access.requireGiven(credentials, tenantCreatePermission);
  }
  return {
    kind: 'target',
    tenant,
    ref,
    cluster,
    ...(record && { record }),
    warnings,
  };
}
