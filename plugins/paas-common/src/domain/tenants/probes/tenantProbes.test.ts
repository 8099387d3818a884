import fc from 'fast-check';
import { isolationDimensions } from '../../../schema/TenantStatus';
import { recordAt } from '../../jsonValue';
import { arbitraryTenant, tenantOf } from '../testing/tenantOf';
import { TenantProbe } from '../TenantProbe';
import { tenantNamespaces } from '../tenantNamespaces';
import { tenantProbes } from './tenantProbes';

function placeOf({ attempt }: TenantProbe): string | undefined {
  return 'object' in attempt
    ? attempt.object.metadata.namespace
    : attempt.ref.namespace;
}

const idsOf = (probes: readonly TenantProbe[]) => probes.map(({ id }) => id);

describe('the probes of a tenant', () => {
  const probes = tenantProbes({ tenant: tenantOf(), namespace: 'shop' });
  const byId = (id: string) => probes.find(each => each.id === id);

  it('try every dimension, and every account', () => {
    const dimensions = new Set(probes.map(({ dimension }) => dimension));
    expect([...dimensions].sort()).toEqual([...isolationDimensions].sort());
    expect(new Set(probes.map(({ as }) => as))).toEqual(
      new Set(['deployer', 'admin', 'developer', 'viewer', 'pods']),
    );
    expect(probes.length).toBeGreaterThanOrEqual(15);
  });

  it.each([
    'viewer-reads-secrets',
    'developer-reads-foreign-secrets',
    'developer-reads-foreign-applications',
    'deployer-writes-elsewhere',
    'admin-makes-itself-administrator',
    'deployer-makes-role',
    'developer-gets-deployer-token',
    'secret-holds-deployer-token',
    'pod-runs-as-deployer',
    'deployer-removes-default-deny',
    'deployer-opens-to-every-namespace',
    'deployer-opens-everything-out',
    'service-takes-node-port',
    'service-takes-foreign-address',
    'service-leads-elsewhere',
    'ingress-takes-foreign-host',
    'admin-removes-quota',
    'deployer-writes-limits',
    'service-takes-load-balancer',
    'claim-names-foreign-volume',
    'claim-selects-foreign-volumes',
    'admin-loosens-pod-security',
    'pod-is-privileged',
    'pod-mounts-node',
  ])('hold %s', id => {
    expect(byId(id)).toBeDefined();
  });

  it('are sentences with ids that stay', () => {
    fc.assert(
      fc.property(arbitraryTenant, tenant => {
        for (const { namespace } of tenantNamespaces(tenant)) {
          const tried = tenantProbes({ tenant, namespace });
          const ids = idsOf(tried);
          expect(new Set(ids).size).toBe(ids.length);
          for (const { id, title, refusedBy } of tried) {
            expect(id).toMatch(/^[a-z]+(-[a-z]+)+$/);
            expect(title).toMatch(/^[A-Z][^.]+\.$/);
            expect(refusedBy.length).toBeGreaterThan(0);
          }
          expect(tenantProbes({ tenant, namespace })).toEqual(tried);
        }
      }),
    );
  });

  it('stay in the environment, but for those that reach for another', () => {
    const reaching = [
      'developer-reads-foreign-secrets',
      'developer-reads-foreign-applications',
      'deployer-writes-elsewhere',
    ];
    const places = (neighbour?: string) =>
      tenantProbes({ tenant: tenantOf(), namespace: 'shop', neighbour })
        .filter(({ id }) => reaching.includes(id))
        .map(placeOf);
    expect(places()).toEqual(reaching.map(() => 'kube-system'));
    expect(places('data-prod')).toEqual(reaching.map(() => 'data-prod'));
    for (const probe of probes) {
      if (reaching.includes(probe.id)) continue;
      expect([undefined, 'shop']).toContain(placeOf(probe));
    }
  });

  it('try nothing that has a name which somebody could use', () => {
    for (const { id, attempt } of probes) {
      if (attempt.verb !== 'create' || attempt.at) continue;
      expect([id, attempt.object.metadata.name]).toEqual([
        id,
        'understage-probe',
      ]);
    }
  });

  it('try pods that would be taken but for what is asked', () => {
    const { attempt } = byId('pod-runs-as-deployer') ?? probes[0];
    const template = recordAt(
      'object' in attempt ? attempt.object : {},
      'spec',
      'template',
      'spec',
    );
    expect(template).toMatchObject({
      serviceAccountName: 'understage-deployer',
      containers: [{ securityContext: { runAsNonRoot: true } }],
    });
  });
});

describe('a token', () => {
  it('is asked for where the server gives them out', () => {
    const probe = tenantProbes({ tenant: tenantOf(), namespace: 'shop' }).find(
      ({ id }) => id === 'developer-gets-deployer-token',
    );
    expect(probe?.attempt).toMatchObject({
      verb: 'create',
      object: { kind: 'TokenRequest', metadata: { namespace: 'shop' } },
      at: {
        apiVersion: 'v1',
        path: 'serviceaccounts/understage-deployer/token',
      },
    });
  });
});

describe('what is granted', () => {
  const idsIn = (spec: object, namespace: string) =>
    idsOf(tenantProbes({ tenant: tenantOf({ ...spec }), namespace }));
  const balancer = 'service-takes-load-balancer';

  it.each([
    ['to all', { quota: { loadBalancers: 1 } }, 'shop', false],
    ['to nobody', { quota: { loadBalancers: 0 } }, 'shop', true],
    [
      'to one environment',
      {
        environments: [
          { name: 'dev' },
          { name: 'prod', quota: { loadBalancers: 2 } },
        ],
      },
      'shop-prod',
      false,
    ],
    [
      'to one environment, and not to another',
      {
        quota: { loadBalancers: 2 },
        environments: [{ name: 'dev', quota: { pods: 1 } }, { name: 'prod' }],
      },
      'shop-dev',
      true,
    ],
  ])('is not tried: load balancers %s', (_, spec, namespace, isTried) => {
    expect(idsIn(spec, namespace).includes(balancer)).toBe(isTried);
  });

  it.each([
    ['every class', {}, false],
    ['some classes', { storage: { classes: [{ name: 'fast' }] } }, true],
  ])('is not tried: %s', (_, spec, isTried) => {
    expect(idsIn(spec, 'shop').includes('claim-of-foreign-class')).toBe(
      isTried,
    );
  });

  it.each([
    ['without a quota for storage', {}, false],
    ['with one', { quota: { storage: '1Ti' } }, true],
  ])('of storage is tried %s', (_, spec, isTried) => {
    expect(idsIn(spec, 'shop').includes('claim-above-quota')).toBe(isTried);
  });
});
