import {
  ContainerAmounts,
  TenantLimits,
  TenantQuota,
} from '../../../schema/Tenant';
import { KubeObject } from '../../kubernetes';
import { parseQuantity } from '../../planning/quantity';
import { BundlePlace, bundleMetadata } from './marks';

/** Kinds of which there may be `objects` each, as quotas name them. */
const counted = [
  'count/applications.paas.understage.dev',
  'count/jobs.batch',
  'configmaps',
  'secrets',
  'persistentvolumeclaims',
];

function text(value: string | number | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

function hardOf(
  quota: TenantQuota,
  classes: BundlePlace['tenant']['spec']['storage']['classes'],
): Record<string, string> {
  const balancers = quota.loadBalancers ?? 0;
  const entries: [string, string | undefined][] = [
    ['requests.cpu', quota.cpu],
    ['requests.memory', quota.memory],
    ['pods', text(quota.pods)],
    ['requests.storage', quota.storage],
    ['requests.nvidia.com/gpu', text(quota.gpu)],
    ['services', text(quota.services)],
    ['services.loadbalancers', text(balancers)],
    // A load balancer takes node ports for itself.
    ['services.nodeports', balancers === 0 ? '0' : undefined],
    ...counted.map((kind): [string, string | undefined] => [
      kind,
      text(quota.objects),
    ]),
    ...classes.map((storage): [string, string | undefined] => [
      `${storage.name}.storageclass.storage.k8s.io/requests.storage`,
      storage.quota,
    ]),
  ];
  return Object.fromEntries(
    entries.filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
}

/** The quota that holds in an environment: its own, or the tenant's. */
export function quotaOf({
  tenant,
  environment,
}: Pick<BundlePlace, 'tenant' | 'environment'>): TenantQuota {
  const own = tenant.spec.environments.find(({ name }) => name === environment);
  return own?.quota ?? tenant.spec.quota;
}

/** What the environment may use in all. Never empty: load balancers and node ports are counted always. */
export function resourceQuota(place: BundlePlace): KubeObject {
  const { tenant } = place;
  return {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: bundleMetadata('understage-quota', place),
    spec: { hard: hardOf(quotaOf(place), tenant.spec.storage.classes) },
  };
}

/** What a container asks for that says nothing: else a quota would refuse its pod. */
const smallest: ContainerAmounts = { cpu: '100m', memory: '128Mi' };

/** `limit` divided by `ratio`, rounded up to what the resource is counted in. */
function part(
  limit: string,
  ratio: string,
  resource: 'cpu' | 'memory',
): string | undefined {
  const all = parseQuantity(limit);
  const times = parseQuantity(ratio);
  if (all === undefined || times === undefined || times <= 0n) return undefined;
  const [unit, suffix] =
    resource === 'cpu' ? [1_000_000n, 'm'] : [1_000_000_000n, ''];
  const exact = all * 1_000_000_000n;
  const step = times * unit;
  return `${(exact + step - 1n) / step}${suffix}`;
}

function between(
  amount: string,
  { min, max }: { readonly min?: string; readonly max?: string },
): string {
  const value = parseQuantity(amount) ?? 0n;
  if (min !== undefined && value < (parseQuantity(min) ?? 0n)) return min;
  if (max !== undefined && value > (parseQuantity(max) ?? value)) return max;
  return amount;
}

/** Requests that fit between what the tenant says, for the resources whose sum is limited. */
function requestsOf(
  limits: TenantLimits,
  quota: TenantQuota,
): ContainerAmounts | undefined {
  const entries = (['cpu', 'memory'] as const).flatMap(
    (resource): [string, string][] => {
      const own = limits.defaultRequest?.[resource];
      if (own !== undefined) return [[resource, own]];
      const ratio = limits.maxLimitRequestRatio?.[resource];
      if (quota[resource] === undefined && ratio === undefined) return [];
      const limit = limits.default?.[resource] ?? limits.max?.[resource];
      // A container that says nothing gets this limit, and may not ask for much less.
      const least =
        limit !== undefined && ratio !== undefined
          ? part(limit, ratio, resource)
          : undefined;
      const amount = between(
        between(smallest[resource], { min: limits.min?.[resource] }),
        { min: least, max: limit },
      );
      return [[resource, amount]];
    },
  );
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** What a single container gets by default and at most; absent when nothing is said about containers. */
export function limitRange(place: BundlePlace): KubeObject | undefined {
  const { limits } = place.tenant.spec;
  const item = {
    ...limits,
    defaultRequest: requestsOf(limits, quotaOf(place)),
  };
  const given = Object.entries(item).filter(
    ([, amounts]) => amounts && Object.keys(amounts).length > 0,
  );
  if (given.length === 0) return undefined;
  return {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: bundleMetadata('understage-limits', place),
    spec: { limits: [{ type: 'Container', ...Object.fromEntries(given) }] },
  };
}
