import fc from 'fast-check';
import { recordsAt } from '../../jsonValue';
import { KubeObject } from '../../kubernetes';
import { arbitraryTenant, tenantOf } from '../testing/tenantOf';
import { tenantNamespaces } from '../tenantNamespaces';
import { ProbeAnswer, TenantProbe } from '../TenantProbe';
import { assessProbes } from './assessProbes';
import { podProbes } from './podProbes';

const probesOf = (spec: object = {}) =>
  podProbes({ tenant: tenantOf({ ...spec }), namespace: 'shop' });
const idsOf = (spec?: object) => probesOf(spec).map(({ id }) => id);

function containerOf({ attempt }: TenantProbe) {
  const [container] = recordsAt(
    'object' in attempt ? attempt.object : {},
    'spec',
    'containers',
  );
  return container;
}

describe('pods that are tried', () => {
  it.each([
    ['nothing is limited', {}, []],
    [
      'the sum is',
      { quota: { cpu: '2' } },
      ['pod-asks-for-nothing', 'pod-takes-all-processors'],
    ],
    [
      'one container is',
      { limits: { max: { memory: '1Gi' } } },
      ['pod-takes-all-memory'],
    ],
    [
      'defaults are given',
      { limits: { default: { cpu: '1' } } },
      ['pod-asks-for-nothing'],
    ],
  ])('reach the node, and take more where %s', (_, spec, more) => {
    expect(idsOf(spec)).toEqual([
      'pod-is-privileged',
      'pod-mounts-node',
      ...more,
    ]);
  });

  it('are tried by the one account that may make pods', () => {
    fc.assert(
      fc.property(arbitraryTenant, tenant => {
        for (const { namespace } of tenantNamespaces(tenant))
          for (const { as, attempt } of podProbes({ tenant, namespace })) {
            expect(as).toBe('pods');
            expect(attempt).toMatchObject({
              verb: 'create',
              object: { kind: 'Pod', metadata: { namespace } },
            });
          }
      }),
    );
  });

  it('ask for what fits, but for what they are about', () => {
    const spec = {
      quota: { cpu: '2', memory: '4Gi' },
      limits: {
        min: { cpu: '200m' },
        maxLimitRequestRatio: { cpu: '1', memory: '1' },
      },
    };
    const [privileged, , , greedy] = probesOf(spec);
    const fitting = { cpu: '200m', memory: '128Mi' };
    expect(containerOf(privileged).resources).toEqual({
      requests: fitting,
      limits: fitting,
    });
    const all = { ...fitting, cpu: '1000000' };
    expect(containerOf(greedy).resources).toEqual({
      requests: all,
      limits: all,
    });
  });
});

describe('a pod that asks for nothing', () => {
  const spec = {
    quota: { cpu: '2' },
    limits: { default: { cpu: '0.5', memory: '1Gi' } },
  };
  const probe = probesOf(spec).find(({ id }) => id === 'pod-asks-for-nothing');
  if (!probe) throw new Error('it is not tried');

  const podOf = (resources?: object): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'understage-probe' },
    spec: { containers: [{ name: 'probe', resources }] },
  });
  const assess = (answer: ProbeAnswer) =>
    assessProbes([probe], new Map([[probe.id, answer]]))[0];

  it('is held by what it was given, however that is written', () => {
    const object = podOf({
      requests: { cpu: '100m', memory: '1Gi' },
      limits: { cpu: '500m', memory: '1024Mi' },
    });
    expect(assess({ kind: 'allowed', object })).toMatchObject({
      result: 'enforced',
      by: 'quota',
      evidence:
        'The API server gave it requests of cpu 100m, memory 1Gi and limits of cpu 500m, memory 1024Mi.',
    });
  });

  it.each<[string, KubeObject | undefined]>([
    ['nothing', podOf()],
    ['no limits', podOf({ requests: { cpu: '100m' } })],
    [
      'other limits',
      podOf({
        requests: { cpu: '100m' },
        limits: { cpu: '8', memory: '1Gi' },
      }),
    ],
    ['nobody knows what', undefined],
  ])('is not held when it was given %s', (_, object) => {
    const { result, by, evidence } = assess({ kind: 'allowed', object });
    expect([result, by]).toEqual(['notEnforced', undefined]);
    expect(evidence).toContain('(cpu 0.5, memory 1Gi)');
  });

  it('takes nothing where there is nothing left', () => {
    const message =
      'pods "understage-probe" is forbidden: exceeded quota: understage-quota, requested: pods=1, used: pods=20, limited: pods=20';
    expect(assess({ kind: 'refused', status: 403, message })).toMatchObject({
      result: 'enforced',
      by: 'quota',
    });
  });
});
