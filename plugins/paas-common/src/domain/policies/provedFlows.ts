import { listOf, textOf } from '../charts/fields';
import { podTemplateOf } from '../charts/podTemplates';
import { Desired } from '../desired';
import { recordAt } from '../jsonValue';
import { KubeObject } from '../kubernetes';
import { flowAllowed, PodEnd } from './flowAllowed';

/** One connection that the rendered policies let through, between pods of two components. */
export interface ProvedFlow {
  readonly from: string;
  readonly to: string;
  /** The called pod's port. */
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
}

/** A pod that a desired object would make. */
export interface DesiredPod {
  readonly component: string;
  readonly pod: PodEnd;
}

const protocols = ['TCP', 'UDP', 'SCTP'] as const;

function containerPorts(containers: unknown): NonNullable<PodEnd['ports']> {
  return listOf(containers)
    .flatMap(container => listOf(recordAt(container).ports))
    .flatMap(entry => {
      const { name, containerPort, protocol } = recordAt(entry);
      return typeof containerPort === 'number'
        ? [
            {
              name: textOf(name),
              port: containerPort,
              protocol: textOf(protocol) ?? 'TCP',
            },
          ]
        : [];
    });
}

/** One pod for each workload that is rendered, as network policies see it. */
export function desiredPods(desired: Desired): readonly DesiredPod[] {
  return desired.objects.flatMap(({ object, component }) => {
    const template = podTemplateOf(object);
    return template === undefined || component === undefined
      ? []
      : [
          {
            component,
            pod: {
              kind: 'pod' as const,
              namespace: desired.namespace,
              labels: template.labels,
              ports: containerPorts(template.spec.containers),
            },
          },
        ];
  });
}

/** The rendered network policies. */
export function desiredPolicies(desired: Desired): readonly KubeObject[] {
  return desired.objects.flatMap(({ object }) =>
    object.kind === 'NetworkPolicy' ? [object] : [],
  );
}

/**
 * Every connection between pods of the application that its policies let through, found by trying: each pair of pods, each
 * protocol, each port that any of them listens on or any policy names, and one that nobody does (65535).
 */
export function provedFlows(desired: Desired): readonly ProvedFlow[] {
  const pods = desiredPods(desired);
  const policies = desiredPolicies(desired);
  const ports = triedPorts(pods, desired);
  const pairs = pods.flatMap(from => pods.map(to => ({ from, to })));
  const found = pairs.flatMap(({ from, to }) => {
    const flow = { policies, namespaces: {}, from: from.pod, to: to.pod };
    return ports
      .filter(entry => flowAllowed({ ...flow, ...entry }))
      .map(entry => ({ from: from.component, to: to.component, ...entry }));
  });
  const unique = new Map(found.map(flow => [JSON.stringify(flow), flow]));
  return [...unique.values()];
}

function triedPorts(
  pods: readonly DesiredPod[],
  desired: Desired,
): readonly Pick<ProvedFlow, 'port' | 'protocol'>[] {
  const ports = new Set<number>([65535]);
  pods.forEach(({ pod }) => pod.ports?.forEach(({ port }) => ports.add(port)));
  desired.edges.forEach(({ port, to }) => {
    ports.add(to.kind === 'component' ? to.targetPort : port);
  });
  return [...ports].flatMap(port =>
    protocols.map(protocol => ({ port, protocol })),
  );
}
