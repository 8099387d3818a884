import { Tenant } from '../../../schema/Tenant';
import { TenantCheck } from '../../../schema/TenantStatus';
import { KubeObject } from '../../kubernetes';
import { textsOf } from '../../charts/fields';
import { recordAt } from '../../jsonValue';
import { flowAllowed, FlowEnd, PodEnd } from '../../policies/flowAllowed';
import { namespaceObject } from '../bundle/namespaceObject';

/** What of the live cluster the proofs are about. */
export interface ProvenContext {
  readonly tenant: Tenant;
  readonly environment: string;
  readonly namespace: KubeObject;
  /** Live network policies of the namespace, whoever wrote them: one that was there before may open what ours closes. */
  readonly policies: readonly KubeObject[];
}

const stranger = {
  kind: 'pod',
  namespace: 'understage-probe-stranger',
  labels: {},
} as const;
/** Documentation addresses: nobody's. */
const elsewhere = { kind: 'external', ip: '192.0.2.1' } as const;
const metadataService = { kind: 'external', ip: '169.254.169.254' } as const;

const caveat =
  'Whether packets are dropped is up to the network plug-in of the cluster, which the API server can not tell.';

/** A pod that a policy selects, by its labels; without a policy, one that has none. */
function podOf(policy: KubeObject | undefined, namespace: string): PodEnd {
  return {
    kind: 'pod',
    namespace,
    labels: textsOf(recordAt(policy, 'spec', 'podSelector').matchLabels),
    ports: [{ port: 8080, protocol: 'TCP' }],
  };
}

function flowCheck(
  { namespace, policies }: ProvenContext,
  flow: {
    readonly id: string;
    readonly title: string;
    readonly from?: FlowEnd;
    readonly to?: FlowEnd;
  },
): TenantCheck {
  const place = namespace.metadata.name;
  const opener = [undefined, ...policies]
    .map(policy => ({ policy, own: podOf(policy, place) }))
    .find(({ own }) =>
      flowAllowed({
        policies,
        namespaces: { [place]: namespace.metadata.labels ?? {} },
        from: flow.from ?? own,
        to: flow.to ?? own,
        port: 8080,
        protocol: 'TCP',
      }),
    );
  const { id, title } = flow;
  return opener
    ? {
        id,
        dimension: 'network',
        title,
        result: 'notEnforced',
        evidence: opener.policy
          ? `It is let through to or from pods that network policy ${opener.policy.metadata.name} selects.`
          : 'No network policy of the namespace stops it.',
      }
    : {
        id,
        dimension: 'network',
        title,
        result: 'enforced',
        by: 'evaluator',
        evidence: `The network policies of the namespace do not let it through. ${caveat}`,
      };
}

function podSecurityCheck({
  tenant,
  environment,
  namespace,
}: ProvenContext): TenantCheck {
  const label = 'pod-security.kubernetes.io/enforce';
  const wanted = namespaceObject(
    { tenant, environment, namespace: namespace.metadata.name },
    [],
  ).metadata.labels?.[label];
  const found = namespace.metadata.labels?.[label];
  const base = {
    id: 'namespace-enforces-standard',
    dimension: 'podSecurity',
    title: `A pod that does not hold to the standard ${wanted} starts.`,
  } as const;
  return found === wanted
    ? {
        ...base,
        result: 'enforced',
        by: 'podSecurity',
        evidence: `The namespace carries ${label}: ${found}, by which the API server refuses such pods.`,
      }
    : {
        ...base,
        result: 'notEnforced',
        evidence: `The namespace carries ${label}: ${found ?? 'nothing'}.`,
      };
}

/** What need not be tried, because it follows from what the cluster holds. */
export function provenChecks(context: ProvenContext): readonly TenantCheck[] {
  const { egress } = context.tenant.spec.network;
  return [
    flowCheck(context, {
      id: 'stranger-calls-in',
      title:
        'A pod of a namespace that nobody let in calls a pod of the tenant.',
      from: stranger,
    }),
    flowCheck(context, {
      id: 'pod-calls-metadata-service',
      title: 'A pod of the tenant calls the metadata service of the cloud.',
      to: metadataService,
    }),
    ...(egress.internet || egress.cidrs.length > 0
      ? []
      : [
          flowCheck(context, {
            id: 'pod-calls-out',
            title: 'A pod of the tenant calls an address outside the cluster.',
            to: elsewhere,
          }),
        ]),
    podSecurityCheck(context),
  ];
}
