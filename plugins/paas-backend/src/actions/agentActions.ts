import { ApiRoutes } from '@understage/plugin-paas-common';

/** How agents see one use case of the HTTP API. */
export interface AgentAction {
  /** Kebab-case; the id is `paas:` and this. */
  readonly name: string;
  readonly title: string;
  /** What a model has to know to choose it and to use it well. */
  readonly description: string;
  /**
   * `reads` changes nothing; after `destroys` something may be gone, such as a component that a file no longer names;
   * `changes` is what lies between. Every one of them may be repeated: whoever asks twice gets it once.
   */
  readonly effect: 'reads' | 'changes' | 'destroys';
  /** An input that is well formed. */
  readonly example: object;
  /** Other names for fields of the query: path and query may both have a `name`, an action names each only once. `null` leaves one out. */
  readonly queryNames?: Readonly<Record<string, string | null>>;
}

const application = { cluster: 'local', namespace: 'shop', name: 'checkout' };
const tenant = { cluster: 'local', name: 'shop' };

const applicationFile = `apiVersion: paas/v1
kind: Application
metadata:
  name: checkout
spec:
  components:
    - name: web
      type: Deployment
      image: registry.example.com/shop/web:1.4.2
      ports: [{ name: http, port: 8080 }]
`;

const tenantFile = `apiVersion: paas.understage.dev/v1
kind: Tenant
metadata:
  name: shop
spec:
  owner: group:default/team-shop
  members:
    - { group: group:default/team-shop-developers, role: developer }
  environments:
    - name: production
`;

/** Every use case, by its operation: as an action, or why agents have none. A new route has to decide here. */
export const agentActions: Readonly<
  Record<keyof ApiRoutes, AgentAction | { readonly none: string }>
> = {
  listApplications: {
    name: 'list-applications',
    title: 'List applications',
    description:
      'Applications that you may see, those that need somebody first, with state, reason and a sentence each, and counts by state. Filter by tenant, cluster, owner, state, reason or text; ask for the next page with the cursor of the answer.',
    effect: 'reads',
    example: { tenant: 'shop', state: ['Failed', 'Degraded'], limit: 20 },
  },
  getApplication: {
    name: 'get-application',
    title: 'Get an application',
    description:
      'Everything about one application: health and its root cause, components, dependencies declared and seen, objects, releases, and its YAML as stored.',
    effect: 'reads',
    example: application,
  },
  getObject: {
    name: 'get-object',
    title: 'Get an object of an application',
    description:
      'One live Kubernetes object of an application, as YAML; values of Secrets are masked. get-application names the objects.',
    effect: 'reads',
    example: { ...application, kind: 'Deployment', objectName: 'checkout-web' },
    queryNames: { name: 'objectName' },
  },
  listEvents: {
    name: 'list-events',
    title: 'List events of an application',
    description:
      'Kubernetes events about an application and everything it is made of, newest first.',
    effect: 'reads',
    example: application,
  },
  readLogs: {
    name: 'read-logs',
    title: 'Read logs of an application',
    description:
      'What the containers of an application have printed, read as you: a list of messages, of which those of type "lines" hold the text and those of type "problem" say what could not be read. Narrow it by component, pod or container; previous reads what a container printed before it was started again. Nothing is followed.',
    effect: 'reads',
    example: { ...application, tailLines: 100, previous: false },
    queryNames: { follow: null },
  },
  plan: {
    name: 'plan-application',
    title: 'Plan an application',
    description:
      'What applying an Application would create, change and delete, exactly as the operator would; nothing is written. Refused input is an answer of kind "invalid" with every problem. Plan before you apply.',
    effect: 'reads',
    example: {
      cluster: 'local',
      namespace: 'shop',
      application: applicationFile,
    },
  },
  apply: {
    name: 'apply-application',
    title: 'Apply an application',
    description:
      'Creates or changes an Application as you. Takes what plan-application takes. An answer of kind "conflict" names fields that somebody else set; force takes them over, so show it to a person first.',
    effect: 'destroys',
    example: {
      cluster: 'local',
      namespace: 'shop',
      application: applicationFile,
    },
  },
  rollback: {
    name: 'rollback-application',
    title: 'Roll an application back',
    description:
      'Pins an application to one of its releases, which get-application lists; revision null lets the pin go, and the specification counts again.',
    effect: 'destroys',
    example: { ...application, revision: 3 },
  },
  pause: {
    name: 'pause-application',
    title: 'Pause an application',
    description:
      'The operator writes nothing for the application until it is resumed; it is still observed.',
    effect: 'changes',
    example: application,
  },
  resume: {
    name: 'resume-application',
    title: 'Resume an application',
    description: 'Ends a pause: the operator makes the cluster as specified.',
    effect: 'changes',
    example: application,
  },
  deleteApplication: {
    name: 'delete-application',
    title: 'Delete an application',
    description:
      'Deletes an application and what it is made of; volumes stay unless its deletionPolicy says otherwise. Give the uid of get-application, so that a successor of the same name is left alone.',
    effect: 'destroys',
    example: application,
  },
  listTenants: {
    name: 'list-tenants',
    title: 'List tenants',
    description:
      'Tenants that you may see, with state, how many isolation checks hold, the fullest quota and your role.',
    effect: 'reads',
    example: { state: 'Degraded' },
  },
  getTenant: {
    name: 'get-tenant',
    title: 'Get a tenant',
    description:
      'One tenant: members and roles, environments with their quota, the checklist of what was tried to break out of it with the evidence, what you may do with it, and its YAML as stored.',
    effect: 'reads',
    example: tenant,
  },
  planTenant: {
    name: 'plan-tenant',
    title: 'Plan a tenant',
    description:
      'What applying a Tenant would create, change and delete; nothing is written. Refused input is an answer of kind "invalid" with every problem. Plan before you apply.',
    effect: 'reads',
    example: { cluster: 'local', tenant: tenantFile },
  },
  applyTenant: {
    name: 'apply-tenant',
    title: 'Apply a tenant',
    description:
      'Creates or changes a Tenant as you: namespaces, quota, network, roles and storage of a team. Takes what plan-tenant takes.',
    effect: 'destroys',
    example: { cluster: 'local', tenant: tenantFile },
  },
  planOffboarding: {
    name: 'plan-offboarding',
    title: 'Plan the offboarding of a tenant',
    description:
      'What goes and what stays when a tenant is offboarded: applications, volumes, every action, and everything as one file to apply again. Nothing is written. Show it to a person before offboard-tenant.',
    effect: 'reads',
    example: tenant,
  },
  deleteTenant: {
    name: 'offboard-tenant',
    title: 'Offboard a tenant',
    description:
      'Takes a tenant back, by its deletionPolicy: Retain keeps namespaces and volumes, Delete does not. confirm repeats its name; give the uid of plan-offboarding, so that a successor of the same name is left alone.',
    effect: 'destroys',
    example: { ...tenant, confirm: 'shop' },
  },
  listAudit: {
    name: 'list-audit',
    title: 'List the audit trail',
    description:
      'Who changed what, and who was refused what, newest first, as far as you may see it. Filter by tenant, cluster, person, action or result; ask for the next page with the cursor of the answer.',
    effect: 'reads',
    example: { tenant: 'shop', result: 'refused' },
  },
  listCharts: {
    name: 'list-charts',
    title: 'List charts',
    description:
      'Helm charts that components of type HelmChart may name, with their versions, of the repositories that the platform team configured; repositories that do not answer are named with the reason.',
    effect: 'reads',
    example: {},
  },
  getChart: {
    name: 'get-chart',
    title: 'Get a chart',
    description:
      'The values.yaml of a chart with its comments, and its values.schema.json where it has one: what the values of a component may be.',
    effect: 'reads',
    example: { chart: 'bitnami/redis', version: '^20.0.0' },
  },
  listClusters: {
    name: 'list-clusters',
    title: 'List clusters',
    description:
      'The clusters of the platform, and how fresh what is known of each is: "live" is now, "stale" is older and says why.',
    effect: 'reads',
    example: {},
  },
  stream: { none: 'Agents ask; nobody listens for them.' },
  openApi: { none: 'It describes the HTTP API; actions describe themselves.' },
  health: { none: 'It is for probes.' },
};
