import { parseQuantity } from '../../domain/planning/quantity';
import { isRange } from '../../domain/policies/addresses';
import { isReservedNamespace } from '../../domain/tenants/reservedNamespaces';
import { tenantNamespaces } from '../../domain/tenants/tenantNamespaces';
import { TenantQuota, TenantSpec } from '../../schema/Tenant';
import { FieldPath, formatPath, valueAt } from '../fieldPath';
import { Finding } from '../finding';
import { findRepeats, Named } from './repeats';
import { checkAmounts, checkRatios, checkVolumeSize } from './resourceRules';

interface Context {
  readonly name: string | undefined;
  /** Set when the fields are right. */
  readonly parsed: TenantSpec | undefined;
}

/** Names of a list's entries with their places, as far as they are text. */
function namesIn(
  spec: unknown,
  list: readonly string[],
  field: string,
): readonly Named[] {
  const items = valueAt(spec, list);
  return (Array.isArray(items) ? items : []).flatMap((item, index) => {
    const value = valueAt(item, [field]);
    return typeof value === 'string'
      ? [{ key: value, shown: value, path: ['spec', ...list, index, field] }]
      : [];
  });
}

function checkReservedName(name: string | undefined): readonly Finding[] {
  if (name === undefined || !isReservedNamespace(name)) return [];
  return [
    {
      path: ['metadata', 'name'],
      found: name,
      message: `\`${name}\` can not be a tenant: \`default\`, \`kube-...\` and \`understage-...\` are the cluster's and the platform's own. Choose another name.`,
    },
  ];
}

function checkNamespaces(spec: TenantSpec, name: string): readonly Finding[] {
  const namespaces = tenantNamespaces({ metadata: { name }, spec });
  const places = namespaces.map(({ namespace, adopted }, index) => ({
    key: namespace,
    shown: namespace,
    path: ['spec', 'environments', index, adopted ? 'adopt' : 'name'],
  }));
  const wrong = places.flatMap(({ key, path }): Finding[] => {
    if (key.length > 63)
      return [
        {
          path,
          found: key,
          allowed: 'at most 63 characters',
          message: `The namespace would be \`${key}\`, which is ${key.length} characters long; at most 63 are allowed. Shorten the name of the tenant or of the environment.`,
        },
      ];
    if (key !== name && isReservedNamespace(key))
      return [
        {
          path,
          found: key,
          message: `The namespace \`${key}\` is the cluster's or the platform's own and can not be given out.`,
        },
      ];
    return [];
  });
  return [...wrong, ...findRepeats(places, 'The namespace')];
}

function checkMembers(spec: TenantSpec): readonly Finding[] {
  const missing = spec.members.flatMap((member, index): Finding[] => {
    const path: FieldPath = ['spec', 'members', index];
    if ((member.group === undefined) !== (member.user === undefined)) return [];
    const both = member.group !== undefined;
    return [
      {
        path,
        allowed: 'either `group` or `user`',
        message: both
          ? `\`${formatPath(
              path,
            )}\` names a group and a person: make two entries of it.`
          : `\`${formatPath(
              path,
            )}\` names nobody: write \`group\` or \`user\`.`,
      },
    ];
  });
  const named = spec.members.flatMap(({ group, user }, index) => {
    const ref = group ?? user;
    return ref === undefined
      ? []
      : [
          {
            key: ref,
            shown: ref,
            path: ['spec', 'members', index, group ? 'group' : 'user'],
          },
        ];
  });
  return [
    ...missing,
    ...findRepeats(named, 'The member').map(finding => ({
      ...finding,
      message: `${finding.message} A member has one role.`,
    })),
  ];
}

function checkRanges(spec: TenantSpec): readonly Finding[] {
  return spec.network.egress.cidrs.flatMap((cidr, index): Finding[] => {
    if (isRange(cidr)) return [];
    return [
      {
        path: ['spec', 'network', 'egress', 'cidrs', index],
        found: cidr,
        allowed: 'an address range such as 10.1.0.0/16 or 2001:db8::/32',
        message: `\`${cidr}\` is no address range; write one such as 10.1.0.0/16 or 2001:db8::/32.`,
      },
    ];
  });
}

function checkNeighbours(
  spec: TenantSpec,
  name: string | undefined,
): readonly Finding[] {
  const lists: readonly (readonly [FieldPath, readonly string[]])[] = [
    [['network', 'egress', 'tenants'], spec.network.egress.tenants],
    [['network', 'allowTenants'], spec.network.allowTenants],
  ];
  return lists.flatMap(([path, tenants]) =>
    tenants.flatMap((tenant, index): Finding[] =>
      tenant === name
        ? [
            {
              path: ['spec', ...path, index],
              found: tenant,
              message: `\`${tenant}\` is this tenant itself. What may be called within it, the dependencies of its applications say.`,
            },
          ]
        : [],
    ),
  );
}

const pairs = [
  ['min', 'defaultRequest'],
  ['min', 'default'],
  ['min', 'max'],
  ['defaultRequest', 'default'],
  ['defaultRequest', 'max'],
  ['default', 'max'],
] as const;

/** Sums of a quota, and storage, in a range that a cluster can have. */
function checkQuotaAmounts(
  { cpu, memory, storage }: TenantQuota,
  path: FieldPath,
): readonly Finding[] {
  return [
    ...checkAmounts({ ...(cpu && { cpu }), ...(memory && { memory }) }, path),
    ...(storage ? checkVolumeSize(storage, [...path, 'storage']) : []),
  ];
}

function checkRangesOfAmounts(spec: TenantSpec): readonly Finding[] {
  const { quota, environments, limits, storage } = spec;
  const { maxLimitRequestRatio, ...amounts } = limits;
  return [
    ...checkQuotaAmounts(quota, ['spec', 'quota']),
    ...environments.flatMap((environment, index) =>
      checkQuotaAmounts(environment.quota ?? {}, [
        ...['spec', 'environments', index, 'quota'],
      ]),
    ),
    ...Object.entries(amounts).flatMap(([name, each]) =>
      checkAmounts(each, ['spec', 'limits', name]),
    ),
    ...checkRatios(maxLimitRequestRatio, [
      ...['spec', 'limits', 'maxLimitRequestRatio'],
    ]),
    ...storage.classes.flatMap((each, index) =>
      each.quota === undefined
        ? []
        : checkVolumeSize(each.quota, [
            ...['spec', 'storage', 'classes', index, 'quota'],
          ]),
    ),
  ];
}

function checkLimits({ limits }: TenantSpec): readonly Finding[] {
  return (['cpu', 'memory'] as const).flatMap(resource =>
    pairs.flatMap(([lower, upper]): Finding[] => {
      const low = limits[lower]?.[resource];
      const high = limits[upper]?.[resource];
      const isWrong =
        low !== undefined &&
        high !== undefined &&
        (parseQuantity(low) ?? 0n) > (parseQuantity(high) ?? 0n);
      return isWrong
        ? [
            {
              path: ['spec', 'limits', lower, resource],
              found: low,
              allowed: `at most ${high}`,
              message: `\`limits.${lower}.${resource}\` is ${low}, more than \`limits.${upper}.${resource}\` of ${high}.`,
            },
          ]
        : [];
    }),
  );
}

function checkStorage(
  quota: TenantQuota,
  { storage }: TenantSpec,
): readonly Finding[] {
  const all = quota.storage;
  if (all === undefined) return [];
  return storage.classes.flatMap(({ name, quota: own }, index): Finding[] =>
    own !== undefined && (parseQuantity(own) ?? 0n) > (parseQuantity(all) ?? 0n)
      ? [
          {
            path: ['spec', 'storage', 'classes', index, 'quota'],
            found: own,
            allowed: `at most ${all}`,
            warning: true,
            message: `The class \`${name}\` may have ${own}, but all classes together only ${all}.`,
          },
        ]
      : [],
  );
}

/** What the fields of a tenant have to be together. Paths begin with `spec`, or with `metadata` for the name. */
export function checkTenantRules(
  spec: unknown,
  { name, parsed }: Context,
): readonly Finding[] {
  const repeats = [
    ...findRepeats(namesIn(spec, ['environments'], 'name'), 'The environment'),
    ...findRepeats(
      namesIn(spec, ['storage', 'classes'], 'name'),
      'The storage class',
    ),
  ];
  if (!parsed) return [...checkReservedName(name), ...repeats];
  const amounts = checkRangesOfAmounts(parsed);
  return [
    ...checkReservedName(name),
    ...repeats,
    ...(repeats.length > 0 ? [] : checkNamespaces(parsed, name ?? '')),
    ...checkMembers(parsed),
    ...checkRanges(parsed),
    ...checkNeighbours(parsed, name),
    ...(amounts.length > 0
      ? amounts
      : [...checkLimits(parsed), ...checkStorage(parsed.quota, parsed)]),
  ];
}
