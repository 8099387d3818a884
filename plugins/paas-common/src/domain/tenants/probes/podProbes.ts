import { ContainerAmounts } from '../../../schema/Tenant';
import { recordsAt } from '../../jsonValue';
import { limitRange } from '../bundle/quotaObjects';
import { TenantProbe } from '../TenantProbe';
import { tenantNamespaces } from '../tenantNamespaces';
import { pod, ProbeContext, quotaIn } from './attempts';

interface ContainerLimits {
  readonly default: ContainerAmounts;
  readonly defaultRequest: ContainerAmounts;
  readonly max: ContainerAmounts;
}

function amounts(value: unknown): ContainerAmounts {
  return Object.fromEntries(
    Object.entries(value ?? {}).map(([name, amount]) => [name, String(amount)]),
  );
}

/** What the environment says about a single container. */
function limitsIn({ tenant, namespace }: ProbeContext): ContainerLimits {
  const place = tenantNamespaces(tenant).find(
    each => each.namespace === namespace,
  );
  const range = limitRange({
    tenant,
    environment: place?.environment ?? '',
    namespace,
  });
  const [limits] = range ? recordsAt(range, 'spec', 'limits') : [];
  return {
    default: amounts(limits?.default),
    defaultRequest: amounts(limits?.defaultRequest),
    max: amounts(limits?.max),
  };
}

/** As much as a quantity can say: too much whatever is used. */
const tooMuch = { cpu: '1000000', memory: '7Ei' } as const;

/** A pod for each resource of which there is a most, that asks for more of it. */
function greedyPods(
  context: ProbeContext,
  { max, defaultRequest }: ContainerLimits,
): readonly TenantProbe[] {
  const quota = quotaIn(context.tenant, context.namespace);
  const asking = (resource: 'cpu' | 'memory') => {
    const all = { ...defaultRequest, [resource]: tooMuch[resource] };
    return pod(context.namespace, {
      container: { resources: { requests: all, limits: all } },
    });
  };
  return (['cpu', 'memory'] as const).flatMap((resource): TenantProbe[] => {
    if (max[resource] === undefined && quota[resource] === undefined) return [];
    const what = resource === 'cpu' ? 'processors' : 'memory';
    return [
      {
        id: `pod-takes-all-${what}`,
        dimension: 'resources',
        title:
          max[resource] === undefined
            ? `A pod takes more ${what} than the environment has.`
            : `A container takes more ${what} than any one may.`,
        as: 'pods',
        attempt: { verb: 'create', object: asking(resource) },
        refusedBy: ['quota'],
      },
    ];
  });
}

/**
 * Pods themselves, as workloads and their controllers would make them: Pod Security, limits and quotas look at these, not at
 * the workloads.
 */
export function podProbes(context: ProbeContext): readonly TenantProbe[] {
  const { namespace } = context;
  const limits = limitsIn(context);
  const { defaultRequest } = limits;
  // Fits between whatever the limits are, so that only what is asked about is refused.
  const resources = { requests: defaultRequest, limits: defaultRequest };
  const isGiven =
    Object.keys({ ...limits.default, ...defaultRequest }).length > 0;
  const idle: TenantProbe = {
    id: 'pod-asks-for-nothing',
    dimension: 'resources',
    title: 'A container that says nothing takes as much as it likes.',
    as: 'pods',
    attempt: { verb: 'create', object: pod(namespace) },
    refusedBy: ['quota'],
    given: { requests: defaultRequest, limits: limits.default },
  };
  return [
    {
      id: 'pod-is-privileged',
      dimension: 'podSecurity',
      title: 'A pod has every right on its node.',
      as: 'pods',
      attempt: {
        verb: 'create',
        object: pod(namespace, {
          container: { resources, securityContext: { privileged: true } },
        }),
      },
      refusedBy: ['podSecurity'],
    },
    {
      id: 'pod-mounts-node',
      dimension: 'podSecurity',
      title: 'A pod reads the files of its node.',
      as: 'pods',
      attempt: {
        verb: 'create',
        object: pod(namespace, {
          spec: { volumes: [{ name: 'node', hostPath: { path: '/' } }] },
          container: { resources },
        }),
      },
      refusedBy: ['podSecurity'],
    },
    ...(isGiven ? [idle] : []),
    ...greedyPods(context, limits),
  ];
}
