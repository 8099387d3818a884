import { KubeObject } from './kubernetes';
import { ownedObjects } from './ownedObjects';

const application = {
  metadata: { name: 'shop', namespace: 'team', uid: 'app' },
};
const label = { 'understage.dev/application': 'shop' };

function object(
  kind: string,
  name: string,
  fields: {
    readonly owner?: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly spec?: unknown;
  } = {},
): KubeObject {
  const { owner, namespace = 'team', labels = label, annotations } = fields;
  return {
    apiVersion: 'v1',
    kind,
    metadata: {
      name,
      namespace,
      uid: name,
      labels,
      ...(annotations ? { annotations } : {}),
      ...(owner === undefined
        ? {}
        : {
            ownerReferences: [
              { apiVersion: 'v1', kind: 'Owner', name: 'o', uid: owner },
            ],
          }),
    },
    ...(fields.spec === undefined ? {} : { spec: fields.spec }),
  };
}

const names = (...objects: readonly KubeObject[]) =>
  ownedObjects(objects, application).map(({ metadata }) => metadata.name);

const deployment = object('Deployment', 'web', { owner: 'app' });
const replicaSet = object('ReplicaSet', 'web-1', { owner: 'web' });
const pod = object('Pod', 'web-1-a', { owner: 'web-1', labels: {} });

describe("what is an application's own", () => {
  it.each([
    ['from the top', [deployment, replicaSet, pod]],
    ['from below', [pod, replicaSet, deployment]],
  ])('is what it owns, through all owners between, %s', (_how, objects) => {
    expect(names(...objects)).toEqual(
      objects.map(({ metadata }) => metadata.name),
    );
  });

  it('is nothing that only carries its label', () => {
    expect(
      names(deployment, object('Deployment', 'forged'), object('Pod', 'loose')),
    ).toEqual(['web']);
  });

  it('is nothing whose owner is another application, or is not there', () => {
    expect(
      names(
        object('Deployment', 'theirs', { owner: 'other-app' }),
        object('Pod', 'theirs-1', { owner: 'theirs' }),
        object('Pod', 'orphan', { owner: 'gone' }),
      ),
    ).toEqual([]);
  });

  it('is nothing of another namespace, whatever owner it names', () => {
    expect(
      names(object('Deployment', 'far', { owner: 'app', namespace: 'other' })),
    ).toEqual([]);
  });

  it('ends where owners go round in a ring', () => {
    const ring = [
      object('Job', 'a', { owner: 'b' }),
      object('Job', 'b', { owner: 'a' }),
    ];
    expect(names(...ring)).toEqual([]);
    expect(names(deployment, object('Job', 'self', { owner: 'self' }))).toEqual(
      ['web'],
    );
  });

  it('is a volume kept for it, and none that was kept for another', () => {
    const kept = (name: string, uid: string) =>
      object('PersistentVolumeClaim', name, {
        annotations: { 'understage.dev/application-uid': uid },
      });
    expect(
      names(
        kept('data', 'app'),
        kept('old', 'earlier-app'),
        object('PersistentVolumeClaim', 'forged'),
      ),
    ).toEqual(['data']);
  });

  it('is the claim of each replica, which Kubernetes leaves without an owner', () => {
    const set = object('StatefulSet', 'db', {
      owner: 'app',
      spec: { volumeClaimTemplates: [{ metadata: { name: 'data' } }] },
    });
    const claim = (name: string, labels = label) =>
      object('PersistentVolumeClaim', name, { labels });
    expect(
      names(
        claim('data-db-0'),
        claim('data-db-10'),
        claim('data-db-x'),
        claim('logs-db-0'),
        claim('data-other-0'),
        object('PersistentVolumeClaim', 'data-db-1', { labels: {} }),
        set,
      ),
    ).toEqual(['data-db-0', 'data-db-10', 'db']);
  });

  it('is everything given when it was not read from a cluster', () => {
    const objects = [object('Pod', 'loose')];
    expect(ownedObjects(objects, { metadata: { name: 'shop' } })).toBe(objects);
  });
});
