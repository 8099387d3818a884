import { DesiredObject, Edge, ResolveContext } from '../desired';
import { LABEL_INGRESS, LabelSource, labelsFor, selectorFor } from '../labels';
import { childName } from '../naming/childName';
import { OpenPort } from '../rendering/ComponentRenderer';
import { externalPeers } from './externalPeers';

/** A component with the ports that others than components reach. */
export interface GuardedComponent extends LabelSource {
  readonly exposed: readonly OpenPort[];
  readonly metrics: readonly OpenPort[];
  /** True when its pods talk to each other. */
  readonly clustered: boolean;
}

const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/** Egress to the resolver of the cluster. */
export const dnsRule = {
  to: [
    {
      namespaceSelector: { matchLabels: { [NAMESPACE_NAME]: 'kube-system' } },
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    },
  ],
  ports: [
    { protocol: 'UDP', port: 53 },
    { protocol: 'TCP', port: 53 },
  ],
};

function podsOf(application: string, component: string): object {
  return {
    podSelector: { matchLabels: selectorFor({ application, component }) },
  };
}

function namespaceNamed(name: string): object {
  return { namespaceSelector: { matchLabels: { [NAMESPACE_NAME]: name } } };
}

/** The pods' ports that an edge opens. A target elsewhere is known by its declared port only. */
function portsOf(edge: Edge): readonly OpenPort[] {
  if (edge.to.kind !== 'component') {
    return [{ port: edge.port, protocol: 'TCP' }];
  }
  const { targetPort, protocols = ['TCP'] } = edge.to;
  return protocols.map(protocol => ({ port: targetPort, protocol }));
}

function sortedPorts(ports: readonly OpenPort[]): readonly object[] {
  const unique = new Map(
    ports.map(entry => [`${entry.port}/${entry.protocol}`, entry]),
  );
  return [...unique.values()]
    .sort((a, b) => a.port - b.port || (a.protocol < b.protocol ? -1 : 1))
    .map(({ port, protocol }) => ({ protocol, port }));
}

function groupedBy(
  edges: readonly Edge[],
  keyOf: (edge: Edge) => string,
): readonly (readonly Edge[])[] {
  const groups = new Map<string, Edge[]>();
  for (const edge of edges) {
    const key = keyOf(edge);
    groups.set(key, [...(groups.get(key) ?? []), edge]);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => group);
}

function targetKey({ to }: Edge): string {
  switch (to.kind) {
    case 'component':
      return `0/${to.component}`;
    case 'application':
      return `1/${to.application}/${to.component}`;
    case 'external':
      return `2/${to.host}`;
    default:
      return to satisfies never;
  }
}

function peersOf(edge: Edge, application: string): readonly object[] {
  switch (edge.to.kind) {
    case 'component':
      return [podsOf(application, edge.to.component)];
    case 'application':
      return [podsOf(edge.to.application, edge.to.component)];
    case 'external':
      return externalPeers(edge.to.host);
    default:
      return edge.to satisfies never;
  }
}

function ingressControllers(context: ResolveContext): object {
  const { expose } = context.platform;
  const namespace =
    expose.kind === 'Ingress' ? expose.namespace : expose.gateway.namespace;
  return namespace === undefined
    ? { namespaceSelector: { matchLabels: { [LABEL_INGRESS]: 'true' } } }
    : namespaceNamed(namespace);
}

function ingressRules(
  component: GuardedComponent,
  edges: readonly Edge[],
  context: ResolveContext,
): readonly object[] {
  const { application, component: name } = component;
  const inbound = edges.filter(
    ({ to }) => to.kind === 'component' && to.component === name,
  );
  const { monitoringNamespace } = context.platform;
  const monitored =
    component.metrics.length > 0 && monitoringNamespace !== undefined;
  return [
    ...groupedBy(inbound, edge => edge.from).map(group => ({
      from: [podsOf(application, group[0].from)],
      ports: sortedPorts(group.flatMap(portsOf)),
    })),
    ...(component.clustered ? [{ from: [podsOf(application, name)] }] : []),
    ...(component.exposed.length > 0
      ? [
          {
            from: [ingressControllers(context)],
            ports: sortedPorts(component.exposed),
          },
        ]
      : []),
    ...(monitored
      ? [
          {
            from: [namespaceNamed(monitoringNamespace)],
            ports: sortedPorts(component.metrics),
          },
        ]
      : []),
  ];
}

// The pods' ports behind an unresolved edge are not known. The target's own policy, which stays as it was, keeps
// guarding them; naming the wrong ports here would cut a working connection.
function isUnresolved({ to }: Edge): boolean {
  return to.kind === 'component' && to.unresolved === true;
}

function egressRules(
  component: GuardedComponent,
  edges: readonly Edge[],
): readonly object[] {
  const { application, component: name } = component;
  const outbound = edges.filter(edge => edge.from === name);
  return [
    dnsRule,
    ...groupedBy(outbound, targetKey).map(group => ({
      to: peersOf(group[0], application),
      ...(isUnresolved(group[0])
        ? {}
        : { ports: sortedPorts(group.flatMap(portsOf)) }),
    })),
    ...(component.clustered ? [{ to: [podsOf(application, name)] }] : []),
  ];
}

function ownPolicy(
  component: GuardedComponent,
  edges: readonly Edge[],
  context: ResolveContext,
): DesiredObject {
  const ingress = ingressRules(component, edges, context);
  return {
    component: component.component,
    retained: false,
    object: {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: {
        name: childName(component),
        namespace: context.namespace,
        labels: labelsFor(component),
      },
      spec: {
        podSelector: { matchLabels: selectorFor(component) },
        policyTypes: ['Ingress', 'Egress'],
        ...(ingress.length === 0 ? {} : { ingress }),
        egress: egressRules(component, edges),
      },
    },
  };
}

/**
 * Opens a component of another application for a caller of this one. The other application does not know its callers, so
 * the caller's side renders both ends; both live in one namespace, and policies only ever add.
 */
function foreignPolicies(
  component: GuardedComponent,
  edges: readonly Edge[],
  context: ResolveContext,
): readonly DesiredObject[] {
  const { application, component: name } = component;
  const outbound = edges.filter(
    edge => edge.from === name && edge.to.kind === 'application',
  );
  return groupedBy(outbound, targetKey).flatMap(group => {
    const { to } = group[0];
    if (to.kind !== 'application') {
      return [];
    }
    const suffix = `to-${to.application}-${to.component}`;
    return [
      {
        component: name,
        retained: false,
        object: {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'NetworkPolicy',
          metadata: {
            name: childName({ application, component: name, suffix }),
            namespace: context.namespace,
            labels: labelsFor(component),
          },
          spec: {
            podSelector: { matchLabels: selectorFor(to) },
            policyTypes: ['Ingress'],
            ingress: [
              {
                from: [podsOf(application, name)],
                ports: sortedPorts(group.flatMap(portsOf)),
              },
            ],
          },
        },
      },
    ];
  });
}

/**
 * The network policies of one component. Its own isolates it both ways, so that what is open is exactly what is declared
 * whether or not the namespace denies by default: its edges, DNS, the ingress controller for `expose`, monitoring for
 * `metrics`, and its own pods among each other where they form a cluster.
 */
export function renderNetworkPolicies(
  component: GuardedComponent,
  edges: readonly Edge[],
  context: ResolveContext,
): readonly DesiredObject[] {
  return [
    ownPolicy(component, edges, context),
    ...foreignPolicies(component, edges, context),
  ];
}
