import fc from 'fast-check';
import { IsolationLayer } from '../../../schema/TenantStatus';
import { ProbeAnswer, TenantProbe } from '../TenantProbe';
import { assessProbes } from './assessProbes';

const all: readonly IsolationLayer[] = [
  'rbac',
  'admissionPolicy',
  'podSecurity',
  'quota',
  'validation',
];

function probe(parts: Partial<TenantProbe> = {}): TenantProbe {
  return {
    id: 'viewer-reads-secrets',
    dimension: 'identity',
    title: 'A viewer reads the secrets of the environment.',
    as: 'viewer',
    attempt: {
      verb: 'list',
      ref: { apiVersion: 'v1', kind: 'Secret', namespace: 'shop' },
    },
    refusedBy: all,
    ...parts,
  };
}

function refused(message: string, status = 403): ProbeAnswer {
  return { kind: 'refused', status, message };
}

function assess(answer: ProbeAnswer | undefined, of: TenantProbe = probe()) {
  const answers = new Map(answer ? [[of.id, answer]] : []);
  return assessProbes([of], answers)[0];
}

const account = (name: string) => `system:serviceaccount:shop:${name}`;
const cannot = (user: string) =>
  `secrets is forbidden: User "${user}" cannot list resource "secrets" in API group "" in the namespace "shop"`;

describe('a refusal', () => {
  it.each<[IsolationLayer, string]>([
    ['rbac', cannot(account('understage-probe-viewer'))],
    [
      'rbac',
      `rolebindings.rbac.authorization.k8s.io "x" is forbidden: user "${account(
        'understage-probe-viewer',
      )}" (groups=["system:serviceaccounts" "system:authenticated"]) is attempting to grant RBAC permissions not currently held:`,
    ],
    [
      'admissionPolicy',
      `services "x" is forbidden: ValidatingAdmissionPolicy 'understage-services' with binding 'understage-services' denied request: Service x is of type NodePort`,
    ],
    [
      'podSecurity',
      'pods "x" is forbidden: violates PodSecurity "restricted:latest": privileged (container "probe" must not set privileged=true)',
    ],
    [
      'quota',
      'services "x" is forbidden: exceeded quota: understage-quota, requested: services.loadbalancers=1, used: 0, limited: 0',
    ],
    ['quota', 'pods "x" is forbidden: maximum cpu usage per Container is 1'],
    ['quota', 'pods "x" is forbidden: cpu max limit to request ratio per'],
    [
      'validation',
      'PersistentVolumeClaim "x" is invalid: spec.resources: Required',
    ],
  ])('by %s is told by its words', (layer, message) => {
    expect(assess(refused(message))).toEqual({
      id: 'viewer-reads-secrets',
      dimension: 'identity',
      title: 'A viewer reads the secrets of the environment.',
      result: 'enforced',
      by: layer,
      evidence: message,
    });
  });

  it.each<[string, string]>([
    ['a kind that is not served', 'the server could not find the resource'],
    ['an object that is there', 'services "x" already exists'],
    ['a namespace that goes', 'because it is being terminated'],
    [
      'an operator that may not act as the account',
      'serviceaccounts "understage-probe-viewer" is forbidden: User "system:serviceaccount:understage-system:understage-operator" cannot impersonate resource "serviceaccounts" in API group "" in the namespace "shop"',
    ],
    [
      'another account than the one that tried',
      cannot(account('understage-probe-admin')),
    ],
    [
      'an account of the name with something after it',
      cannot(account('understage-probe-viewer-2')),
    ],
    [
      'a policy that could not be evaluated',
      `services "x" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: expression 'object.x' resulted in error: no such key: x`,
    ],
    [
      'a policy that is broken',
      `services "x" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: failed to configure binding: no params found`,
    ],
    ['words that only sound like it', 'you cannot list the secrets'],
    ['no words', ''],
  ])('for another reason proves nothing: %s', (_, message) => {
    const check = assess(refused(message));
    expect(check.result).toBe('unknown');
    expect(check.by).toBeUndefined();
    expect(check.evidence).toContain(
      `It was refused for another reason, which proves nothing: ${message}`,
    );
  });

  it('by a layer that was not expected proves nothing', () => {
    const of = probe({ refusedBy: ['admissionPolicy'] });
    const answer = refused(cannot(account('understage-probe-viewer')));
    expect(assess(answer, of).result).toBe('unknown');
  });

  it('of the deployer is told by its own account', () => {
    const of = probe({ as: 'deployer', refusedBy: ['rbac'] });
    const result = (user: string) => assess(refused(cannot(user)), of).result;
    expect(result(account('understage-deployer'))).toBe('enforced');
    expect(result(account('understage-probe-deployer'))).toBe('unknown');
  });
});

describe('what was tried', () => {
  it('and let through is not enforced', () => {
    expect(assess({ kind: 'allowed' })).toMatchObject({
      result: 'notEnforced',
      evidence: 'The API server let it through.',
    });
  });

  it('without getting an answer is unknown, with the reason', () => {
    expect(
      assess({ kind: 'failed', message: 'the connection was reset' }),
    ).toMatchObject({
      result: 'unknown',
      evidence: 'It could not be tried: the connection was reset',
    });
  });

  it('is unknown as long as nobody tried', () => {
    expect(assess(undefined)).toMatchObject({
      result: 'unknown',
      evidence: 'It could not be tried: no answer yet.',
    });
  });

  it('comes back in the order of the probes, one check for each', () => {
    const probes = ['c', 'a', 'b'].map(id => probe({ id }));
    const answers = new Map([
      ['a', { kind: 'allowed' } as const],
      ['other', { kind: 'allowed' } as const],
    ]);
    expect(
      assessProbes(probes, answers).map(({ id, result }) => [id, result]),
    ).toEqual([
      ['c', 'unknown'],
      ['a', 'notEnforced'],
      ['b', 'unknown'],
    ]);
  });
});

describe('evidence', () => {
  const anyAnswer: fc.Arbitrary<ProbeAnswer> = fc.oneof(
    fc.constant({ kind: 'allowed' as const }),
    fc.record({
      kind: fc.constant('refused' as const),
      status: fc.constantFrom(403, 404, 409, 422),
      message: fc.string({ unit: 'binary', maxLength: 2000 }),
    }),
    fc.record({
      kind: fc.constant('failed' as const),
      message: fc.string({ unit: 'binary', maxLength: 2000 }),
    }),
  );

  it('is one line of plain text, whatever a server says, and nothing is enforced by noise', () => {
    fc.assert(
      fc.property(anyAnswer, answer => {
        const { evidence, result } = assess(answer);
        expect(evidence).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        expect(evidence.length).toBeLessThan(400);
        expect(result).not.toBe('enforced');
      }),
    );
  });

  it('holds no escapes for terminals, and nothing that turns the direction of text', () => {
    const message = 'a\u001b[31mred\u001b[0m\r\nb\u202Ec\u0000';
    expect(assess({ kind: 'failed', message }).evidence).toBe(
      'It could not be tried: a [31mred [0m b c',
    );
  });
});
