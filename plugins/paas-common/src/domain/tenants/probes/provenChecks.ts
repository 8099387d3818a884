import { Tenant } from '../../../schema/Tenant';
import { TenantCheck } from '../../../schema/TenantStatus';
import { KubeObject } from '../../kubernetes';
import { recordAt } from '../../jsonValue';
import { isEmptyValue } from '../../planning/fieldRules';
import { Flow, flowAllowed, FlowEnd } from '../../policies/flowAllowed';
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

type Tried = Pick<Flow, 'from' | 'to'>;

function isForAll(policy: KubeObject): boolean {
  const { matchLabels, matchExpressions } = recordAt(
    policy,
    'spec',
    'podSelector',
  );
  return isEmptyValue(matchLabels) && isEmptyValue(matchExpressions);
}

/** The policy as it is for the pods that it selects, beside one that closes these. */
function alone(policy: KubeObject): readonly KubeObject[] {
  const ofAll = (spec: object): KubeObject => ({
    ...policy,
    spec: { ...spec, podSelector: {} },
  });
  return [
    ofAll({ policyTypes: ['Ingress', 'Egress'] }),
    ofAll(recordAt(policy, 'spec')),
  ];
}

/**
 * What lets a connection through: `all` when the policies for all pods do, else the first of the others, each looked at by
 * itself. Policies only ever add, so that is enough, and takes time in proportion to their number, which is up to tenants.
 */
function openerOf(
  { namespace, policies }: ProvenContext,
  tried: Tried,
): KubeObject | 'all' | undefined {
  const passes = (some: readonly KubeObject[]) =>
    flowAllowed({
      policies: some,
      namespaces: {
        [namespace.metadata.name]: namespace.metadata.labels ?? {},
      },
      ...tried,
      port: 8080,
      protocol: 'TCP',
    });
  return passes(policies.filter(isForAll))
    ? 'all'
    : policies.find(policy => !isForAll(policy) && passes(alone(policy)));
}

function flowCheck(
  context: ProvenContext,
  flow: {
    readonly id: string;
    readonly title: string;
    readonly from?: FlowEnd;
    readonly to?: FlowEnd;
  },
): TenantCheck {
  const own = {
    kind: 'pod',
    namespace: context.namespace.metadata.name,
    labels: {},
    ports: [{ port: 8080, protocol: 'TCP' }],
  } as const;
  const opener = openerOf(context, {
    from: flow.from ?? own,
    to: flow.to ?? own,
  });
  const { id, title } = flow;
  return opener
    ? {
        id,
        dimension: 'network',
        title,
        result: 'notEnforced',
        evidence:
          opener === 'all'
            ? 'No network policy of the namespace stops it.'
            : `It is let through to or from pods that network policy ${opener.metadata.name} selects.`,
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
