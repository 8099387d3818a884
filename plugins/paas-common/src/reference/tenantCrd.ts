import { tenantSpecSchema } from '../schema/tenantSchema';
import { tenantStatusSchema } from '../schema/tenantStatusSchema';
import { resourceDefinition } from './resourceDefinition';

/** Names of the resource as the API server serves it. */
export const tenantNames = {
  group: 'paas.understage.dev',
  version: 'v1',
  kind: 'Tenant',
  plural: 'tenants',
} as const;

// What has to hold also for those who write with kubectl; the operator says the rest in the status.
const rules = [
  {
    rule: 'self.metadata.name.size() <= 63',
    message: 'the name of a tenant has at most 63 characters',
  },
  {
    rule: "!self.metadata.name.contains('.')",
    message: 'the name of a tenant has no dots',
  },
  {
    rule: "self.metadata.name != 'default' && !self.metadata.name.matches('^(kube|understage)(-|$)')",
    message:
      'default, kube-... and understage-... are names of the cluster and of the platform',
  },
  {
    rule: 'self.spec.members.all(m, has(m.group) != has(m.user))',
    message: 'a member is either a group or a user',
  },
  {
    rule: 'self.spec.members.all(m, !has(m.group) || self.spec.members.exists_one(n, has(n.group) && n.group == m.group))',
    message: 'a group is a member once, with one role',
  },
  {
    rule: 'self.spec.members.all(m, !has(m.user) || self.spec.members.exists_one(n, has(n.user) && n.user == m.user))',
    message: 'a user is a member once, with one role',
  },
  {
    rule: 'self.spec.environments.all(e, has(e.adopt) || self.spec.environments.size() == 1 || self.metadata.name.size() + e.name.size() < 63)',
    message:
      'a namespace, <tenant>-<environment>, would have more than 63 characters',
  },
  {
    rule: "self.spec.environments.all(e, !has(e.adopt) || (e.adopt != 'default' && !e.adopt.matches('^(kube|understage)(-|$)')))",
    message: 'namespaces of the cluster and of the platform are not given out',
  },
  {
    rule: 'self.spec.environments.all(e, !has(e.adopt) || self.spec.environments.exists_one(o, has(o.adopt) && o.adopt == e.adopt))',
    message: 'a namespace is of one environment',
  },
  {
    rule: '!(self.metadata.name in self.spec.network.egress.tenants) && !(self.metadata.name in self.spec.network.allowTenants)',
    message: 'a tenant is not its own neighbour',
  },
  {
    rule: 'self.spec.network.egress.cidrs.all(c, isCIDR(c))',
    message: 'an entry of network.egress.cidrs is no address range',
  },
];

const columns = [
  {
    name: 'State',
    type: 'string',
    jsonPath: '.status.state',
    description: 'The worst state of the environments.',
  },
  {
    name: 'Ready',
    type: 'string',
    jsonPath: '.status.conditions[?(@.type=="Ready")].status',
    description: 'True when everything is there and isolation was verified.',
  },
  {
    name: 'Owner',
    type: 'string',
    jsonPath: '.spec.owner',
    description: 'The catalog group that owns it.',
  },
  {
    name: 'Message',
    type: 'string',
    jsonPath: '.status.message',
    description: 'What is the matter, or that nothing is.',
  },
  { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
];

/** The CustomResourceDefinition of Tenant, generated from the zod schemas. */
export function tenantCrd() {
  return resourceDefinition({
    names: {
      ...tenantNames,
      singular: 'tenant',
      shortNames: ['paastenant', 'paastenants'],
    },
    scope: 'Cluster',
    description:
      'A tenant: its members, its environments, and what keeps them apart from others.',
    spec: tenantSpecSchema,
    status: tenantStatusSchema,
    rules,
    columns,
  });
}
