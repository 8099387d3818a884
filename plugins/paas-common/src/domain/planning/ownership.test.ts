import { KubeObject, ObjectMeta } from '../kubernetes';
import { ownershipOf } from './ownership';

const owner = { uid: 'uid-shop', name: 'shop' };

function object(
  metadata: Partial<ObjectMeta> & { managedFields?: unknown },
): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'redis', namespace: 'shop', ...metadata },
  };
}

function controlledBy(kind: string, name: string, apiVersion = 'apps/v1') {
  return [{ apiVersion, kind, name, uid: `uid-of-${name}`, controller: true }];
}

const application = 'paas.understage.dev/v1';
const ourLabels = {
  'understage.dev/application': 'shop',
  'app.kubernetes.io/managed-by': 'understage',
};

describe('whose an existing object is', () => {
  it('is ours when it refers to the uid of the Application', () => {
    const references = [
      {
        apiVersion: application,
        kind: 'Application',
        name: 'shop',
        uid: 'uid-shop',
      },
    ];
    expect(ownershipOf(object({ ownerReferences: references }), owner)).toEqual(
      {
        kind: 'ours',
      },
    );
  });

  it('is ours when it is a volume kept for the application of this name, also for an earlier one', () => {
    const kept = object({
      labels: ourLabels,
      annotations: {
        'understage.dev/application-uid': 'uid-of-an-earlier-shop',
      },
    });
    expect(ownershipOf(kept, owner)).toEqual({ kind: 'ours' });
  });

  it('is leaving when it belongs to an earlier application of the same name: a name alone proves nothing', () => {
    const earlier = object({
      ownerReferences: controlledBy('Application', 'shop', application),
    });
    expect(ownershipOf(earlier, owner)).toEqual({ kind: 'leaving' });
  });

  it('is handed over by annotation, but not while a controller looks after it', () => {
    const annotations = { 'understage.dev/adopt': 'true' };
    expect(ownershipOf(object({ annotations }), owner)).toEqual({
      kind: 'offered',
    });
    expect(
      ownershipOf(
        object({
          annotations,
          ownerReferences: controlledBy('Deployment', 'x'),
        }),
        owner,
      ),
    ).toEqual({ kind: 'other', who: 'Deployment x' });
    expect(
      ownershipOf(
        object({ annotations: { 'understage.dev/adopt': 'yes' } }),
        owner,
      ).kind,
    ).toBe('other');
  });

  it.each<[string, Parameters<typeof object>[0]]>([
    [
      'application cart',
      { ownerReferences: controlledBy('Application', 'cart', application) },
    ],
    ['StatefulSet db', { ownerReferences: controlledBy('StatefulSet', 'db') }],
    [
      'Helm release cache',
      {
        labels: { 'app.kubernetes.io/managed-by': 'Helm' },
        annotations: { 'meta.helm.sh/release-name': 'cache' },
      },
    ],
    [
      'Argo CD application web',
      {
        annotations: {
          'argocd.argoproj.io/tracking-id': 'web:/Service:shop/redis',
        },
      },
    ],
    [
      'Argo CD application web',
      { labels: { 'argocd.argoproj.io/instance': 'web' } },
    ],
    [
      'Flux HelmRelease cache',
      { labels: { 'helm.toolkit.fluxcd.io/name': 'cache' } },
    ],
    [
      'Flux Kustomization apps',
      { labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps' } },
    ],
    [
      'application cart',
      { labels: { ...ourLabels, 'understage.dev/application': 'cart' } },
    ],
    ['an earlier application shop that left it behind', { labels: ourLabels }],
    [
      'someone else (field manager kubectl-create)',
      { managedFields: [{ manager: 'kubectl-create' }] },
    ],
    [
      'someone else (field managers a, b)',
      {
        managedFields: [
          { manager: 'b' },
          { manager: 'a' },
          { manager: 'a' },
          { manager: 'kubelet', subresource: 'status' },
        ],
      },
    ],
    ['someone else', {}],
  ])('belongs to %s', (who, metadata) => {
    expect(ownershipOf(object(metadata), owner)).toEqual({
      kind: 'other',
      who,
    });
  });
});
