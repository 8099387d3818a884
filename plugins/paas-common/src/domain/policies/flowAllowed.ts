import { KubeObject } from '../kubernetes';
import { isRecord, recordAt } from '../jsonValue';
import { listOf, textOf } from '../charts/fields';
import { ownEntry } from '../resolution/ownEntry';
import { inRange } from './addresses';
import { selects } from './selectors';

/** Labels of a pod or a namespace. */
export type FlowLabels = Readonly<Record<string, string>>;

/** A pod, as far as network policies can tell pods apart. */
export interface PodEnd {
  readonly kind: 'pod';
  readonly namespace: string;
  readonly labels: FlowLabels;
  /** Its address, for `ipBlock`; without one no block contains it. */
  readonly ip?: string;
  /** Its container ports, for ports that a policy names. */
  readonly ports?: readonly {
    readonly name?: string;
    readonly port: number;
    readonly protocol: string;
  }[];
}

/** An address outside the cluster. No policy guards that end. */
export interface ExternalEnd {
  readonly kind: 'external';
  readonly ip: string;
}

export type FlowEnd = PodEnd | ExternalEnd;

/** One attempt to connect, and the policies of all namespaces it may meet. */
export interface Flow {
  readonly policies: readonly KubeObject[];
  /** Labels of namespaces by name. A namespace that is missing has only its `kubernetes.io/metadata.name`. */
  readonly namespaces: Readonly<Record<string, FlowLabels>>;
  readonly from: FlowEnd;
  readonly to: FlowEnd;
  /** The port of the pod that is called, after any Service. */
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
}

/** Whether a flow is let through, and which end's policies stop it. */
export type FlowVerdict =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly deniedBy: 'egress' | 'ingress' };

type Direction = 'Ingress' | 'Egress';

function appliesTo(policy: KubeObject, pod: PodEnd): boolean {
  return (
    policy.kind === 'NetworkPolicy' &&
    policy.metadata.namespace === pod.namespace &&
    selects(recordAt(policy, 'spec', 'podSelector'), pod.labels)
  );
}

/** `policyTypes` by default are Ingress, and Egress where the policy has egress rules. */
function governs(policy: KubeObject, direction: Direction): boolean {
  const spec = recordAt(policy, 'spec');
  const types = listOf(spec.policyTypes);
  if (types.length > 0) {
    return types.includes(direction);
  }
  return direction === 'Ingress' || listOf(spec.egress).length > 0;
}

function matchesBlock(block: unknown, end: FlowEnd): boolean {
  const { cidr, except } = recordAt(block);
  const { ip } = end;
  return (
    ip !== undefined &&
    inRange(ip, textOf(cidr) ?? '') &&
    !listOf(except).some(range => inRange(ip, textOf(range) ?? ''))
  );
}

function matchesPeer(
  peer: unknown,
  end: FlowEnd,
  context: { readonly flow: Flow; readonly namespace: string | undefined },
): boolean {
  const { ipBlock, namespaceSelector, podSelector } = recordAt(peer);
  if (ipBlock !== undefined) {
    return matchesBlock(ipBlock, end);
  }
  if (end.kind === 'external') {
    return false;
  }
  const labels = {
    'kubernetes.io/metadata.name': end.namespace,
    ...ownEntry(context.flow.namespaces, end.namespace),
  };
  const inNamespace = isRecord(namespaceSelector)
    ? selects(namespaceSelector, labels)
    : end.namespace === context.namespace;
  const selected = isRecord(podSelector)
    ? selects(podSelector, end.labels)
    : isRecord(namespaceSelector);
  return inNamespace && selected;
}

function matchesPort(entry: unknown, flow: Flow): boolean {
  const { port, endPort, protocol = 'TCP' } = recordAt(entry);
  if (protocol !== flow.protocol) {
    return false;
  }
  if (port === undefined || port === null) {
    return true;
  }
  if (typeof port === 'string') {
    const ports = flow.to.kind === 'pod' ? flow.to.ports ?? [] : [];
    return ports.some(
      own =>
        own.name === port &&
        own.port === flow.port &&
        own.protocol === flow.protocol,
    );
  }
  const last = typeof endPort === 'number' ? endPort : Number(port);
  return flow.port >= Number(port) && flow.port <= last;
}

function ruleAllows(
  rule: unknown,
  direction: Direction,
  context: { readonly flow: Flow; readonly namespace: string | undefined },
): boolean {
  const { flow } = context;
  const fields = recordAt(rule);
  const peers = listOf(direction === 'Ingress' ? fields.from : fields.to);
  const ports = listOf(fields.ports);
  const other = direction === 'Ingress' ? flow.from : flow.to;
  return (
    (peers.length === 0 ||
      peers.some(peer => matchesPeer(peer, other, context))) &&
    (ports.length === 0 || ports.some(entry => matchesPort(entry, flow)))
  );
}

function passes(flow: Flow, direction: Direction): boolean {
  const pod = direction === 'Ingress' ? flow.to : flow.from;
  if (pod.kind === 'external') {
    return true;
  }
  const policies = flow.policies.filter(
    policy => appliesTo(policy, pod) && governs(policy, direction),
  );
  const field = direction === 'Ingress' ? 'ingress' : 'egress';
  return (
    policies.length === 0 ||
    policies.some(policy =>
      listOf(recordAt(policy, 'spec')[field]).some(rule =>
        ruleAllows(rule, direction, {
          flow,
          namespace: policy.metadata.namespace,
        }),
      ),
    )
  );
}

/**
 * Evaluates NetworkPolicy semantics (networking.k8s.io/v1) for one new connection. A pod that no policy selects in a
 * direction is open in it; else the union of the rules decides. Both ends must agree; replies always pass.
 */
export function judgeFlow(flow: Flow): FlowVerdict {
  if (!passes(flow, 'Egress')) {
    return { allowed: false, deniedBy: 'egress' };
  }
  return passes(flow, 'Ingress')
    ? { allowed: true }
    : { allowed: false, deniedBy: 'ingress' };
}

/** Whether the policies let a connection through; see `judgeFlow`. */
export function flowAllowed(flow: Flow): boolean {
  return judgeFlow(flow).allowed;
}
