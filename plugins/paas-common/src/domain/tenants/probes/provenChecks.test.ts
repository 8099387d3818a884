import { KubeObject } from '../../kubernetes';
import { renderTenant } from '../renderTenant';
import { tenantOf } from '../testing/tenantOf';
import { provenChecks } from './provenChecks';

/** Checks of a tenant `shop` with these further policies in its namespace. */
function prove(
  spec: Readonly<Record<string, unknown>> = {},
  change: {
    readonly policies?: (ours: readonly KubeObject[]) => readonly KubeObject[];
    readonly labels?: Readonly<Record<string, string>>;
  } = {},
) {
  const tenant = tenantOf(spec);
  const { objects } = renderTenant(tenant, { retainedVolumes: [] });
  const [namespace] = objects.filter(({ kind }) => kind === 'Namespace');
  const ours = objects.filter(({ kind }) => kind === 'NetworkPolicy');
  const { metadata } = namespace;
  return provenChecks({
    tenant,
    environment: 'prod',
    namespace: {
      ...namespace,
      metadata: {
        ...metadata,
        labels: { ...metadata.labels, ...change.labels },
      },
    },
    policies: change.policies?.(ours) ?? ours,
  });
}

function policy(name: string, spec: object): KubeObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: 'shop' },
    spec,
  };
}

const results = (checks: ReturnType<typeof prove>) =>
  Object.fromEntries(checks.map(({ id, result }) => [id, result]));

describe('what follows from what the cluster holds', () => {
  it('is all enforced for the bundle as it is', () => {
    expect(results(prove())).toEqual({
      'stranger-calls-in': 'enforced',
      'pod-calls-metadata-service': 'enforced',
      'pod-calls-out': 'enforced',
      'namespace-enforces-standard': 'enforced',
    });
  });

  it.each([
    ['the internet', { egress: { internet: true } }],
    ['a range', { egress: { cidrs: ['10.20.0.0/16'] } }],
  ])('says nothing of calls out where they are granted: %s', (_, network) => {
    expect(results(prove({ network }))).toEqual({
      'stranger-calls-in': 'enforced',
      'pod-calls-metadata-service': 'enforced',
      'namespace-enforces-standard': 'enforced',
    });
  });

  it('holds with everything that a tenant may be granted', () => {
    const checks = prove({
      network: {
        allowFrom: ['ingress'],
        allowTenants: ['data'],
        egress: { internet: true, tenants: ['data'], cidrs: ['10.0.0.0/8'] },
      },
    });
    expect(new Set(checks.map(({ result }) => result))).toEqual(
      new Set(['enforced']),
    );
  });

  it('names who proved it, and what that does not prove', () => {
    const [first] = prove();
    expect(first).toMatchObject({ by: 'evaluator', dimension: 'network' });
    expect(first.evidence).toContain('up to the network plug-in');
  });

  const rules = { ingress: [{}], egress: [{}] };
  const policyTypes = ['Ingress', 'Egress'];
  const app = { matchLabels: { app: 'web' } };

  it.each<
    [string, (ours: readonly KubeObject[]) => readonly KubeObject[], string]
  >([
    ['no policy', () => [], 'No network policy of the namespace stops it.'],
    [
      'DNS only',
      ours => ours.filter(each => each.metadata.name === 'understage-dns'),
      'No network policy of the namespace stops it.',
    ],
    [
      'a policy of somebody that opens everything',
      ours => [
        ...ours,
        policy('open', { podSelector: {}, policyTypes, ...rules }),
      ],
      'No network policy of the namespace stops it.',
    ],
    [
      'a policy that opens some pods, from before',
      ours => [
        ...ours,
        policy('legacy', { podSelector: app, policyTypes, ...rules }),
      ],
      'It is let through to or from pods that network policy legacy selects.',
    ],
    [
      'a policy that opens pods by an expression',
      ours => [
        ...ours,
        policy('by-expression', {
          podSelector: {
            matchExpressions: [{ key: 'app', operator: 'Exists' }],
          },
          policyTypes,
          ...rules,
        }),
      ],
      'It is let through to or from pods that network policy by-expression selects.',
    ],
    [
      'a policy in the place of ours that closes only some pods',
      () => [policy('some', { podSelector: app, policyTypes })],
      'No network policy of the namespace stops it.',
    ],
  ])('is not enforced with %s', (_, policies, evidence) => {
    const [stranger] = prove({}, { policies });
    expect(stranger).toMatchObject({ result: 'notEnforced', evidence });
    expect(stranger.by).toBeUndefined();
  });

  it('goes on to hold with the policies of applications', () => {
    const edges = policy('shop-web', {
      podSelector: app,
      policyTypes,
      ingress: [{ from: [{ podSelector: { matchLabels: { app: 'front' } } }] }],
      egress: [{ to: [{ podSelector: { matchLabels: { app: 'redis' } } }] }],
    });
    const checks = prove({}, { policies: ours => [...ours, edges] });
    expect(checks).toEqual(prove());
  });

  it('takes time in proportion to the policies, of which a tenant may write any number', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) =>
        policy(`p-${index}`, {
          podSelector: { matchLabels: { app: `a-${index}` } },
          policyTypes,
          ingress: [{ from: [{ podSelector: app }] }],
        }),
      );
    const read = { times: 0 };
    const counting = (object: KubeObject): KubeObject => ({
      ...object,
      get spec() {
        read.times += 1;
        return object.spec;
      },
    });
    const readsOf = (count: number) => {
      read.times = 0;
      const others = many(count).map(counting);
      const checks = prove({}, { policies: ours => [...ours, ...others] });
      expect(checks).toEqual(prove());
      return read.times;
    };
    expect(readsOf(400) / readsOf(100)).toBeLessThan(5);
  });

  it('does not change with the number of policies: equal findings are told once', () => {
    const closed = policy('closed', { podSelector: app, policyTypes });
    expect(prove({}, { policies: ours => [closed, ...ours] })).toEqual(prove());
  });

  it.each<[string, string, string]>([
    ['restricted', 'restricted', 'enforced'],
    ['restricted', 'baseline', 'notEnforced'],
    ['restricted', 'privileged', 'notEnforced'],
    ['baseline', 'baseline', 'enforced'],
    ['baseline', '', 'notEnforced'],
  ])(
    'has the standard of the label: %s, labelled %p',
    (wanted, found, result) => {
      const labels = { 'pod-security.kubernetes.io/enforce': found };
      const checks = prove({ podSecurity: wanted }, { labels });
      expect(checks[checks.length - 1]).toMatchObject({
        id: 'namespace-enforces-standard',
        dimension: 'podSecurity',
        result,
      });
    },
  );
});
