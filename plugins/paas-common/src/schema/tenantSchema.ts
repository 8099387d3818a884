import { z } from 'zod';
import { dnsLabel, dnsName, memoryQuantity, ratio } from './fieldTypes';
import { cpuQuantity, storageQuantity } from './fieldTypes';
import { tenantRoles } from './Tenant';

// Becomes part of names of Kubernetes users and groups: printable ASCII, as the API server wants it.
const entityRef = (kind: string, example: string) =>
  z
    .string()
    .min(1)
    .max(200)
    .regex(
      new RegExp(
        `^(${kind}:)?([-a-zA-Z0-9]+\\/)?[a-zA-Z0-9]([-_.a-zA-Z0-9]*[a-zA-Z0-9])?$`,
      ),
    )
    .meta({ allowed: `a catalog reference such as ${example}` });

const count = (most: number) => z.int().min(0).max(most);

const quotaSchema = z.strictObject({
  cpu: cpuQuantity.optional().describe('Sum of the CPU requests.'),
  memory: memoryQuantity.optional().describe('Sum of the memory requests.'),
  pods: count(100_000).optional().describe('Pods.'),
  storage: storageQuantity
    .optional()
    .describe('Sum of what claims ask for, over all storage classes.'),
  gpu: count(10_000).optional().describe('Devices (`nvidia.com/gpu`).'),
  loadBalancers: count(1_000)
    .optional()
    .describe('Services of type LoadBalancer; none unless granted here.'),
  services: count(10_000).optional().describe('Services.'),
  objects: count(100_000)
    .optional()
    .describe(
      'Applications, ConfigMaps, Secrets, claims and jobs: so many of each.',
    ),
});

const amounts = z
  .strictObject({
    cpu: cpuQuantity.optional().describe('CPU of one container.'),
    memory: memoryQuantity.optional().describe('Memory of one container.'),
  })
  .optional();

const ratios = z
  .strictObject({
    cpu: ratio.optional().describe('Limit divided by request, of CPU.'),
    memory: ratio.optional().describe('Limit divided by request, of memory.'),
  })
  .optional();

const limitsSchema = z.strictObject({
  default: amounts.describe('Limit of a container that sets none.'),
  defaultRequest: amounts.describe('Request of a container that sets none.'),
  min: amounts.describe('The least a container may ask for.'),
  max: amounts.describe('The most a container may have.'),
  maxLimitRequestRatio: ratios.describe(
    'How many times its request a limit may be.',
  ),
});

const environmentSchema = z.strictObject({
  name: dnsLabel.max(40).describe('Name of the environment.'),
  quota: quotaSchema
    .optional()
    .describe("Replaces the tenant's quota as a whole."),
  approval: z
    .boolean()
    .default(false)
    .describe('A promotion into it waits for a person.'),
  adopt: dnsLabel
    .optional()
    .describe(
      'An existing namespace to take over, whose owner consented with the annotation `understage.dev/adopt: TENANT`.',
    ),
});

const memberSchema = z.strictObject({
  group: entityRef('group', 'group:default/team-a')
    .optional()
    .describe('A group of the catalog; or ...'),
  user: entityRef('user', 'user:default/ada')
    .optional()
    .describe('... a person of the catalog. One of the two.'),
  role: z.enum(tenantRoles).describe('What they may do.'),
});

const contactSchema = z.strictObject({
  name: z.string().min(1).max(128).describe('Who it is.'),
  email: z
    .string()
    .max(254)
    .regex(/^[^\s@<>"]+@[^\s@<>"]+$/)
    .meta({ allowed: 'an e-mail address' })
    .optional()
    .describe('Address for mail.'),
  url: z
    .string()
    .max(2048)
    .regex(/^https?:\/\/[^\s]+$/)
    .meta({ allowed: 'an http or https address' })
    .optional()
    .describe('Where to find them, for example a channel.'),
});

const atomic = { 'x-kubernetes-list-type': 'atomic' };
const byName = {
  'x-kubernetes-list-type': 'map',
  'x-kubernetes-list-map-keys': ['name'],
};

const egressSchema = z.strictObject({
  internet: z
    .boolean()
    .default(false)
    .describe('Everything outside the private address ranges.'),
  cidrs: z
    .array(
      z
        .string()
        .min(1)
        .max(64)
        .regex(/^[0-9a-fA-F.:]+\/[0-9]{1,3}$/)
        .meta({ allowed: 'an address range such as 10.1.0.0/16' }),
    )
    .max(100)
    .meta(atomic)
    .default([])
    .describe('Address ranges that may be called.'),
  tenants: z
    .array(dnsLabel)
    .max(100)
    .meta(atomic)
    .default([])
    .describe(
      'Tenants that may be called; each has to let this one in with `allowTenants`.',
    ),
});

const networkSchema = z.strictObject({
  allowFrom: z
    .array(dnsLabel)
    .max(20)
    .meta(atomic)
    .default([])
    .describe(
      'Namespaces (of an ingress controller, of monitoring) whose pods may reach every pod of the tenant.',
    ),
  egress: egressSchema
    .default({ internet: false, cidrs: [], tenants: [] })
    .describe('What pods may call besides DNS and their dependencies.'),
  allowTenants: z
    .array(dnsLabel)
    .max(100)
    .meta(atomic)
    .default([])
    .describe('Tenants that may call in.'),
  domains: z
    .array(dnsName)
    .max(100)
    .meta(atomic)
    .default([])
    .describe(
      'Domains under which `expose` may have hosts: each itself and everything below it.',
    ),
});

const noNetwork = {
  allowFrom: [],
  egress: { internet: false, cidrs: [], tenants: [] },
  allowTenants: [],
  domains: [],
};

/** Fields of a tenant's specification; what they have to be together is checked in `input/`. */
export const tenantSpecSchema = z.strictObject({
  owner: entityRef('group', 'group:default/team-a').describe(
    'Catalog group that owns the tenant.',
  ),
  description: z
    .string()
    .max(2048)
    .optional()
    .describe('One sentence for the catalog.'),
  contacts: z
    .array(contactSchema)
    .max(16)
    .meta(atomic)
    .default([])
    .describe('Whom to ask.'),
  members: z
    .array(memberSchema)
    .max(200)
    .meta(atomic)
    .default([])
    .describe('Who may do what.'),
  environments: z
    .array(environmentSchema)
    .min(1)
    .max(10)
    .meta(byName)
    .describe('Environments in promotion order; one namespace each.'),
  quota: quotaSchema
    .default({})
    .describe('Of each environment that has none of its own.'),
  limits: limitsSchema.default({}).describe('Of each container.'),
  network: networkSchema
    .default(noNetwork)
    .describe('Exceptions; otherwise nothing comes in, and DNS goes out.'),
  storage: z
    .strictObject({
      classes: z
        .array(
          z.strictObject({
            name: dnsName.describe('Name of the storage class.'),
            quota: storageQuantity
              .optional()
              .describe('Sum of what claims of the class ask for.'),
          }),
        )
        .max(20)
        .meta(byName)
        .default([])
        .describe('Storage classes that may be used; empty means every class.'),
    })
    .default({ classes: [] })
    .describe('Storage.'),
  podSecurity: z
    .enum(['restricted', 'baseline'])
    .default('restricted')
    .describe('Pod Security Standard that is enforced.'),
  deletionPolicy: z
    .enum(['Retain', 'Delete'])
    .default('Retain')
    .describe('What becomes of the namespaces when the tenant goes.'),
});
