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
