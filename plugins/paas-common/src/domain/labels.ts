import { childName } from './naming/childName';

/** The field manager of every write, and the value of `app.kubernetes.io/managed-by`. */
export const MANAGER = 'understage';
/** The service account of a namespace that everything in it is written as. */
export const DEPLOYER = 'understage-deployer';

export const LABEL_NAME = 'app.kubernetes.io/name';
export const LABEL_INSTANCE = 'app.kubernetes.io/instance';
export const LABEL_COMPONENT_ROLE = 'app.kubernetes.io/component';
export const LABEL_PART_OF = 'app.kubernetes.io/part-of';
export const LABEL_VERSION = 'app.kubernetes.io/version';
export const LABEL_MANAGED_BY = 'app.kubernetes.io/managed-by';
/** The stock Kubernetes tab of the portal finds objects by this label; the value is `childName` of the component. */
export const LABEL_KUBERNETES_ID = 'backstage.io/kubernetes-id';

export const LABEL_APPLICATION = 'understage.dev/application';
export const LABEL_COMPONENT = 'understage.dev/component';
export const LABEL_TENANT = 'understage.dev/tenant';
/** On a namespace of a tenant: which of its environments it is. */
export const LABEL_ENVIRONMENT = 'understage.dev/environment';
/** `tenant` on every object of a tenant's bundle: nobody but the provisioner may change one. */
export const LABEL_BUNDLE = 'understage.dev/bundle';
/** On a namespace: the pods of its ingress controller may reach what applications expose. */
export const LABEL_INGRESS = 'understage.dev/ingress';

/** Prefix of everything that only the platform may set. */
export const PLATFORM_PREFIX = 'understage.dev/';

/** Hash of an object as it was sent; the planner sets it to notice fields that are no longer wanted. */
export const ANNOTATION_APPLIED_HASH = 'understage.dev/applied-hash';
/** Uid of the Application of a retained volume, which carries no ownerReference. */
export const ANNOTATION_APPLICATION_UID = 'understage.dev/application-uid';
/** `"true"` on an object of somebody else hands it over. */
export const ANNOTATION_ADOPT = 'understage.dev/adopt';
/** On a namespace: who owns the applications in it, whatever they say themselves. */
export const ANNOTATION_OWNER = 'understage.dev/owner';
/** On objects of a tenant's bundle: uid of the Tenant. They carry no ownerReference: a Tenant's end deletes nothing by itself. */
export const ANNOTATION_TENANT_UID = 'understage.dev/tenant-uid';
/** On a tenant's namespace, for admission policies: domains of `expose`, separated by commas; empty means none. */
export const ANNOTATION_DOMAINS = 'understage.dev/domains';
/** On a tenant's namespace, for admission policies: storage classes, separated by commas; `*` means every class. */
export const ANNOTATION_STORAGE_CLASSES = 'understage.dev/storage-classes';
/** On a tenant's namespace, for admission policies: retained volumes that its claims may name, separated by commas. */
export const ANNOTATION_VOLUMES = 'understage.dev/volumes';
/**
 * On a tenant's namespace, for admission policies: `load-balancers`, `internet`, and the ranges of `network.egress.cidrs`,
 * separated by commas. What applications call outside has to be in it.
 */
export const ANNOTATION_GRANTS = 'understage.dev/grants';
/** On a namespace that stayed when its tenant went: whose it was. */
export const ANNOTATION_FORMER_TENANT = 'understage.dev/former-tenant';
/** On a Tenant with deletionPolicy Delete: its name, typed by whoever deletes it. */
export const ANNOTATION_CONFIRM_DELETE = 'understage.dev/confirm-delete';
/** On a Tenant, never on a namespace: offboarding is under way. */
export const FINALIZER_OFFBOARDING = 'understage.dev/offboarding';

/** The account in the platform's namespace that tenants' bundles are written as. */
export const PROVISIONER = 'understage-provisioner';
/** Prefix of the accounts that try what members must not: `understage-probe-developer`. No token is ever made for one. */
export const PROBE_PREFIX = 'understage-probe-';
/** Prefix of the ClusterRoles that members are bound to: `understage-tenant-developer`. */
export const TENANT_ROLE_PREFIX = 'understage-tenant-';
/** Before entity references of people and groups, as the cluster knows them: `understage:group:default/team-shop`. */
export const IDENTITY_PREFIX = 'understage:';

/** Hash of a component's files in its pod template: a changed file rolls the pods. */
export const ANNOTATION_FILES_HASH = 'understage.dev/files-hash';

/** Whose object it is. */
export interface LabelSource {
  readonly application: string;
  readonly component: string;
  readonly tenant: string;
  /** Version of the software, for example an image tag; absent when unknown. */
  readonly version?: string;
}

/** `text` as a label value: other characters become `-`, at most 63 of them; `undefined` when nothing is left. */
export function labelValue(text: string): string | undefined {
  const value = text
    .replace(/[^A-Za-z0-9._-]/g, '-')
    .slice(0, 63)
    .replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');
  return value === '' ? undefined : value;
}

/** All labels of an object of a component. Values that change with a release are among them: never select by these. */
export function labelsFor(source: LabelSource): Record<string, string> {
  const { application, component, tenant } = source;
  const version =
    source.version === undefined ? undefined : labelValue(source.version);
  return {
    [LABEL_NAME]: component,
    [LABEL_INSTANCE]: application,
    [LABEL_COMPONENT_ROLE]: component,
    [LABEL_PART_OF]: application,
    ...(version === undefined ? {} : { [LABEL_VERSION]: version }),
    [LABEL_MANAGED_BY]: MANAGER,
    [LABEL_APPLICATION]: application,
    [LABEL_COMPONENT]: component,
    [LABEL_TENANT]: labelValue(tenant) ?? 'unknown',
    [LABEL_KUBERNETES_ID]: childName({ application, component }),
  };
}

/** The labels that select a component's pods: they never change, as selectors of workloads are immutable. */
export function selectorFor(source: {
  readonly application: string;
  readonly component: string;
}): Record<string, string> {
  return {
    [LABEL_APPLICATION]: source.application,
    [LABEL_COMPONENT]: source.component,
  };
}
