import { Tenant } from '../../schema/Tenant';
import { Action } from '../action';
import { KubeObject } from '../kubernetes';
import { summarisePlan } from '../planning';
import { tenantOf } from './testing/tenantOf';
import { foreignNamespace, leaving, TenantWorld } from './testing/TenantWorld';

/** What is to be done with one object. */
function actionFor(
  actions: readonly Action[],
  kind: string,
  name: string,
): Action | undefined {
  return actions.find(({ ref }) => ref.kind === kind && ref.name === name);
}

/** A world in which the tenants are as they should be. */
function worldOf(...tenants: readonly Tenant[]): TenantWorld {
  const world = new TenantWorld({ others: tenants });
  for (const tenant of tenants) {
    new TenantWorld({
      objects: world.objects,
      others: tenants.filter(each => each !== tenant),
    }).settle(tenant);
  }
  return world;
}

/** The same cluster, seen by the plan of a tenant that is not among the others. */
function beside(world: TenantWorld, ...others: readonly Tenant[]): TenantWorld {
  return new TenantWorld({ objects: world.objects, others });
}

const two = { environments: [{ name: 'dev' }, { name: 'prod' }] };
const now = '2026-11-23T10:00:00Z';
const earlier = '2026-11-23T09:00:00Z';

describe('a tenant that is there', () => {
  it('is not written again', () => {
    const tenant = tenantOf(two);
    const { actions } = worldOf(tenant).plan(tenant);
    expect(new Set(actions.map(({ kind }) => kind))).toEqual(new Set(['none']));
  });

  it('is repaired where somebody changed it, and it is said what', () => {
    const tenant = tenantOf();
    const world = worldOf(tenant);
    const label = 'pod-security.kubernetes.io/enforce';
    world.objects.tamper('/Namespace//shop', object => ({
      ...object,
      metadata: {
        ...object.metadata,
        labels: { ...object.metadata.labels, [label]: 'privileged' },
      },
    }));
    expect(
      actionFor(world.plan(tenant).actions, 'Namespace', 'shop'),
    ).toMatchObject({
      kind: 'update',
      drift: true,
      changes: [{ from: 'privileged', to: 'restricted' }],
    });
  });

  it('is closed again where somebody opened a policy of ours', () => {
    const tenant = tenantOf();
    const world = worldOf(tenant);
    world.objects.tamper(
      'networking.k8s.io/NetworkPolicy/shop/understage-default-deny',
      object => ({
        ...object,
        spec: { ...Object(object.spec), ingress: [{}], egress: [{}] },
      }),
    );
    expect(
      actionFor(
        world.plan(tenant).actions,
        'NetworkPolicy',
        'understage-default-deny',
      ),
    ).toMatchObject({ kind: 'update', drift: true });
  });

  it('is changed in place when its specification changes', () => {
    const world = worldOf(tenantOf({ quota: { pods: 3 } }));
    const { actions } = beside(world).plan(tenantOf({ quota: { pods: 4 } }));
    const quota = actionFor(actions, 'ResourceQuota', 'understage-quota');
    expect(quota).toMatchObject({
      kind: 'update',
      drift: false,
      changes: [{ path: 'spec.hard.pods', from: '3', to: '4' }],
    });
    const others = actions.filter(({ kind }) => kind !== 'none');
    expect(others).toEqual([quota]);
  });

  it('takes back what is no longer said', () => {
    const members = [{ group: 'group:default/a', role: 'admin' }];
    const limits = { max: { cpu: '1' } };
    const network = { egress: { internet: true } };
    const world = worldOf(tenantOf({ members, limits, network }));
    const { actions } = beside(world).plan(tenantOf());
    expect(
      actions
        .filter(({ kind }) => kind === 'delete')
        .map(({ ref }) => `${ref.kind} ${ref.name}`),
    ).toEqual([
      'ClusterRoleBinding understage:tenant:shop',
      'ClusterRoleBinding understage:tenant:shop:admin',
      'LimitRange understage-limits',
      'NetworkPolicy understage-exceptions',
    ]);
    expect(
      actionFor(actions, 'RoleBinding', 'understage-tenant-admin'),
    ).toMatchObject({ kind: 'update' });
  });

  it('keeps what is no longer said as long as not everything can be seen', () => {
    const world = worldOf(tenantOf({ limits: { max: { cpu: '1' } } }));
    const { actions } = beside(world).plan(tenantOf(), { complete: false });
    expect(actionFor(actions, 'LimitRange', 'understage-limits')).toMatchObject(
      {
        kind: 'keep',
        why: expect.stringContaining('rolebindings can not be read'),
      },
    );
  });
});

describe('a namespace that is there already', () => {
  it.each<[string, KubeObject]>([
    ['nobody marked', foreignNamespace('shop')],
    [
      'was handed to another',
      foreignNamespace('shop', { 'understage.dev/adopt': 'data' }),
    ],
    [
      'says "true", which names nobody',
      foreignNamespace('shop', { 'understage.dev/adopt': 'true' }),
    ],
    [
      'a tenant of this name let go of, and nobody asks for it',
      foreignNamespace('shop', { 'understage.dev/former-tenant': 'shop' }),
    ],
    [
      'claims to be ours by a label',
      {
        ...foreignNamespace('shop'),
        metadata: {
          name: 'shop',
          labels: {
            'understage.dev/tenant': 'shop',
            'understage.dev/bundle': 'tenant',
          },
        },
      },
    ],
  ])('and that %s is left alone, with all that is in it', (_, namespace) => {
    const world = new TenantWorld();
    world.objects.put(namespace);
    const { actions } = world.plan(tenantOf());
    expect(actionFor(actions, 'Namespace', 'shop')).toMatchObject({
      kind: 'refuse',
      reason: 'NamespaceTaken',
      message: expect.stringContaining(
        'kubectl annotate namespace shop understage.dev/adopt=shop',
      ),
    });
    expect(actions.filter(({ ref }) => ref.namespace === 'shop')).toEqual([]);
  });

  const adopting = tenantOf({ environments: [{ name: 'prod', adopt: 'old' }] });

  it.each([
    ['its owner consented', { 'understage.dev/adopt': 'shop' }],
    [
      'a tenant of this name let go of it',
      { 'understage.dev/former-tenant': 'shop' },
    ],
  ])(
    'is taken over when %s, and it is shown what changes',
    (_, annotations) => {
      const world = new TenantWorld();
      world.objects.put(
        foreignNamespace('old', {
          ...annotations,
          'understage.dev/grants': 'internet',
          'understage.dev/volumes': 'pv-of-others',
        }),
      );
      const action = actionFor(
        world.plan(adopting).actions,
        'Namespace',
        'old',
      );
      expect(action).toMatchObject({ kind: 'update', drift: false });
      const changes = action?.kind === 'update' ? action.changes : [];
      expect(changes).toContainEqual({
        path: 'metadata.labels["understage.dev/tenant"]',
        from: undefined,
        to: 'shop',
      });
      expect(changes).toContainEqual({
        path: 'metadata.annotations["understage.dev/grants"]',
        from: 'internet',
        to: '',
      });

      world.settle(adopting);
      const [live] = world.objects
        .items()
        .filter(({ kind }) => kind === 'Namespace');
      expect(live.metadata.labels).toMatchObject({ theirs: 'yes' });
      expect(live.metadata.annotations).toMatchObject({
        ...annotations,
        'understage.dev/grants': '',
        'understage.dev/volumes': '',
        'understage.dev/tenant-uid': 'uid-shop',
      });
    },
  );

  it('is not taken from another tenant, whatever consent stands on it', () => {
    const data = tenantOf({}, { name: 'data' });
    const world = worldOf(data);
    world.objects.tamper('/Namespace//data', object => ({
      ...object,
      metadata: {
        ...object.metadata,
        annotations: {
          ...object.metadata.annotations,
          'understage.dev/adopt': 'shop',
          'understage.dev/former-tenant': 'shop',
        },
      },
    }));
    const thief = tenantOf({ environments: [{ name: 'a', adopt: 'data' }] });
    expect(
      actionFor(beside(world, data).plan(thief).actions, 'Namespace', 'data'),
    ).toMatchObject({
      kind: 'refuse',
      reason: 'NamespaceTaken',
      message: expect.stringContaining('belongs to tenant data'),
    });
  });

  it('waits when it is on its way out', () => {
    const tenant = tenantOf();
    const seen = worldOf(tenant)
      .objects.items()
      .map(object =>
        object.kind === 'Namespace'
          ? {
              ...object,
              metadata: { ...object.metadata, deletionTimestamp: now },
            }
          : object,
      );
    const { actions } = new TenantWorld().plan(tenant, { seen });
    expect(actions.filter(({ ref }) => ref.namespace === 'shop')).toEqual([]);
    expect(actionFor(actions, 'Namespace', 'shop')).toMatchObject({
      kind: 'wait',
      reason: 'Deleting',
    });
  });
});

describe('two tenants for one namespace', () => {
  const claimant = (name: string, creationTimestamp?: string) =>
    tenantOf(
      { environments: [{ name: 'a', adopt: 'both' }] },
      { name, creationTimestamp },
    );
  const refusedFor = (tenant: Tenant, other: Tenant) => {
    const world = new TenantWorld({ others: [other] });
    const { actions } = world.plan(tenant);
    return actionFor(actions, 'Namespace', 'both')?.kind === 'refuse';
  };

  it.each<[string, Tenant, Tenant]>([
    ['the older one', claimant('zebra', earlier), claimant('apple', now)],
    ['the first by name', claimant('apple', now), claimant('zebra', now)],
    ['one that exists', claimant('zebra', now), claimant('apple', undefined)],
  ])('is given to %s, and to that one only', (_, winner, loser) => {
    expect(refusedFor(winner, loser)).toBe(false);
    expect(refusedFor(loser, winner)).toBe(true);
  });

  it('is not claimed by one that goes', () => {
    const gone = leaving(claimant('apple', earlier));
    expect(refusedFor(claimant('zebra', now), gone)).toBe(false);
  });

  it('stays with the one that has it, whoever is older', () => {
    const owner = claimant('zebra', now);
    const world = worldOf(owner);
    const older = claimant('apple', earlier);
    const own = beside(world, older).plan(owner).actions;
    expect(new Set(own.map(({ kind }) => kind))).toEqual(new Set(['none']));
    expect(
      actionFor(beside(world, owner).plan(older).actions, 'Namespace', 'both'),
    ).toMatchObject({ kind: 'refuse', reason: 'NamespaceTaken' });
  });

  it('is named alike by chance: data with lab, and data-lab', () => {
    const data = tenantOf(
      { environments: [{ name: 'lab' }, { name: 'prod' }] },
      { name: 'data', creationTimestamp: earlier },
    );
    const lab = tenantOf({}, { name: 'data-lab', creationTimestamp: now });
    expect(
      actionFor(
        new TenantWorld({ others: [data] }).plan(lab).actions,
        'Namespace',
        'data-lab',
      ),
    ).toMatchObject({
      kind: 'refuse',
      reason: 'NamespaceTaken',
      message: expect.stringContaining('claimed by tenant data too'),
    });
  });
});

describe('a name that is reserved', () => {
  it.each([
    'kube-system',
    'default',
    'understage-system',
    'kube',
    'understage',
  ])('is refused even when it got past the checks: %s', adopt => {
    const tenant = tenantOf();
    const environments = [{ name: 'prod', approval: false, adopt }];
    const forced = { ...tenant, spec: { ...tenant.spec, environments } };
    const world = new TenantWorld();
    world.objects.put(
      foreignNamespace(adopt, { 'understage.dev/adopt': 'shop' }),
    );
    const { actions } = world.plan(forced);
    expect(actionFor(actions, 'Namespace', adopt)).toMatchObject({
      kind: 'refuse',
      reason: 'NamespaceReserved',
    });
    expect(actions.filter(({ ref }) => ref.namespace === adopt)).toEqual([]);
  });
});

describe('an object at one of our names', () => {
  const role = 'rbac.authorization.k8s.io/v1';
  const stranger = (metadata: Partial<KubeObject['metadata']>): KubeObject => ({
    apiVersion: role,
    kind: 'ClusterRole',
    metadata: { name: 'understage:tenant:shop', ...metadata },
  });
  const judged = (object: KubeObject) => {
    const world = new TenantWorld();
    world.objects.put(object);
    const { actions } = world.plan(tenantOf());
    return actionFor(actions, 'ClusterRole', 'understage:tenant:shop')?.kind;
  };
  const bundle = { 'understage.dev/bundle': 'tenant' };

  it.each<[string, Partial<KubeObject['metadata']>, Action['kind']]>([
    ['of a stranger is left alone', {}, 'refuse'],
    ['that only looks like ours is too', { labels: bundle }, 'refuse'],
    [
      'that was handed over is taken',
      { annotations: { 'understage.dev/adopt': 'shop' } },
      'update',
    ],
    [
      'that a tenant left which is no more is taken',
      {
        labels: bundle,
        annotations: { 'understage.dev/tenant-uid': 'uid-of-the-past' },
      },
      'update',
    ],
  ])('%s', (_, metadata, expected) => {
    expect(judged(stranger(metadata))).toBe(expected);
  });
});

describe('an environment that is taken out', () => {
  const one = (deletionPolicy: string) =>
    tenantOf({
      environments: [{ name: 'dev', adopt: 'shop-dev' }],
      deletionPolicy,
    });

  it.each(['Retain', 'Delete'])(
    'stays while applications run in it, under %s too',
    policy => {
      const { objects } = worldOf(tenantOf(two));
      const applications = new Map([['shop-prod', 2]]);
      const world = new TenantWorld({ objects, applications });
      const { actions } = world.plan(one(policy));
      expect(
        actions.filter(({ ref }) => ref.namespace === 'shop-prod'),
      ).toEqual([]);
      expect(actionFor(actions, 'Namespace', 'shop-prod')).toMatchObject({
        kind: 'wait',
        reason: 'EnvironmentInUse',
        message: expect.stringContaining('2 applications run in it'),
      });
    },
  );

  it('is let go of when it is empty: doors first, the namespace last', () => {
    const world = beside(worldOf(tenantOf(two)));
    const { actions } = world.plan(one('Retain'));
    const left = actions.filter(
      ({ ref }) => (ref.namespace ?? ref.name) === 'shop-prod',
    );
    expect(left.map(({ kind, ref }) => `${kind} ${ref.kind}`)).toEqual([
      ...new Array(5).fill('delete RoleBinding'),
      ...new Array(5).fill('delete ServiceAccount'),
      'update Namespace',
    ]);
    world.settle(one('Retain'));
    const kept = world.objects
      .items()
      .filter(({ metadata }) => metadata.namespace === 'shop-prod');
    expect(kept.map(({ metadata }) => metadata.name).sort()).toEqual([
      'understage-default-deny',
      'understage-dns',
      'understage-quota',
    ]);
  });

  it('goes with its namespace when that was asked for, unless a volume is in it', () => {
    const world = beside(worldOf(tenantOf(two)));
    expect(
      actionFor(world.plan(one('Delete')).actions, 'Namespace', 'shop-prod'),
    ).toMatchObject({ kind: 'delete' });
    world.objects.put({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: 'pv-1' },
      spec: { claimRef: { namespace: 'shop-prod', name: 'data' } },
    });
    expect(
      actionFor(world.plan(one('Delete')).actions, 'Namespace', 'shop-prod'),
    ).toMatchObject({ kind: 'update' });
  });

  it('can be asked back', () => {
    const world = beside(worldOf(tenantOf(two)));
    world.settle(one('Retain'));
    const back = tenantOf({
      environments: [{ name: 'dev' }, { name: 'prod', adopt: 'shop-prod' }],
    });
    world.settle(back);
    expect(summarisePlan(world.plan(back))).toBe(
      '0 to create, 0 to change, 0 to delete',
    );
    expect(
      world.plan(back).actions.filter(({ kind }) => kind === 'refuse'),
    ).toEqual([]);
  });
});
