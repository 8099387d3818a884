import fc from 'fast-check';
import { checkTenant } from '../../../input/checkTenant';
import { Tenant } from '../../../schema/Tenant';

/** A Tenant as it stands in a cluster, checked; whatever is not said has its default. */
export function tenantOf(
  spec: Readonly<Record<string, unknown>> = {},
  metadata: Readonly<Record<string, unknown>> = {},
): Tenant {
  const name = 'name' in metadata ? metadata.name : 'shop';
  const checked = checkTenant({
    apiVersion: 'paas.understage.dev/v1',
    kind: 'Tenant',
    metadata: {
      name,
      uid: `uid-${String(name)}`,
      generation: 1,
      creationTimestamp: '2026-11-23T00:00:00Z',
      ...metadata,
    },
    spec: {
      owner: 'group:default/team-shop',
      environments: [{ name: 'prod' }],
      ...spec,
    },
  });
  if (!checked.ok) {
    throw new Error(checked.problems.map(({ message }) => message).join('\n'));
  }
  return checked.value;
}

const cpu = fc.constantFrom('1', '500m', '0.5', '1000m', '20');
const memory = fc.constantFrom('1Gi', '1024Mi', '2G', '512Mi');
const count = fc.nat({ max: 20 });

const arbitraryQuota = fc.record(
  {
    cpu,
    memory,
    pods: count,
    storage: memory,
    gpu: count,
    loadBalancers: fc.nat({ max: 2 }),
    services: count,
    objects: count,
  },
  { requiredKeys: [] },
);

const arbitraryEnvironments = fc
  .uniqueArray(fc.constantFrom('dev', 'test', 'prod'), { minLength: 1 })
  .chain(names =>
    fc.tuple(
      ...names.map(name =>
        fc.record(
          { name: fc.constant(name), quota: arbitraryQuota },
          { requiredKeys: ['name'] },
        ),
      ),
    ),
  );

const arbitraryMembers = fc.uniqueArray(
  fc.record({
    group: fc
      .constantFrom('team-a', 'team-b', 'team-c')
      .map(name => `group:default/${name}`),
    role: fc.constantFrom('admin', 'developer', 'viewer'),
  }),
  { selector: ({ group }) => group },
);

const some = (...values: string[]) => fc.subarray(values);

const arbitraryNetwork = fc.record(
  {
    allowFrom: some('ingress', 'monitoring'),
    egress: fc.record(
      {
        internet: fc.boolean(),
        cidrs: some('10.20.0.0/16', '2001:db8::/32'),
        tenants: some('data', 'mail'),
      },
      { requiredKeys: [] },
    ),
    allowTenants: some('data', 'mail'),
    domains: some('shop.example.com', 'example.org'),
  },
  { requiredKeys: [] },
);

const arbitraryLimits = fc.record(
  {
    default: fc.constant({ cpu: '2', memory: '1Gi' }),
    max: fc.constant({ cpu: '4', memory: '4Gi' }),
    min: fc.constant({ cpu: '10m', memory: '16Mi' }),
    maxLimitRequestRatio: fc.constant({ cpu: '4' }),
  },
  { requiredKeys: [] },
);

/** A Tenant `shop` with anything that a specification may say. */
export const arbitraryTenant: fc.Arbitrary<Tenant> = fc
  .record(
    {
      environments: arbitraryEnvironments,
      members: arbitraryMembers,
      quota: arbitraryQuota,
      limits: arbitraryLimits,
      network: arbitraryNetwork,
      storage: fc.record({
        classes: fc.subarray([
          { name: 'fast', quota: '1Gi' },
          { name: 'slow' },
        ]),
      }),
      podSecurity: fc.constantFrom('restricted', 'baseline'),
      deletionPolicy: fc.constantFrom('Retain', 'Delete'),
    },
    { requiredKeys: ['environments'] },
  )
  .map(spec => tenantOf(spec));
