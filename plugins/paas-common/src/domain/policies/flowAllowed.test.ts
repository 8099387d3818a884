import { KubeObject } from '../kubernetes';
import { Flow, flowAllowed, FlowEnd, judgeFlow, PodEnd } from './flowAllowed';

function policy(spec: object, namespace = 'shop'): KubeObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'p', namespace },
    spec,
  };
}

function pod(app: string, more: Partial<PodEnd> = {}): PodEnd {
  return { kind: 'pod', namespace: 'shop', labels: { app }, ...more };
}

const everything = {};
const web = pod('web');
const db = pod('db', {
  ip: '10.1.0.7',
  ports: [
    { name: 'sql', port: 5432, protocol: 'TCP' },
    { name: 'stats', port: 9187, protocol: 'TCP' },
  ],
});
const namespaces = { shop: { team: 'a' }, other: { team: 'b' } };

function flow(policies: readonly KubeObject[], more: Partial<Flow> = {}): Flow {
  return {
    policies,
    namespaces,
    from: web,
    to: db,
    port: 5432,
    protocol: 'TCP',
    ...more,
  };
}

const denyIn = policy({ podSelector: everything, policyTypes: ['Ingress'] });
const denyOut = policy({ podSelector: everything, policyTypes: ['Egress'] });

function admitting(from: object, ports?: object): readonly KubeObject[] {
  const rule = {
    from: [from],
    ...(ports === undefined ? {} : { ports: [ports] }),
  };
  return [
    denyIn,
    policy({ podSelector: { matchLabels: { app: 'db' } }, ingress: [rule] }),
  ];
}

describe('flowAllowed', () => {
  it('lets everything through where no policy selects the pods', () => {
    expect(flowAllowed(flow([]))).toBe(true);
    expect(
      flowAllowed(
        flow([policy({ podSelector: { matchLabels: { app: 'x' } } })]),
      ),
    ).toBe(true);
  });

  it('ignores policies of other namespaces and other kinds', () => {
    const elsewhere = policy(
      { podSelector: everything, policyTypes: ['Ingress', 'Egress'] },
      'other',
    );
    const service = { ...denyIn, kind: 'Service' };
    expect(flowAllowed(flow([elsewhere, service]))).toBe(true);
  });

  it('says which end denies', () => {
    expect(judgeFlow(flow([denyIn]))).toEqual({
      allowed: false,
      deniedBy: 'ingress',
    });
    expect(judgeFlow(flow([denyOut]))).toEqual({
      allowed: false,
      deniedBy: 'egress',
    });
    expect(judgeFlow(flow([denyIn, denyOut]))).toEqual({
      allowed: false,
      deniedBy: 'egress',
    });
    expect(judgeFlow(flow([]))).toEqual({ allowed: true });
  });

  it('needs both ends to agree', () => {
    const out = policy({
      podSelector: { matchLabels: { app: 'web' } },
      policyTypes: ['Egress'],
      egress: [{}],
    });
    const into = policy({
      podSelector: { matchLabels: { app: 'db' } },
      policyTypes: ['Ingress'],
      ingress: [{}],
    });
    expect(flowAllowed(flow([denyIn, denyOut, out]))).toBe(false);
    expect(flowAllowed(flow([denyIn, denyOut, into]))).toBe(false);
    expect(flowAllowed(flow([denyIn, denyOut, out, into]))).toBe(true);
  });

  it('adds policies up', () => {
    const one = policy({
      podSelector: everything,
      ingress: [{ ports: [{ port: 1 }] }],
    });
    const two = policy({
      podSelector: everything,
      ingress: [{ ports: [{ port: 5432 }] }],
    });
    expect(flowAllowed(flow([one]))).toBe(false);
    expect(flowAllowed(flow([one, two]))).toBe(true);
  });

  it('never denies replies: only the direction of the new connection counts', () => {
    const into = policy({
      podSelector: { matchLabels: { app: 'web' } },
      policyTypes: ['Ingress'],
    });
    expect(flowAllowed(flow([into]))).toBe(true);
  });

  it.each([
    ['governs ingress by default', { podSelector: everything }, 'ingress'],
    [
      'governs egress by default where it has egress rules',
      {
        podSelector: everything,
        ingress: [{}],
        egress: [{ to: [{ podSelector: { matchLabels: { app: 'x' } } }] }],
      },
      'egress',
    ],
    [
      'governs egress alone when told so',
      { podSelector: everything, policyTypes: ['Egress'] },
      'egress',
    ],
  ])('a policy %s', (_what, spec, deniedBy) => {
    expect(judgeFlow(flow([policy(spec)]))).toEqual({
      allowed: false,
      deniedBy,
    });
  });

  it('a policy with an empty egress list and no types does not govern egress', () => {
    expect(
      flowAllowed(
        flow([policy({ podSelector: everything, ingress: [{}], egress: [] })]),
      ),
    ).toBe(true);
  });

  describe('peers', () => {
    const nobody: readonly (readonly [string, object, Partial<Flow>])[] = [
      [
        'pods of the same namespace',
        { podSelector: { matchLabels: { app: 'api' } } },
        {},
      ],
      [
        'a pod of that label in another namespace',
        { podSelector: { matchLabels: { app: 'web' } } },
        { from: pod('web', { namespace: 'other' }) },
      ],
      ['namespaces', { namespaceSelector: { matchLabels: { team: 'b' } } }, {}],
      [
        'a namespace by name',
        {
          namespaceSelector: {
            matchLabels: { 'kubernetes.io/metadata.name': 'other' },
          },
        },
        {},
      ],
      [
        'both, when only the namespace fits',
        {
          namespaceSelector: { matchLabels: { team: 'a' } },
          podSelector: { matchLabels: { app: 'api' } },
        },
        {},
      ],
      [
        'both, when only the pod fits',
        {
          namespaceSelector: { matchLabels: { team: 'b' } },
          podSelector: { matchLabels: { app: 'web' } },
        },
        {},
      ],
      ['an address block', { ipBlock: { cidr: '10.0.0.0/8' } }, {}],
      [
        'an address block with the address excepted',
        { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } },
        { from: pod('web', { ip: '10.1.0.1' }) },
      ],
      [
        'pods, when the caller is outside',
        { podSelector: everything },
        { from: { kind: 'external', ip: '1.2.3.4' } },
      ],
      [
        'namespaces, when the caller is outside',
        { namespaceSelector: everything },
        { from: { kind: 'external', ip: '1.2.3.4' } },
      ],
    ];

    it.each(nobody)('refuses by %s', (_form, peer, more) => {
      expect(flowAllowed(flow(admitting(peer), more))).toBe(false);
    });

    const somebody: readonly (readonly [string, object, Partial<Flow>])[] = [
      [
        'pods of the same namespace',
        { podSelector: { matchLabels: { app: 'web' } } },
        {},
      ],
      ['all pods of the same namespace', { podSelector: everything }, {}],
      [
        'namespaces',
        { namespaceSelector: { matchLabels: { team: 'b' } } },
        { from: pod('x', { namespace: 'other' }) },
      ],
      [
        'a namespace by name, although nobody listed it',
        {
          namespaceSelector: {
            matchLabels: { 'kubernetes.io/metadata.name': 'new' },
          },
        },
        { from: pod('x', { namespace: 'new' }) },
      ],
      [
        'all namespaces',
        { namespaceSelector: everything },
        { from: pod('x', { namespace: 'new' }) },
      ],
      [
        'both',
        {
          namespaceSelector: { matchLabels: { team: 'a' } },
          podSelector: { matchLabels: { app: 'web' } },
        },
        {},
      ],
      [
        'an address block, of a pod',
        { ipBlock: { cidr: '10.0.0.0/8' } },
        { from: pod('web', { ip: '10.1.0.1' }) },
      ],
      [
        'an address block, from outside',
        { ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } },
        { from: { kind: 'external', ip: '1.2.3.4' } },
      ],
    ];

    it.each(somebody)('lets in by %s', (_form, peer, more) => {
      expect(flowAllowed(flow(admitting(peer), more))).toBe(true);
    });

    it('lets in by any of several', () => {
      const rule = {
        from: [
          { podSelector: { matchLabels: { app: 'x' } } },
          { podSelector: { matchLabels: { app: 'web' } } },
        ],
      };
      expect(
        flowAllowed(
          flow([policy({ podSelector: everything, ingress: [rule] })]),
        ),
      ).toBe(true);
    });

    it('lets everybody in where none are named', () => {
      for (const rule of [{}, { from: [] }, { from: [], ports: [] }]) {
        const spec = { podSelector: everything, ingress: [rule] };
        expect(
          flowAllowed(
            flow([policy(spec)], { from: { kind: 'external', ip: '1.2.3.4' } }),
          ),
        ).toBe(true);
      }
    });
  });

  describe('ports', () => {
    it.each([
      ['a number', { port: 5432 }, true],
      ['another number', { port: 5433 }, false],
      ['TCP by default', { port: 5432, protocol: 'UDP' }, false],
      ['a protocol alone', { protocol: 'TCP' }, true],
      ['another protocol alone', { protocol: 'SCTP' }, false],
      ['a range', { port: 5000, endPort: 6000 }, true],
      ['the last of a range', { port: 5000, endPort: 5432 }, true],
      ['a range that ends before', { port: 5000, endPort: 5431 }, false],
      ['a name', { port: 'sql' }, true],
      ["another port's name", { port: 'stats' }, false],
      ['a name that nobody has', { port: 'http' }, false],
      [
        'a name under another protocol',
        { port: 'sql', protocol: 'UDP' },
        false,
      ],
    ])('match by %s', (_form, port, allowed) => {
      expect(
        flowAllowed(flow(admitting({ podSelector: everything }, port))),
      ).toBe(allowed);
    });

    it('resolve names in the called pod, on the way out too', () => {
      const out = policy({
        podSelector: everything,
        policyTypes: ['Egress'],
        egress: [{ ports: [{ port: 'sql' }] }],
      });
      expect(flowAllowed(flow([out]))).toBe(true);
      expect(flowAllowed(flow([out], { port: 9187 }))).toBe(false);
      expect(
        flowAllowed(flow([out], { to: { kind: 'external', ip: '1.2.3.4' } })),
      ).toBe(false);
    });
  });

  it('guards the inner end only of a call from outside or to the outside', () => {
    const outside: FlowEnd = { kind: 'external', ip: '1.2.3.4' };
    expect(flowAllowed(flow([denyOut], { from: outside }))).toBe(true);
    expect(flowAllowed(flow([denyIn], { to: outside }))).toBe(true);
    expect(flowAllowed(flow([denyIn], { from: outside }))).toBe(false);
    expect(flowAllowed(flow([denyOut], { to: outside }))).toBe(false);
  });
});
