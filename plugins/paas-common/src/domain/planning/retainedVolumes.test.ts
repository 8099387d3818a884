import { DesiredObject } from '../desired';
import { desiredOf, objectOf } from './testing/desiredOf';
import { applied, plan, withMetadata } from './testing/planning';

const service = objectOf('Service', 'shop-web');

describe('a volume that outlives its application', () => {
  const claim = objectOf('PersistentVolumeClaim', 'shop-data', {
    spec: { resources: { requests: { storage: '1Gi' } } },
  });
  const retained: DesiredObject = {
    object: claim,
    component: 'web',
    retained: true,
  };

  it('carries no ownerReference, and the uid of its Application as an annotation', () => {
    const [action] = plan(desiredOf([retained]));
    const metadata =
      action.kind === 'create' ? action.object.metadata : undefined;
    expect(metadata?.ownerReferences).toBeUndefined();
    expect(metadata?.annotations?.['understage.dev/application-uid']).toBe(
      'uid-shop',
    );
  });

  it('is kept and said so when nobody asks for it any more, also while the application is deleted', () => {
    const kept = applied(claim, true);
    expect(
      plan(desiredOf([service]), [applied(service), kept])[1],
    ).toMatchObject({
      kind: 'keep',
      ref: { name: 'shop-data' },
      why: expect.stringContaining(
        'delete PersistentVolumeClaim shop-data yourself',
      ),
    });
    const desired = desiredOf([retained]);
    const { application } = desired;
    const leaving = {
      ...application,
      metadata: {
        ...application.metadata,
        deletionTimestamp: '2026-11-23T00:00:00Z',
      },
    };
    expect(plan({ ...desired, application: leaving }, [kept])).toMatchObject([
      { kind: 'keep' },
    ]);
  });

  it('is found again by an application that is created again under its name', () => {
    const kept = applied(claim, true);
    const earlier = withMetadata(kept, {
      annotations: {
        ...kept.metadata.annotations,
        'understage.dev/application-uid': 'uid-of-the-earlier-one',
      },
    });
    expect(plan(desiredOf([retained]), [earlier])).toMatchObject([
      {
        kind: 'update',
        changes: [
          { path: 'metadata.annotations["understage.dev/application-uid"]' },
        ],
      },
    ]);
  });

  it('gets its ownerReference when it is to be deleted with the application', () => {
    const owned: DesiredObject = { ...retained, retained: false };
    expect(plan(desiredOf([owned]), [applied(claim, true)])).toMatchObject([
      {
        kind: 'update',
        changes: [{ path: 'metadata.ownerReferences[uid-shop]' }],
      },
    ]);
  });

  it('is not shrunk', () => {
    const bigger = applied(
      { ...claim, spec: { resources: { requests: { storage: '2Gi' } } } },
      true,
    );
    expect(plan(desiredOf([retained]), [bigger])).toMatchObject([
      {
        kind: 'refuse',
        reason: 'ImmutableField',
        message: expect.stringContaining('A volume can grow but not shrink'),
      },
    ]);
  });
});
