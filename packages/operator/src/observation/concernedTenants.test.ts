import { KubeObject, StoreEvent } from '@understage/kube';
import { concernedTenants, KnownTenants } from './concernedTenants';

const known: KnownTenants = {
  tenantOf: namespace => (namespace === 'shop' ? 'shop' : undefined),
  waiting: () => ['patient'],
};

const object = (
  kind: string,
  metadata: Partial<KubeObject['metadata']> = {},
  fields: object = {},
): KubeObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'x', uid: '1', resourceVersion: '1', ...metadata },
  ...fields,
});

const inShop = { namespace: 'shop' };
const labels = {
  'understage.dev/bundle': 'tenant',
  'understage.dev/tenant': 'shop',
};
const added = (each: KubeObject): StoreEvent => ({
  type: 'added',
  object: each,
});
const deleted = (each: KubeObject): StoreEvent => ({
  type: 'deleted',
  object: each,
});
const updated = (previous: KubeObject, each: KubeObject): StoreEvent => ({
  type: 'updated',
  object: each,
  previous,
});

describe('the tenants that a change concerns', () => {
  it.each<[string, StoreEvent, readonly string[]]>([
    [
      'a new Tenant itself, and those that wait',
      added(object('Tenant', { name: 'data' })),
      ['data', 'patient'],
    ],
    [
      'a Tenant alone whose status was written',
      updated(
        object('Tenant', { name: 'data', generation: 1 }),
        object('Tenant', { name: 'data', generation: 1 }, { status: {} }),
      ),
      ['data'],
    ],
    [
      'those that wait for what a Tenant gave up',
      updated(
        object('Tenant', { name: 'data', generation: 1 }),
        object('Tenant', { name: 'data', generation: 2 }),
      ),
      ['data', 'patient'],
    ],
    [
      'the former tenant of a namespace that lost its label, and those that wait',
      updated(
        object('Namespace', { name: 'shop', labels }),
        object('Namespace', { name: 'shop' }),
      ),
      ['shop', 'patient'],
    ],
    [
      'nobody, when a namespace was written without a change',
      updated(
        object('Namespace', { name: 'shop', labels }),
        object('Namespace', { name: 'shop', labels, resourceVersion: '2' }),
      ),
      [],
    ],
    [
      'the tenant of a quota that was deleted',
      deleted(object('ResourceQuota', { ...inShop, labels })),
      ['shop'],
    ],
    [
      'the tenant of a network policy whose labels were taken away',
      updated(
        object('NetworkPolicy', { ...inShop, labels }),
        object('NetworkPolicy', inShop),
      ),
      ['shop'],
    ],
    [
      "nobody, for an application's own policy",
      added(object('NetworkPolicy', inShop)),
      [],
    ],
    [
      'the tenant in whose namespace somebody binds a role',
      added(object('RoleBinding', inShop)),
      ['shop'],
    ],
    [
      'the tenant whose own role was deleted',
      deleted(object('ClusterRole', { labels })),
      ['shop'],
    ],
    ['nobody, for roles of others', added(object('ClusterRole')), []],
    [
      'the tenant of the claim that a volume is bound to',
      added(object('PersistentVolume', {}, { spec: { claimRef: inShop } })),
      ['shop'],
    ],
    [
      'the tenant whose environment has one application less',
      deleted(object('Application', inShop)),
      ['shop'],
    ],
    [
      'nobody, when an application changes',
      updated(object('Application', inShop), object('Application', inShop)),
      [],
    ],
    ['nobody, for a pod', added(object('Pod', { ...inShop, labels })), []],
  ])('are %s', (_, event, names) => {
    expect(concernedTenants(event, known)).toEqual(names);
  });
});
