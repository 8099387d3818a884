import { InMemoryKube, RequestInfo } from '@understage/kube';
import { Action, KubeObject, refOf } from '@understage/plugin-paas-common';
import { bundleResource } from '@understage/plugin-paas-node';
import { executeOffboarding, executeTenantPlan } from './executeTenantPlan';

const namespace = (name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name },
});
const quota = (place: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { name: 'quota', namespace: place },
  spec: { hard: { pods: '1' } },
});
const role: KubeObject = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: { name: 'understage:tenant:shop' },
  rules: [],
};
const create = (object: KubeObject): Action => ({
  kind: 'create',
  ref: refOf(object),
  object,
});
const remove = (object: KubeObject): Action => ({
  kind: 'delete',
  ref: refOf(object),
  uid: 'unknown',
  why: 'it leaves',
});

function world(refuse: (request: RequestInfo) => boolean = () => false) {
  const kube = new InMemoryKube({ allow: request => !refuse(request) });
  const term = new AbortController();
  return {
    kube,
    term,
    executor: {
      writer: kube.writer({ fieldManager: 'understage' }),
      resourceType: bundleResource,
      fence: () => (term.signal.aborted ? undefined : term.signal),
    },
  };
}

const plan = (...actions: readonly Action[]) => ({ tenant: 'shop', actions });
const summary = (
  outcomes: Awaited<ReturnType<typeof executeTenantPlan>>,
): string[] =>
  outcomes.map(
    ({ kind, action: { ref } }) =>
      `${kind} ${ref.kind} ${ref.namespace ?? ref.name}`,
  );

describe("a tenant's plan", () => {
  const both = plan(
    create(role),
    create(namespace('a')),
    create(quota('a')),
    create(namespace('b')),
    create(quota('b')),
  );

  it('is executed for all environments', async () => {
    const { kube, executor } = world();
    const outcomes = await executeTenantPlan(both, executor);
    expect(outcomes.every(({ kind }) => kind === 'done')).toBe(true);
    expect(kube.writes).toHaveLength(5);
  });

  it('goes on in one environment when another is refused', async () => {
    const { executor } = world(
      ({ type, name }) => type.kind === 'Namespace' && name === 'a',
    );
    expect(summary(await executeTenantPlan(both, executor)).sort()).toEqual([
      'done ClusterRole understage:tenant:shop',
      'done Namespace b',
      'done ResourceQuota b',
      'refused Namespace a',
      'skipped ResourceQuota a',
    ]);
  });

  it('writes nothing when the term is over', async () => {
    const { kube, executor, term } = world();
    term.abort();
    await expect(executeTenantPlan(both, executor)).rejects.toThrow(
      'leadership was lost',
    );
    expect(kube.writes).toEqual([]);
  });
});

describe("the plan of a tenant's end", () => {
  it('takes away last what lets people see their Tenant, and not before all else went well', async () => {
    const leaving = plan(remove(role), remove(quota('a')));
    const well = world();
    expect(summary(await executeOffboarding(leaving, well.executor))).toEqual([
      'done ResourceQuota a',
      'done ClusterRole understage:tenant:shop',
    ]);
    const badly = world(({ type }) => type.kind === 'ResourceQuota');
    expect(summary(await executeOffboarding(leaving, badly.executor))).toEqual([
      'refused ResourceQuota a',
    ]);
  });
});
