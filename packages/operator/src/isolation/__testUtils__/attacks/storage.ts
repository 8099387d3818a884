import { Attack, change, create, Use } from '../attack';
import { claim } from '../manifests';

const claims = 'policy understage-claims';
const volumes = 'policy understage-volumes';
const volume = 'v1 PersistentVolume data-kept';

/** Volumes of others. */
export const storageAttacks: readonly Attack[] = [
  {
    id: 'S3',
    title: "a claim names another tenant's volume",
    as: 'deployer',
    request: create(claim({ volumeName: 'data-kept' })),
    refused: claims,
  },
  {
    id: 'S3',
    title: "a claim that waits is pointed at another tenant's volume",
    as: 'deployer',
    request: change('v1 PersistentVolumeClaim shop/waiting', {
      spec: { volumeName: 'data-kept' },
    }),
    refused: claims,
  },
  {
    id: 'S3',
    title: "a claim selects another tenant's volumes by label",
    as: 'deployer',
    request: create(
      claim({ selector: { matchLabels: { 'understage.dev/tenant': 'data' } } }),
    ),
    refused: claims,
  },
  {
    id: 'S3',
    title: 'a claim selects volumes of anybody',
    as: 'deployer',
    request: create(
      claim({
        selector: {
          matchExpressions: [
            { key: 'understage.dev/tenant', operator: 'Exists' },
          ],
        },
      }),
    ),
    refused: claims,
  },
  {
    id: 'S3',
    title: 'a claim asks for a class that the tenant may not use',
    as: 'deployer',
    request: create(claim({ storageClassName: 'gold' })),
    refused: claims,
  },
  {
    id: 'S3',
    title: 'a claim asks for volumes without a class, which somebody left',
    as: 'deployer',
    request: create(claim({ storageClassName: '' })),
    refused: claims,
  },
  {
    id: 'S3',
    title: "the binder gives another tenant's volume to a claim",
    as: 'binder',
    request: change('v1 PersistentVolume data-free', {
      spec: {
        claimRef: {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          namespace: 'shop',
          name: 'waiting',
        },
      },
    }),
    refused: volumes,
  },
  {
    id: 'S3',
    title: "somebody makes another tenant's volume their own with a label",
    as: 'careless',
    request: change(volume, {
      metadata: { labels: { 'understage.dev/tenant': 'shop' } },
    }),
    refused: volumes,
  },
  {
    id: 'S3',
    title: 'somebody makes a volume nobody’s, so that the next claim gets it',
    as: 'careless',
    request: change(volume, {
      metadata: { labels: { 'understage.dev/tenant': null } },
    }),
    refused: volumes,
  },
  {
    id: 'S5',
    title: 'the deployer makes a volume of a directory of the node',
    as: 'deployer',
    request: create({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: 'node' },
      spec: {
        capacity: { storage: '1Gi' },
        accessModes: ['ReadWriteOnce'],
        hostPath: { path: '/' },
      },
    }),
    refused: 'rbac',
  },
];

/** What applications of a tenant need, as our renderer sends it. */
export const storageUses: readonly Use[] = [
  ...(
    [
      ['of the class of the tenant', {}],
      ['on a volume that was handed over', { volumeName: 'shop-kept' }],
      [
        'that selects volumes of its own tenant',
        { selector: { matchLabels: { 'understage.dev/tenant': 'shop' } } },
      ],
    ] as const
  ).map(([what, spec]) => ({
    title: `a claim ${what}`,
    as: 'deployer' as const,
    request: create(claim(spec)),
  })),
  {
    title: 'the binder says which volume it found for a claim',
    as: 'binder',
    request: change('v1 PersistentVolumeClaim shop/waiting', {
      spec: { volumeName: 'any' },
    }),
  },
  {
    title: 'whoever may create tenants hands a volume to a claim',
    as: 'admin',
    request: change('v1 PersistentVolume data-free', {
      spec: { claimRef: { namespace: 'data', name: 'restored' } },
    }),
  },
];
