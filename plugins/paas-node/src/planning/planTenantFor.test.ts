import { InMemoryKube } from '@understage/kube';
import {
  checkTenant,
  KubeObject,
  refOf,
  Tenant,
} from '@understage/plugin-paas-common';
import { bundleResource, tenantType } from './bundleKinds';
import { createTenantViewDouble } from './createTenantViewDouble';
import { planTenantFor } from './planTenantFor';
import { liveTenantView } from './TenantView';

const now = () => new Date('2026-11-23T10:00:00Z');

function tenant(spec: object = {}, metadata: object = {}): Tenant {
  const checked = checkTenant({
    apiVersion: 'paas.understage.dev/v1',
    kind: 'Tenant',
    metadata: { name: 'shop' },
    spec: {
      owner: 'group:default/team-shop',
      members: [{ group: 'group:default/team-shop', role: 'admin' }],
      environments: [{ name: 'prod' }],
      ...spec,
    },
  });
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  const uid = { uid: 'uid-1', creationTimestamp: '2026-11-23T09:00:00Z' };
  return {
    ...checked.value,
    metadata: { ...checked.value.metadata, ...uid, ...metadata },
  };
}

/** What the plan writes, as it would be in the cluster. */
function written(planned: Awaited<ReturnType<typeof planTenantFor>>) {
  return planned.plan.actions.flatMap((action): KubeObject[] =>
    action.kind === 'create'
      ? [
          {
            ...action.object,
            metadata: {
              ...action.object.metadata,
              uid: `uid of ${action.ref.kind} ${action.ref.name}`,
            },
          },
        ]
      : [],
  );
}

const kindsOf = ({ plan }: Awaited<ReturnType<typeof planTenantFor>>) => [
  ...new Set(plan.actions.map(({ kind }) => kind)),
];

describe('planning a tenant', () => {
  it('creates everything where there is nothing, and then has nothing to do', async () => {
    const view = createTenantViewDouble();
    const first = await planTenantFor({ view, tenant: tenant(), now });
    expect(kindsOf(first)).toEqual(['create']);
    expect(first.problems).toEqual([]);
    view.put(...written(first));
    const second = await planTenantFor({ view, tenant: tenant(), now });
    expect(kindsOf(second)).toEqual(['none']);
  });

  it('deletes nothing by what it could not see all of, and says what', async () => {
    const view = createTenantViewDouble();
    const bigger = tenant({ limits: { max: { cpu: '2' } } });
    view.put(...written(await planTenantFor({ view, tenant: bigger, now })));
    const smaller = tenant({ limits: {} });
    const whole = await planTenantFor({ view, tenant: smaller, now });
    expect(kindsOf(whole)).toContain('delete');
    view.forbid('RoleBinding', 'rolebindings can not be read');
    const part = await planTenantFor({ view, tenant: smaller, now });
    expect(part.problems).toEqual(['rolebindings can not be read']);
    expect(part.observed.snapshot.complete).toBe(false);
    expect(kindsOf(part)).not.toContain('delete');
  });

  it('sees who was there first', async () => {
    const older = tenant(
      { environments: [{ name: 'x', adopt: 'shop' }] },
      {
        name: 'first',
        uid: 'uid-0',
        creationTimestamp: '2026-11-23T08:00:00Z',
      },
    );
    const view = createTenantViewDouble({ ...older });
    const { plan } = await planTenantFor({ view, tenant: tenant(), now });
    expect(plan.actions).toContainEqual(
      expect.objectContaining({ kind: 'refuse', reason: 'NamespaceTaken' }),
    );
  });

  it('keeps an environment that was taken out while applications are in it', async () => {
    const both = tenant({ environments: [{ name: 'a' }, { name: 'b' }] });
    const view = createTenantViewDouble();
    view.put(...written(await planTenantFor({ view, tenant: both, now })));
    view.put({
      apiVersion: 'paas.understage.dev/v1',
      kind: 'Application',
      metadata: { name: 'web', namespace: 'shop-b' },
    });
    const less = tenant({ environments: [{ name: 'a' }, { name: 'c' }] });
    const { plan } = await planTenantFor({ view, tenant: less, now });
    expect(plan.actions).toContainEqual(
      expect.objectContaining({
        kind: 'wait',
        reason: 'EnvironmentInUse',
        ref: expect.objectContaining({ name: 'shop-b' }),
      }),
    );
  });

  it('plans the end of a tenant that is being deleted, and of any when asked', async () => {
    const view = createTenantViewDouble();
    view.put(...written(await planTenantFor({ view, tenant: tenant(), now })));
    const leaving = tenant({}, { deletionTimestamp: '2026-11-23T10:00:00Z' });
    const asked = await planTenantFor({
      view,
      tenant: tenant(),
      offboard: true,
      now,
    });
    const itself = await planTenantFor({ view, tenant: leaving, now });
    expect(asked.offboarding && itself.offboarding).toBe(true);
    expect(itself.plan.actions).toEqual(asked.plan.actions);
    expect(kindsOf(itself).sort()).toEqual(['delete', 'update']);
  });

  it('says the same by a live view', async () => {
    const kube = new InMemoryKube();
    const person = kube.writer({ fieldManager: 'kubectl' });
    const fresh = { ...tenant(), metadata: { name: 'shop' } };
    const made = await person.apply(fresh, { type: tenantType });
    if (made.kind !== 'written') throw new Error(made.message);
    const here = { ...tenant(), metadata: made.object.metadata };
    const view = liveTenantView(kube);
    const first = await planTenantFor({ view, tenant: here, now });
    const writer = kube.writer({ fieldManager: 'understage' });
    for (const object of first.plan.actions.flatMap(action =>
      action.kind === 'create' ? [action.object] : [],
    )) {
      const { kind, apiVersion } = refOf(object);
      const type = bundleResource(apiVersion, kind);
      if (!type) throw new Error(`no ${kind} may be written`);
      await writer.apply(object, { type });
    }
    const second = await planTenantFor({ view, tenant: here, now });
    expect(second.problems).toEqual([]);
    expect(kindsOf(second)).toEqual(['none']);
  });
});

describe('what a plan of a tenant may write', () => {
  it.each([
    ['v1', 'Secret'],
    ['v1', 'Pod'],
    ['paas.understage.dev/v1', 'Tenant'],
    ['rbac.authorization.k8s.io/v1', 'Role'],
    ['rbac.authorization.k8s.io/v1beta1', 'RoleBinding'],
  ])('is not %s %s', (apiVersion, kind) => {
    expect(bundleResource(apiVersion, kind)).toBeUndefined();
  });
});
