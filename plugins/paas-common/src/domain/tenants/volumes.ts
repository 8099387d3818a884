import { Tenant } from '../../schema/Tenant';
import { Action } from '../action';
import { textAt } from '../jsonValue';
import { KubeObject, refOf } from '../kubernetes';
import { LABEL_TENANT } from '../labels';
import { TenantObserved } from './TenantDesired';
import { isOfTenant } from './tenantOwnership';

/** A volume as a person decides about it. */
export interface OffboardedVolume {
  readonly name: string;
  /** `namespace/claim`, while or since it was bound. */
  readonly claim?: string;
  readonly capacity: string;
  readonly storageClass?: string;
  readonly phase: string;
  readonly reclaimPolicy: string;
}

/** The namespace that a volume was given to, or is reserved for. */
export function claimNamespaceOf(volume: KubeObject): string | undefined {
  return textAt(volume, 'spec', 'claimRef', 'namespace');
}

/**
 * True for what a claim of an earlier namespace of the same name has left: names are given again, and whoever has one now
 * must not get what its predecessor wrote. A volume whose claim is gone and that is older than the namespace may have been
 * filled before it; who can not know keeps away from it.
 */
function isOfPredecessor(volume: KubeObject, namespace: KubeObject): boolean {
  const isReserved = textAt(volume, 'spec', 'claimRef', 'uid') === undefined;
  if (isReserved || textAt(volume, 'status', 'phase') === 'Bound') return false;
  const since = namespace.metadata.creationTimestamp ?? '';
  return (volume.metadata.creationTimestamp ?? '') <= since && since !== '';
}

/** True for a volume that was made for, or kept for, the tenant. */
function isVolumeOf(
  volume: KubeObject,
  tenant: Tenant,
  { own, observed }: { own: ReadonlySet<string>; observed: TenantObserved },
): boolean {
  const label = volume.metadata.labels?.[LABEL_TENANT];
  if (label === tenant.metadata.name) return true;
  const place = claimNamespaceOf(volume) ?? '';
  const namespace = own.has(place) ? observed.namespaces.get(place) : undefined;
  return namespace !== undefined && !isOfPredecessor(volume, namespace);
}

/** Namespaces that are the tenant's now. */
export function ownNamespaces(
  tenant: Tenant,
  { namespaces }: TenantObserved,
): ReadonlySet<string> {
  const { uid = '' } = tenant.metadata;
  return new Set(
    [...namespaces.values()]
      .filter(namespace => isOfTenant(namespace, uid))
      .map(({ metadata }) => metadata.name),
  );
}

/** The volumes of a tenant, by name. */
export function tenantVolumes(
  tenant: Tenant,
  observed: TenantObserved,
): readonly KubeObject[] {
  const own = ownNamespaces(tenant, observed);
  return observed.volumes
    .filter(volume => isVolumeOf(volume, tenant, { own, observed }))
    .sort((left, right) => (left.metadata.name < right.metadata.name ? -1 : 1));
}

/** Volumes that were kept for the tenant and are bound to nobody: its claims may name them. */
export function retainedVolumes(
  tenant: Tenant,
  { volumes }: Pick<TenantObserved, 'volumes'>,
): readonly string[] {
  return volumes
    .filter(
      volume =>
        volume.metadata.labels?.[LABEL_TENANT] === tenant.metadata.name &&
        ['Available', 'Released'].includes(
          textAt(volume, 'status', 'phase') ?? '',
        ),
    )
    .map(({ metadata }) => metadata.name)
    .sort();
}

/** What a person should see before a tenant goes. */
export function offboardedVolumes(
  tenant: Tenant,
  observed: TenantObserved,
): readonly OffboardedVolume[] {
  return tenantVolumes(tenant, observed).map(volume => {
    const namespace = claimNamespaceOf(volume);
    const claim = textAt(volume, 'spec', 'claimRef', 'name');
    const storageClass = textAt(volume, 'spec', 'storageClassName');
    return {
      name: volume.metadata.name,
      ...(namespace && claim && { claim: `${namespace}/${claim}` }),
      capacity: textAt(volume, 'spec', 'capacity', 'storage') ?? '?',
      ...(storageClass && { storageClass }),
      phase: textAt(volume, 'status', 'phase') ?? '?',
      reclaimPolicy:
        textAt(volume, 'spec', 'persistentVolumeReclaimPolicy') ?? '?',
    };
  });
}

/** Volumes carry their tenant, so that one that outlives its claim is still known as whose it was. */
export function planVolumeLabels(
  tenant: Tenant,
  observed: TenantObserved,
): readonly Action[] {
  const { name } = tenant.metadata;
  return tenantVolumes(tenant, observed).flatMap((volume): Action[] => {
    const from = volume.metadata.labels?.[LABEL_TENANT];
    const { uid } = volume.metadata;
    // A volume of somebody else stays theirs, whoever has bound it.
    if (from !== undefined || uid === undefined) return [];
    return [
      {
        kind: 'update',
        ref: refOf(volume),
        object: {
          apiVersion: 'v1',
          kind: 'PersistentVolume',
          metadata: {
            name: volume.metadata.name,
            labels: { [LABEL_TENANT]: name },
          },
        },
        uid,
        changes: [
          {
            path: `metadata.labels["${LABEL_TENANT}"]`,
            from: undefined,
            to: name,
          },
        ],
        drift: false,
      },
    ];
  });
}
