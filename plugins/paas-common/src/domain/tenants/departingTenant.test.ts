import { departingTenant } from './departingTenant';
import { isOffboarded, planOffboarding } from './planOffboarding';
import { tenantOf } from './testing/tenantOf';
import { leaving, TenantWorld } from './testing/TenantWorld';

const confirmed = leaving(tenantOf());

/** The Tenant as it stands in the cluster, with any specification. */
const withSpec = (spec: unknown) =>
  departingTenant({
    apiVersion: 'paas.understage.dev/v1',
    kind: 'Tenant',
    metadata: confirmed.metadata,
    spec,
  });

describe('a Tenant that is going and is invalid', () => {
  it.each([
    ['no specification', undefined],
    ['text', 'Delete'],
    ['null', null],
    ['a list', [1]],
    ['fields of other shapes', { owner: 4, environments: 'prod', members: {} }],
  ])('is let go of with Retain when it holds %s', (_, broken) => {
    const world = new TenantWorld();
    world.settle(tenantOf());
    const gone = withSpec(broken);
    expect(gone.spec.deletionPolicy).toBe('Retain');
    expect(gone.spec.podSecurity).toBe('restricted');
    world.settle(gone);
    expect(isOffboarded(planOffboarding(gone, world.observe(gone)))).toBe(true);
    expect(world.objects.keys().join()).toContain('Namespace');
    expect(world.objects.keys().join()).not.toContain('RoleBinding');
  });

  it.each(['delete', 'DELETE', '', 'Delete ', null, ['Delete']])(
    'keeps its namespaces when its policy is %j',
    deletionPolicy => {
      expect(withSpec({ deletionPolicy }).spec.deletionPolicy).toBe('Retain');
    },
  );

  it('takes its namespaces along when it says so and that was confirmed', () => {
    const world = new TenantWorld();
    world.settle(tenantOf());
    const gone = withSpec({ deletionPolicy: 'Delete', limits: 'none' });
    const unsure = { ...gone, metadata: { ...gone.metadata, annotations: {} } };
    expect(world.writes(unsure)).toEqual([]);
    world.settle(gone);
    expect(world.objects.keys()).toEqual([]);
  });

  it('leaves its namespaces as strict with pods as they were', () => {
    expect(withSpec({ podSecurity: 'baseline' }).spec.podSecurity).toBe(
      'baseline',
    );
  });
});
