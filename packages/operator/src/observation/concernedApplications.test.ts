import { KubeObject, StoreEvent } from '@understage/kube';
import { concernedApplications, KnownObjects } from './concernedApplications';

const label = { 'understage.dev/application': 'user-service' };
const owner = {
  apiVersion: 'paas.understage.dev/v1',
  kind: 'Application',
  name: 'user-service',
  uid: 'uid-1',
};

const objectOf = (
  kind: string,
  metadata: Partial<KubeObject['metadata']>,
  more: object = {},
): KubeObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'x', namespace: 'shop', ...metadata },
  ...more,
});

const pod = objectOf('Pod', { name: 'user-service-web-1', labels: label });
const known: KnownObjects = {
  find: ({ kind, namespace, name }) =>
    kind === 'Pod' && namespace === 'shop' && name === pod.metadata.name
      ? pod
      : undefined,
  applicationsIn: namespace => (namespace === 'shop' ? ['a', 'b'] : []),
  claimantsOf: hosts =>
    hosts.includes('shop.example.com')
      ? [
          objectOf('Ingress', { namespace: 'other', ownerReferences: [owner] }),
          objectOf('Ingress', { namespace: 'legacy' }),
        ]
      : [],
  waitingFor: ({ metadata }) =>
    metadata.name === 'wanted' ? ['other/waits'] : [],
};

const added = (object: KubeObject): StoreEvent => ({ type: 'added', object });
const updated = (previous: KubeObject, object: KubeObject): StoreEvent => ({
  type: 'updated',
  object,
  previous,
});
const about = (involvedObject: object) =>
  added(objectOf('Event', { name: 'x.1' }, { involvedObject }));

const ours = ['shop/user-service'];

describe('a change concerns', () => {
  it.each<[string, StoreEvent, readonly string[]]>([
    [
      'an Application: itself',
      added(objectOf('Application', { name: 'user-service' })),
      ours,
    ],
    ['an object with our label: its application', added(pod), ours],
    [
      'an object with our owner only: its application',
      added(objectOf('Service', { ownerReferences: [owner] })),
      ours,
    ],
    [
      'both: the application once',
      added(objectOf('Service', { labels: label, ownerReferences: [owner] })),
      ours,
    ],
    [
      'an object that lost its label: the application that it had',
      updated(pod, objectOf('Pod', { name: pod.metadata.name })),
      ours,
    ],
    [
      'an object that is gone: its application',
      { type: 'deleted', object: pod },
      ours,
    ],
    ["somebody else's object: nobody", added(objectOf('Service', {})), []],
    [
      "somebody else's Application kind: nobody",
      added(
        objectOf('Service', {
          ownerReferences: [{ ...owner, apiVersion: 'argoproj.io/v1alpha1' }],
        }),
      ),
      [],
    ],
    [
      'a warning about a pod: its application',
      about({ kind: 'Pod', namespace: 'shop', name: pod.metadata.name }),
      ours,
    ],
    [
      'a warning about a pod that is not known: nobody',
      about({ kind: 'Pod', namespace: 'shop', name: 'other' }),
      [],
    ],
    [
      'what we said of the Application: nobody',
      about({ kind: 'Application', namespace: 'shop', name: 'user-service' }),
      [],
    ],
    ['a warning about nothing: nobody', about({}), []],
    [
      'a namespace of another owner now: all in it',
      updated(
        objectOf('Namespace', { name: 'shop', namespace: undefined }),
        objectOf('Namespace', {
          name: 'shop',
          namespace: undefined,
          annotations: { 'understage.dev/owner': 'team-shop' },
        }),
      ),
      ['shop/a', 'shop/b'],
    ],
    [
      'a namespace of another tenant now: all in it',
      updated(
        objectOf('Namespace', { name: 'shop', namespace: undefined }),
        objectOf('Namespace', {
          name: 'shop',
          namespace: undefined,
          labels: { 'understage.dev/tenant': 'retail' },
        }),
      ),
      ['shop/a', 'shop/b'],
    ],
    [
      'a namespace whose hosts may be others now: all in it',
      updated(
        objectOf('Namespace', { name: 'shop', namespace: undefined }),
        objectOf('Namespace', {
          name: 'shop',
          namespace: undefined,
          annotations: { 'understage.dev/domains': 'shop.example.com' },
        }),
      ),
      ['shop/a', 'shop/b'],
    ],
    [
      'a namespace with another label: nobody',
      updated(
        objectOf('Namespace', { name: 'shop', namespace: undefined }),
        objectOf('Namespace', {
          name: 'shop',
          namespace: undefined,
          labels: { other: 'label' },
        }),
      ),
      [],
    ],
    [
      'a new deployer: all in its namespace',
      added(objectOf('ServiceAccount', { name: 'understage-deployer' })),
      ['shop/a', 'shop/b'],
    ],
    [
      'a deployer that is gone: nobody',
      {
        type: 'deleted',
        object: objectOf('ServiceAccount', { name: 'understage-deployer' }),
      },
      [],
    ],
  ])('%s', (_, event, expected) => {
    expect(concernedApplications(event, known)).toEqual(expected);
  });
});

describe('what somebody else has', () => {
  const foreign = objectOf('Deployment', { name: 'wanted', uid: 'u' });
  const changed = (metadata: object, more: object = {}) =>
    updated(foreign, {
      ...foreign,
      metadata: { ...foreign.metadata, ...metadata },
      ...more,
    });

  it.each<[string, StoreEvent]>([
    ['goes', { type: 'deleted', object: foreign }],
    ['is put in the place of another', added(foreign)],
    [
      'is handed over',
      changed({ annotations: { 'understage.dev/adopt': 'true' } }),
    ],
    ['gets another owner', changed({ ownerReferences: [] })],
  ])('concerns who waits for it when it %s', (_, event) => {
    expect(concernedApplications(event, known)).toEqual(['other/waits']);
  });

  it('does not when only its content or its version changed: a busy object would keep everybody busy', () => {
    const event = changed({ resourceVersion: '9' }, { status: { ready: 1 } });
    expect(concernedApplications(event, known)).toEqual([]);
  });
});

describe('a host', () => {
  const claiming = (name: string, ...hosts: string[]) =>
    objectOf(
      'Ingress',
      { name },
      { spec: { rules: hosts.map(host => ({ host })) } },
    );
  const host = 'shop.example.com';

  it('that is claimed concerns every application that has it too, of whichever namespace', () => {
    expect(concernedApplications(added(claiming('x', host)), known)).toEqual([
      'other/user-service',
    ]);
    expect(
      concernedApplications(updated(claiming('x'), claiming('x', host)), known),
    ).toEqual(['other/user-service']);
  });

  it('that is let go concerns who waits for it, with the object or without', () => {
    for (const event of [
      updated(claiming('wanted', host), claiming('wanted')),
      { type: 'deleted', object: claiming('wanted', host) } as const,
    ]) {
      expect(concernedApplications(event, known)).toEqual(['other/waits']);
    }
  });

  it('that stays as it is concerns nobody', () => {
    const event = updated(claiming('x', host), claiming('x', host));
    expect(concernedApplications(event, known)).toEqual([]);
  });
});
