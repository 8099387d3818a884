import { KubeObject } from '../kubernetes';
import { Tenant } from '../../schema/Tenant';
import { isOffboarded } from './planOffboarding';
import { tenantOf } from './testing/tenantOf';
import { leaving, TenantWorld } from './testing/TenantWorld';
import { offboardedVolumes, retainedVolumes } from './volumes';

function volume(
  name: string,
  parts: {
    readonly claim?: string;
    readonly tenant?: string;
    readonly phase?: string;
  } = {},
): KubeObject {
  const [namespace, claim] = (parts.claim ?? '').split('/');
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: {
      name,
      ...(parts.tenant && {
        labels: { 'understage.dev/tenant': parts.tenant },
      }),
    },
    spec: {
      capacity: { storage: '1Gi' },
      storageClassName: 'fast',
      persistentVolumeReclaimPolicy: 'Retain',
      ...(parts.claim && { claimRef: { namespace, name: claim } }),
    },
    status: { phase: parts.phase ?? 'Bound' },
  };
}

function worldOf(tenant: Tenant, ...volumes: readonly KubeObject[]) {
  const world = new TenantWorld();
  volumes.forEach(each => world.objects.put(each));
  world.settle(tenant);
  return world;
}

const members = [{ group: 'group:default/a', role: 'admin' }];
const retained = tenantOf({ members });
const deleted = tenantOf({ members, deletionPolicy: 'Delete' });

describe('a tenant that goes with Retain', () => {
  const world = worldOf(retained, volume('pv-1', { claim: 'shop/data' }));
  const { actions } = world.plan(leaving(retained));

  it('takes people and accounts out first, then lets go of the namespace, then of itself', () => {
    expect(actions.map(({ kind, ref }) => `${kind} ${ref.kind}`)).toEqual([
      ...new Array(5).fill('delete RoleBinding'),
      ...new Array(5).fill('delete ServiceAccount'),
      'update Namespace',
      ...new Array(2).fill('delete ClusterRoleBinding'),
      ...new Array(2).fill('delete ClusterRole'),
    ]);
  });

  it('leaves a namespace of nobody, as strict with pods as before, that says whose it was', () => {
    const after = world.copy();
    after.settle(leaving(retained));
    const [namespace] = after.objects
      .items()
      .filter(({ kind }) => kind === 'Namespace');
    const { labels, annotations } = namespace.metadata;
    expect(labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'restricted',
    });
    expect(labels).not.toHaveProperty(['understage.dev/tenant']);
    expect(labels).not.toHaveProperty(['understage.dev/bundle']);
    expect(annotations).toMatchObject({
      'understage.dev/former-tenant': 'shop',
      'understage.dev/owner': 'group:default/team-shop',
    });
    expect(annotations).not.toHaveProperty(['understage.dev/tenant-uid']);
    expect(isOffboarded(after.plan(leaving(retained)))).toBe(true);
  });

  it('asks for no confirmation: nothing is lost', () => {
    const unconfirmed = leaving(retained);
    const { annotations: _, ...metadata } = unconfirmed.metadata;
    expect(world.plan({ ...unconfirmed, metadata }).actions).toEqual(actions);
  });

  it('is not gone while not everything can be seen', () => {
    const plan = world.plan(leaving(retained), { complete: false });
    expect(isOffboarded(plan)).toBe(false);
    expect(new Set(plan.actions.map(({ kind }) => kind))).toEqual(
      new Set(['keep']),
    );
  });
});

describe('a tenant that goes with Delete', () => {
  const world = worldOf(deleted);

  it.each<[string, Record<string, string>]>([
    ['without a word', {}],
    ['by the name of another', { 'understage.dev/confirm-delete': 'data' }],
    ['by "true"', { 'understage.dev/confirm-delete': 'true' }],
  ])('waits for its name: %s', (_, annotations) => {
    const gone = leaving(deleted);
    const { actions } = world.plan({
      ...gone,
      metadata: { ...gone.metadata, annotations },
    });
    expect(actions).toEqual([
      {
        kind: 'wait',
        ref: {
          apiVersion: 'paas.understage.dev/v1',
          kind: 'Tenant',
          name: 'shop',
        },
        reason: 'Offboarding',
        message: expect.stringContaining(
          'kubectl annotate tenant shop understage.dev/confirm-delete=shop',
        ),
      },
    ]);
  });

  it('takes its namespaces along, whole', () => {
    const { actions } = world.plan(leaving(deleted));
    expect(actions[0]).toMatchObject({
      kind: 'delete',
      ref: { kind: 'Namespace', name: 'shop' },
      uid: expect.any(String),
    });
    expect(actions.slice(1).map(({ ref }) => ref.kind)).toEqual([
      'ClusterRoleBinding',
      'ClusterRoleBinding',
      'ClusterRole',
      'ClusterRole',
    ]);
  });

  it('waits for a namespace that is on its way out', () => {
    const seen = world.objects.items().map(object =>
      object.kind === 'Namespace'
        ? {
            ...object,
            metadata: {
              ...object.metadata,
              deletionTimestamp: '2026-11-23T01:00:00Z',
            },
          }
        : object,
    );
    const plan = world.plan(leaving(deleted), { seen });
    expect(plan.actions[0]).toMatchObject({ kind: 'wait', reason: 'Deleting' });
    expect(isOffboarded(plan)).toBe(false);
  });
});

describe('volumes', () => {
  const volumes = [
    volume('pv-bound', { claim: 'shop/data' }),
    volume('pv-others', { claim: 'data/data' }),
    volume('pv-kept', { tenant: 'shop', phase: 'Released' }),
    volume('pv-free', { tenant: 'shop', phase: 'Available' }),
    volume('pv-taken', { tenant: 'data', claim: 'shop/old' }),
  ];
  const world = worldOf(retained);
  volumes.forEach(each => world.objects.put(each));
  const observed = world.observe(retained);

  it('are listed for a person to decide about, by name', () => {
    const listed = offboardedVolumes(retained, observed);
    expect(listed.map(({ name }) => name)).toEqual([
      'pv-bound',
      'pv-free',
      'pv-kept',
      'pv-taken',
    ]);
    expect(listed[0]).toEqual({
      name: 'pv-bound',
      claim: 'shop/data',
      capacity: '1Gi',
      storageClass: 'fast',
      phase: 'Bound',
      reclaimPolicy: 'Retain',
    });
    expect(listed[1]).not.toHaveProperty('claim');
  });

  it('are listed even when little is known of them', () => {
    const bare = { ...volume('pv-0', { tenant: 'shop' }), spec: {}, status: 7 };
    expect(
      offboardedVolumes(retained, { ...observed, volumes: [bare] }),
    ).toEqual([
      { name: 'pv-0', capacity: '?', phase: '?', reclaimPolicy: '?' },
    ]);
  });

  it('that are bound to nobody may be named again by the tenant that they were kept for', () => {
    expect(retainedVolumes(retained, observed)).toEqual(['pv-free', 'pv-kept']);
    expect(retainedVolumes(tenantOf({}, { name: 'mail' }), observed)).toEqual(
      [],
    );
  });

  it('are labelled once, and those of others never', () => {
    const labels = world
      .plan(retained)
      .actions.filter(({ ref }) => ref.kind === 'PersistentVolume');
    expect(labels).toMatchObject([
      {
        kind: 'update',
        ref: { name: 'pv-bound' },
        object: { metadata: { labels: { 'understage.dev/tenant': 'shop' } } },
        drift: false,
      },
    ]);
    expect(labels[0]).not.toHaveProperty(['object', 'spec']);
    const after = world.copy();
    after.settle(retained);
    expect(
      after
        .plan(retained)
        .actions.filter(({ ref }) => ref.kind === 'PersistentVolume'),
    ).toEqual([]);
  });

  it.each([
    ['released before the namespace was made', 'Released', '08', 'uid-1', []],
    ['of the very second of the namespace', 'Released', '09', 'uid-1', []],
    ['released since', 'Released', '10', 'uid-1', ['pv-1']],
    ['whose cleaning failed before', 'Failed', '08', 'uid-1', []],
    ['bound, though older', 'Bound', '08', 'uid-1', ['pv-1']],
    ['reserved by name', 'Available', '08', undefined, ['pv-1']],
  ])(
    'of a namespace of the same name that was there before are not its own: %s',
    (_, phase, hour, uid, own) => {
      const at = (object: KubeObject, time: string): KubeObject => ({
        ...object,
        metadata: {
          ...object.metadata,
          creationTimestamp: `2026-11-23T${time}:00:00Z`,
        },
      });
      const seen = [
        ...world.objects
          .items()
          .filter(({ kind }) => kind === 'Namespace')
          .map(object => at(object, '09')),
        at(
          {
            ...volume('pv-1', { phase }),
            spec: { claimRef: { namespace: 'shop', name: 'data', uid } },
          },
          hour,
        ),
      ];
      const sight = world.observe(retained, { seen });
      const found = offboardedVolumes(retained, sight);
      expect(found.map(({ name }) => name)).toEqual(own);
    },
  );

  it('are labelled before a tenant goes, so that those that stay are known', () => {
    const [first] = world.plan(leaving(retained)).actions;
    expect(first.ref).toMatchObject({
      kind: 'PersistentVolume',
      name: 'pv-bound',
    });
  });
});
