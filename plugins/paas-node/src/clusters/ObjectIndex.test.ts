import { KubeObject } from '@understage/plugin-paas-common';
import { ObjectIndex } from './ObjectIndex';
import { clusterObject } from './testing/clusterObjects';

const namespace = 'shop';
const labels = { 'understage.dev/application': 'checkout' };
const deployment = clusterObject('Deployment', {
  name: 'checkout-web',
  namespace,
  labels,
});
const replicaSet = clusterObject('ReplicaSet', {
  name: 'checkout-web-1',
  namespace,
  owner: deployment,
});
const pod = clusterObject('Pod', {
  name: 'checkout-web-1-a',
  namespace,
  owner: replicaSet,
});

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) =>
    permutations(items.filter((_, other) => other !== index)).map(rest => [
      item,
      ...rest,
    ]),
  );
}

const names = (index: ObjectIndex, id: string) =>
  index
    .objectsOf(id)
    .map(({ metadata }) => metadata.name)
    .sort();

describe('ObjectIndex', () => {
  it.each(permutations<KubeObject>([deployment, replicaSet, pod]))(
    'finds pods through their controllers, arriving as %#',
    (...order) => {
      const index = new ObjectIndex();
      order.forEach(object => index.set(object));
      expect(names(index, 'shop/checkout')).toEqual([
        'checkout-web',
        'checkout-web-1',
        'checkout-web-1-a',
      ]);
    },
  );

  it('tells which applications a change touches', () => {
    const index = new ObjectIndex();
    expect([...index.set(pod)]).toEqual([]);
    expect([...index.set(replicaSet)]).toEqual([]);
    expect([...index.set(deployment)]).toEqual(['shop/checkout']);
    expect([...index.set(pod)]).toEqual(['shop/checkout']);
    expect([...index.delete(pod)]).toEqual(['shop/checkout']);
    expect([...index.delete(pod)]).toEqual([]);
  });

  it('moves an object, and what it controls, when its label changes hands', () => {
    const index = new ObjectIndex();
    [deployment, replicaSet, pod].forEach(object => index.set(object));
    const moved = clusterObject('Deployment', {
      name: 'checkout-web',
      namespace,
      labels: { 'understage.dev/application': 'media' },
    });
    expect([...index.set(moved)].sort()).toEqual([
      'shop/checkout',
      'shop/media',
    ]);
    expect(index.objectsOf('shop/checkout')).toEqual([]);
    expect(names(index, 'shop/media')).toHaveLength(3);
  });

  it('takes an object that was made anew under its name for another object', () => {
    const index = new ObjectIndex();
    index.set(deployment);
    const anew = { name: 'checkout-web', namespace, uid: 'new' };
    index.delete(deployment);
    index.set(clusterObject('Deployment', anew));
    expect(index.objectsOf('shop/checkout')).toEqual([]);
    expect(index.applicationOf('Deployment-shop-checkout-web')).toBeUndefined();
  });

  it('follows an Application as owner, also when it comes last', () => {
    const application = clusterObject('Application', {
      name: 'checkout',
      namespace,
    });
    const claim = clusterObject('PersistentVolumeClaim', {
      name: 'data',
      namespace,
      owner: application,
    });
    const index = new ObjectIndex();
    index.set(claim);
    expect(index.objectsOf('shop/checkout')).toEqual([]);
    index.addApplication(application);
    expect(names(index, 'shop/checkout')).toEqual(['data']);
  });

  it('believes an owner before a label', () => {
    const index = new ObjectIndex();
    const labelled = clusterObject('ReplicaSet', {
      name: 'checkout-web-1',
      namespace,
      owner: deployment,
      labels: { 'understage.dev/application': 'media' },
    });
    [labelled, pod, deployment].forEach(object => index.set(object));
    expect(names(index, 'shop/checkout')).toHaveLength(3);
    expect(index.objectsOf('shop/media')).toEqual([]);
  });

  it('keeps equal names in two namespaces apart', () => {
    const index = new ObjectIndex();
    index.set(deployment);
    index.set(
      clusterObject('Deployment', {
        name: 'checkout-web',
        namespace: 'data',
        labels,
      }),
    );
    expect(names(index, 'shop/checkout')).toEqual(['checkout-web']);
    expect(names(index, 'data/checkout')).toEqual(['checkout-web']);
  });

  it('takes nothing from another namespace, whatever owner it names', () => {
    const index = new ObjectIndex();
    index.set(deployment);
    index.set(
      clusterObject('Pod', {
        name: 'stranger',
        namespace: 'data',
        owner: deployment,
      }),
    );
    expect(names(index, 'shop/checkout')).toEqual(['checkout-web']);
  });

  it('forgets everything about objects that are gone', () => {
    const index = new ObjectIndex();
    const all = [deployment, replicaSet, pod];
    all.forEach(object => index.set(object));
    all.forEach(object => index.delete(object));
    expect(index.objectsOf('shop/checkout')).toEqual([]);
    expect(
      all.map(({ metadata: { uid = '' } }) => index.applicationOf(uid)),
    ).toEqual([undefined, undefined, undefined]);
  });
});
