import { Edge } from '../desired';
import { recordAt, recordsAt } from '../jsonValue';
import { resolveContext } from '../rendering/testing/resolveContext';
import { externalPeers } from './externalPeers';
import { GuardedComponent, renderNetworkPolicies } from './networkPolicies';

const web: GuardedComponent = {
  application: 'shop',
  component: 'web',
  tenant: 'team',
  exposed: [],
  metrics: [],
  clustered: false,
};

function edge(parts: Partial<Edge>): Edge {
  const to = {
    kind: 'component',
    component: 'db',
    service: 'shop-db',
    targetPort: 5432,
  } as const;
  return { text: '', from: 'web', to, port: 5432, env: 'DB', ...parts };
}

function specOf(
  component: GuardedComponent = web,
  edges: readonly Edge[] = [],
  context = resolveContext(),
) {
  const [{ object }] = renderNetworkPolicies(component, edges, context);
  return {
    ingress: recordsAt(object, 'spec', 'ingress'),
    egress: recordsAt(object, 'spec', 'egress'),
    spec: recordAt(object, 'spec'),
  };
}

const pods = (application: string, component: string) => ({
  podSelector: {
    matchLabels: {
      'understage.dev/application': application,
      'understage.dev/component': component,
    },
  },
});
const namespace = (name: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
});
const tcp = (port: number) => ({ protocol: 'TCP', port });

describe('renderNetworkPolicies', () => {
  it('isolates a component both ways, but for the name service', () => {
    const { spec } = specOf();
    expect(spec).toEqual({
      ...pods('shop', 'web'),
      policyTypes: ['Ingress', 'Egress'],
      egress: [
        {
          to: [
            {
              ...namespace('kube-system'),
              podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
            },
          ],
          ports: [{ protocol: 'UDP', port: 53 }, tcp(53)],
        },
      ],
    });
  });

  it("lets the caller out and in on the pods' port, not the Service's", () => {
    const to = {
      kind: 'component',
      component: 'db',
      service: 'db',
      targetPort: 7000,
    } as const;
    const edges = [edge({ to })];
    expect(specOf(web, edges).egress[1]).toEqual({
      to: [pods('shop', 'db')],
      ports: [tcp(7000)],
    });
    expect(specOf({ ...web, component: 'db' }, edges).ingress).toEqual([
      { from: [pods('shop', 'web')], ports: [tcp(7000)] },
    ]);
  });

  it('joins the edges between two components, ports in order and once', () => {
    const target = (targetPort: number, protocols?: string[]) => ({
      kind: 'component' as const,
      component: 'db',
      service: 'db',
      targetPort,
      protocols,
    });
    const edges = [
      edge({ to: target(9000) }),
      edge({ to: target(53, ['UDP', 'TCP']) }),
      edge({ to: target(9000) }),
    ];
    expect(specOf(web, edges).egress[1]).toEqual({
      to: [pods('shop', 'db')],
      ports: [tcp(53), { protocol: 'UDP', port: 53 }, tcp(9000)],
    });
  });

  it("names no port where the target's are not known: its own policy keeps guarding them", () => {
    const to = {
      kind: 'component',
      component: 'db',
      service: 'shop-db',
      targetPort: 5432,
      unresolved: true,
    } as const;
    expect(specOf(web, [edge({ to })]).egress[1]).toEqual({
      to: [pods('shop', 'db')],
    });
  });

  it('opens both ends of a call into another application', () => {
    const edges = [
      edge({
        to: { kind: 'application', application: 'bank', component: 'api' },
        port: 8080,
      }),
    ];
    const policies = renderNetworkPolicies(web, edges, resolveContext());
    expect(policies.map(({ object }) => object.metadata.name)).toEqual([
      'shop-web',
      'shop-web-to-bank-api',
    ]);
    expect(recordsAt(policies[0].object, 'spec', 'egress')[1]).toEqual({
      to: [pods('bank', 'api')],
      ports: [tcp(8080)],
    });
    expect(policies[1].object.spec).toEqual({
      ...pods('bank', 'api'),
      policyTypes: ['Ingress'],
      ingress: [{ from: [pods('shop', 'web')], ports: [tcp(8080)] }],
    });
  });

  it('lets the pods of a cluster talk to each other', () => {
    const { ingress, egress } = specOf({ ...web, clustered: true });
    expect(ingress).toEqual([{ from: [pods('shop', 'web')] }]);
    expect(egress[1]).toEqual({ to: [pods('shop', 'web')] });
  });

  describe('for `expose`', () => {
    const exposed = { ...web, exposed: [{ port: 80, protocol: 'TCP' }] };
    const from = (expose: Parameters<typeof resolveContext>[0]) =>
      specOf(exposed, [], resolveContext(expose)).ingress;

    it("lets in the ingress controller's namespace", () => {
      expect(
        from({ platform: { expose: { kind: 'Ingress', namespace: 'nginx' } } }),
      ).toEqual([{ from: [namespace('nginx')], ports: [tcp(80)] }]);
    });

    it("lets in the gateway's namespace", () => {
      const gateway = { namespace: 'gateways', name: 'public' };
      expect(
        from({ platform: { expose: { kind: 'HTTPRoute', gateway } } }),
      ).toEqual([{ from: [namespace('gateways')], ports: [tcp(80)] }]);
    });

    it('lets in namespaces that say they are one, where the platform names none', () => {
      expect(from({ platform: { expose: { kind: 'Ingress' } } })).toEqual([
        {
          from: [
            {
              namespaceSelector: {
                matchLabels: { 'understage.dev/ingress': 'true' },
              },
            },
          ],
          ports: [tcp(80)],
        },
      ]);
    });
  });

  it('lets monitoring in for `metrics`, where the platform has it', () => {
    const measured = { ...web, metrics: [{ port: 9090, protocol: 'TCP' }] };
    expect(specOf(measured).ingress).toEqual([
      { from: [namespace('monitoring')], ports: [tcp(9090)] },
    ]);
    expect(
      specOf(
        measured,
        [],
        resolveContext({ platform: { expose: { kind: 'Ingress' } } }),
      ).ingress,
    ).toEqual([]);
  });

  it('does not depend on the order of the edges', () => {
    const to = (component: string) => ({
      kind: 'component' as const,
      component,
      service: component,
      targetPort: 1,
    });
    const edges = [
      edge({ to: to('b') }),
      edge({ to: to('a') }),
      edge({ to: { kind: 'external', host: 'x.example.com' } }),
    ];
    expect(specOf(web, edges).spec).toEqual(
      specOf(web, [...edges].reverse()).spec,
    );
  });
});

describe('externalPeers', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9/32'],
    ['10.0.0.7', '10.0.0.7/32'],
    ['2001:db8::1', '2001:db8::1/128'],
  ])('of address %s are that address', (host, cidr) => {
    expect(externalPeers(host)).toEqual([{ ipBlock: { cidr } }]);
  });

  it('of a name are public addresses, never those of pods, nodes and metadata services', () => {
    const blocks = externalPeers('api.example.com').map(peer =>
      recordAt(peer, 'ipBlock'),
    );
    expect(blocks.map(({ cidr }) => cidr)).toEqual(['0.0.0.0/0', '::/0']);
    expect(blocks[0].except).toEqual(
      expect.arrayContaining([
        '10.0.0.0/8',
        '169.254.0.0/16',
        '172.16.0.0/12',
        '192.168.0.0/16',
      ]),
    );
    expect(blocks[1].except).toEqual(
      expect.arrayContaining(['fc00::/7', 'fe80::/10']),
    );
  });
});
