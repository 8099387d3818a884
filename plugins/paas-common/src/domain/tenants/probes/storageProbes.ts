import { TenantProbe } from '../TenantProbe';
import { NAME, object, ProbeContext, quotaIn } from './attempts';

/** What would reach volumes of others. */
export function storageProbes({
  namespace,
  tenant,
}: ProbeContext): readonly TenantProbe[] {
  const claim = (spec: object) =>
    object(
      { apiVersion: 'v1', kind: 'PersistentVolumeClaim' },
      { name: NAME, namespace },
      {
        spec: {
          accessModes: ['ReadWriteOnce'],
          resources: { requests: { storage: '1Mi' } },
          ...spec,
        },
      },
    );
  const quota = quotaIn(tenant, namespace);
  const [storage] = tenant.spec.storage.classes;
  const own = storage ? { storageClassName: storage.name } : {};
  const policy = ['admissionPolicy'] as const;
  // As much as a quantity can say, so that it is too much whatever is used.
  const tooMuch: TenantProbe = {
    id: 'claim-above-quota',
    dimension: 'storage',
    title: 'A claim asks for more storage than the environment may have.',
    as: 'deployer',
    attempt: {
      verb: 'create',
      object: claim({ ...own, resources: { requests: { storage: '7Ei' } } }),
    },
    refusedBy: ['quota'],
  };
  const foreignClass: TenantProbe = {
    id: 'claim-of-foreign-class',
    dimension: 'storage',
    title: 'A claim asks for a storage class that the tenant may not use.',
    as: 'deployer',
    attempt: {
      verb: 'create',
      object: claim({ storageClassName: NAME }),
    },
    refusedBy: policy,
  };
  return [
    {
      id: 'claim-names-foreign-volume',
      dimension: 'storage',
      title: 'A claim names a volume that is not its own.',
      as: 'deployer',
      attempt: {
        verb: 'create',
        object: claim({ ...own, volumeName: NAME }),
      },
      refusedBy: policy,
    },
    {
      id: 'claim-selects-foreign-volumes',
      dimension: 'storage',
      title: 'A claim selects volumes without saying of which tenant.',
      as: 'deployer',
      attempt: {
        verb: 'create',
        object: claim({ ...own, selector: { matchLabels: { any: 'volume' } } }),
      },
      refusedBy: policy,
    },
    // A claim that is filled from another namespace is not tried: without the feature gate for it (alpha, off) the server
    // takes such a claim and forgets the namespace.
    ...(storage ? [foreignClass] : []),
    ...(quota.storage === undefined ? [] : [tooMuch]),
  ];
}
