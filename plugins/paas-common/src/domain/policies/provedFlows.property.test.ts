import fc from 'fast-check';
import { Application } from '../../schema/Application';
import { Desired } from '../desired';
import { renderApplication } from '../rendering/renderApplication';
import { arbitraryApplication } from '../rendering/testing/arbitraryApplication';
import { flowAllowed, FlowEnd } from './flowAllowed';
import { desiredPods, desiredPolicies, provedFlows } from './provedFlows';

interface NamedFlow {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly protocol: string;
}

function text({ from, to, port, protocol }: NamedFlow): string {
  return `${from} -> ${to}:${port}/${protocol}`;
}

/** The declared edges, as connections between pods. */
function declared(desired: Desired): readonly string[] {
  const flows = desired.edges.flatMap(({ from, to }) =>
    to.kind === 'component'
      ? (to.protocols ?? ['TCP']).map(protocol =>
          text({ from, to: to.component, port: to.targetPort, protocol }),
        )
      : [],
  );
  return [...new Set(flows)].sort();
}

/** Components whose pods may talk among themselves: replication. */
function isClustered(desired: Desired, name: string): boolean {
  const type = desired.components.find(entry => entry.name === name)?.type;
  return type === 'StatefulSet' || type === 'HelmChart';
}

/** What a component opens to others than components, as its specification says it. */
function reachable(application: Application, name: string) {
  const spec = application.spec.components.find(entry => entry.name === name);
  if (spec === undefined || spec.type === 'HelmChart') {
    return { first: undefined, exposed: false, metrics: undefined };
  }
  return {
    first: spec.ports.find(({ protocol }) => protocol === 'TCP')?.port,
    exposed: 'expose' in spec && spec.expose !== undefined,
    metrics: spec.metrics?.port,
  };
}

const world: Record<string, Record<string, string>> = {
  shop: {},
  'kube-system': {},
  ingress: {},
  monitoring: {},
  elsewhere: {},
};

function podIn(
  namespace: string,
  labels: Record<string, string> = {},
): FlowEnd {
  return { kind: 'pod', namespace, labels, ip: '10.1.2.3' };
}

describe('the network policies of any application', () => {
  it('allow between components exactly the declared edges', () => {
    fc.assert(
      fc.property(arbitraryApplication, ({ application, context }) => {
        const desired = renderApplication(application, context);
        const between = provedFlows(desired).filter(
          ({ from, to }) => from !== to,
        );
        expect(between.map(text).sort()).toEqual(declared(desired));
      }),
      { numRuns: 200 },
    );
  });

  it('allow pods of one component to talk to each other only where they form a cluster', () => {
    fc.assert(
      fc.property(arbitraryApplication, ({ application, context }) => {
        const desired = renderApplication(application, context);
        const within = provedFlows(desired).filter(
          ({ from, to }) => from === to,
        );
        for (const { from } of within) {
          expect(isClustered(desired, from)).toBe(true);
        }
      }),
    );
  });

  it('let nobody else in: no stranger in the namespace, no other namespace, nobody from outside', () => {
    const strangers = [
      podIn('shop'),
      podIn('elsewhere'),
      podIn('kube-system', { 'k8s-app': 'kube-dns' }),
      { kind: 'external', ip: '203.0.113.9' } as const,
    ];
    fc.assert(
      fc.property(
        arbitraryApplication,
        fc.constantFrom(...strangers),
        ({ application, context }, from) => {
          const desired = renderApplication(application, context);
          const policies = desiredPolicies(desired);
          for (const { pod } of desiredPods(desired)) {
            for (const { port } of pod.ports ?? []) {
              const flow = {
                policies,
                namespaces: world,
                from,
                to: pod,
                port,
                protocol: 'TCP' as const,
              };
              expect(flowAllowed(flow)).toBe(false);
            }
          }
        },
      ),
    );
  });

  it('let nobody out but to the name service', () => {
    fc.assert(
      fc.property(arbitraryApplication, ({ application, context }) => {
        const desired = renderApplication(application, context);
        const policies = desiredPolicies(desired);
        for (const { pod } of desiredPods(desired)) {
          const reach = (to: FlowEnd, port: number) =>
            flowAllowed({
              policies,
              namespaces: world,
              from: pod,
              to,
              port,
              protocol: 'UDP',
            });
          expect(
            reach(podIn('kube-system', { 'k8s-app': 'kube-dns' }), 53),
          ).toBe(true);
          expect(
            reach(podIn('kube-system', { 'k8s-app': 'kube-dns' }), 54),
          ).toBe(false);
          expect(reach(podIn('kube-system'), 53)).toBe(false);
          expect(reach(podIn('elsewhere'), 53)).toBe(false);
          expect(reach({ kind: 'external', ip: '8.8.8.8' }, 53)).toBe(false);
        }
      }),
    );
  });

  it('let the ingress controller reach exposed components on their first TCP port, and monitoring their metrics', () => {
    fc.assert(
      fc.property(arbitraryApplication, ({ application, context }) => {
        const desired = renderApplication(application, context);
        const policies = desiredPolicies(desired);
        for (const { component, pod } of desiredPods(desired)) {
          const { first, exposed, metrics } = reachable(application, component);
          for (const { port } of pod.ports ?? []) {
            const from = (namespace: string) =>
              flowAllowed({
                policies,
                namespaces: world,
                from: podIn(namespace),
                to: pod,
                port,
                protocol: 'TCP',
              });
            expect(from('ingress')).toBe(exposed && port === first);
            expect(from('monitoring')).toBe(port === metrics);
          }
        }
      }),
    );
  });
});
