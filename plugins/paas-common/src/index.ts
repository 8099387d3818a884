// What other packages may use. Schemas stay inside: outside there are types and the functions that read them.

// The Application and the platform's settings
export {
  APPLICATION_API_VERSION,
  APPLICATION_SHORT_API_VERSION,
} from './schema/Application';
export type {
  Application,
  ApplicationSpec,
  DependencyInput,
} from './schema/Application';
export type * from './schema/Component';
export { componentStates, conditionTypes } from './schema/ApplicationStatus';
export type {
  ApplicationStatus,
  ComponentState,
  ComponentStatus,
  Condition,
  ConditionType,
  StatusObject,
} from './schema/ApplicationStatus';
export {
  TENANT_API_VERSION,
  TENANT_SHORT_API_VERSION,
  tenantRoles,
} from './schema/Tenant';
export type {
  ContainerAmounts,
  Tenant,
  TenantEnvironment,
  TenantLimits,
  TenantMember,
  TenantNetwork,
  TenantQuota,
  TenantRole,
  TenantSpec,
} from './schema/Tenant';
export {
  isolationDimensions,
  isolationLayers,
  tenantConditionTypes,
  tenantStates,
} from './schema/TenantStatus';
export type {
  IsolationDimension,
  IsolationLayer,
  TenantCheck,
  TenantConditionType,
  TenantEnvironmentStatus,
  TenantState,
  TenantStatus,
} from './schema/TenantStatus';
export { readSpec, readStatus, readTenantStatus } from './schema/readStored';
export { portalSettings } from './schema/portalSchema';
export type {
  ChartRepositoryConfig,
  ExposeConfig,
  PlatformConfig,
} from './schema/PlatformConfig';
export type * from './schema/fieldModel';

// Reading and checking input
export {
  checkApplication,
  checkTenant,
  describeLimits,
  nearestName,
  platformSettings,
  readApplications,
  readPlatformConfig,
  readTenants,
  specModel,
  tenantSpecModel,
} from './input';
export type {
  FieldPath,
  Locate,
  Position,
  ReadApplication,
  ReadDocument,
  ReadTenant,
} from './input';
export { parseDependency } from './domain/dependencies/parseDependency';
export type {
  DependencyTarget,
  ParsedDependency,
} from './domain/dependencies/parseDependency';
export type { Checked, Problem } from './domain/problem';

// Objects, kinds, names, labels
export { asWritten, saysTheSame } from './domain/asWritten';
export { refKey, refOf } from './domain/kubernetes';
export type {
  KubeObject,
  ObjectMeta,
  ObjectRef,
  OwnerReference,
} from './domain/kubernetes';
export {
  allowedKinds,
  apiVersionOf,
  deployerPolicyRules,
  kindOf,
  releaseKind,
  splitApiVersion,
} from './domain/kinds';
export type { AllowedKind, KindRole, PolicyRule } from './domain/kinds';
export {
  ANNOTATION_ADOPT,
  ANNOTATION_APPLICATION_UID,
  ANNOTATION_CONFIRM_DELETE,
  ANNOTATION_DOMAINS,
  ANNOTATION_GRANTS,
  ANNOTATION_OWNER,
  ANNOTATION_STORAGE_CLASSES,
  ANNOTATION_TENANT_UID,
  ANNOTATION_VOLUMES,
  DEPLOYER,
  FINALIZER_OFFBOARDING,
  IDENTITY_PREFIX,
  LABEL_APPLICATION,
  LABEL_BUNDLE,
  LABEL_COMPONENT,
  LABEL_ENVIRONMENT,
  LABEL_MANAGED_BY,
  LABEL_TENANT,
  MANAGER,
  PROBE_PREFIX,
  PROVISIONER,
  TENANT_ROLE_PREFIX,
} from './domain/labels';
export {
  claimKeys,
  hostNotAllowed,
  hostsOf,
  isHostWithin,
  namespaceDomains,
  onlyHosts,
  overlapOf,
  pathsOf,
  rivalKeys,
  routeKinds,
} from './domain/hosts';
export { unrollLists } from './domain/charts/unrollLists';
export { canonicalJson } from './domain/naming/canonicalJson';
export { childName, shortenedName } from './domain/naming/childName';
export type { ChildNameParts } from './domain/naming/childName';

// observe -> plan -> execute -> report
export { observedItems } from './domain/snapshot';
export type {
  CompleteSnapshot,
  IncompleteSnapshot,
  Snapshot,
} from './domain/snapshot';
export { createProjection } from './domain/projection';
export { renderApplication } from './domain/rendering/renderApplication';
export type {
  ChartOutcome,
  Desired,
  DesiredComponent,
  DesiredObject,
  Edge,
  PlatformSettings,
  Refusal,
  Release,
  RenderedChart,
  ResolveContext,
  ResolvedImage,
} from './domain/desired';
export type {
  Action,
  ActionBase,
  FieldChange,
  Outcome,
  Plan,
} from './domain/action';
export {
  describeOwner,
  formatPlan,
  maskSecrets,
  planApplication,
  refText,
  sameJson,
  summarisePlan,
} from './domain/planning';
export type {
  FormatPlanOptions,
  Owner,
  PlanInput,
  PlanLine,
  PlanTone,
} from './domain/planning';
export {
  fromRevision,
  isKeptFor,
  isReleaseSecret,
  newestRelease,
  nextRelease,
  releaseLine,
  releaseSecret,
  releaseSecretKind,
  releaseSecretName,
  releasesToPrune,
  revisionName,
  toRevision,
  withSecretValues,
} from './domain/releases';
export type { ReleaseContent, ReleaseLine } from './domain/releases';
export {
  applyFindings,
  assessHealth,
  availableComponents,
  compareStates,
  componentsInForce,
  findingsOf,
  nodeReadiness,
  readEvent,
  warnedUid,
} from './domain/health';
export type {
  ApplicationHealth,
  AssessedApplication,
  ComponentHealth,
  EventReading,
  Finding,
  HealthInput,
  ObjectHealth,
  Refused,
  Replicas,
} from './domain/health';
export {
  classifyRefusal,
  planFindings,
  reportStatus,
  statusEquals,
} from './domain/reporting';
export type {
  PassResult,
  RefusedWrite,
  Report,
  ReportInput,
  Transition,
} from './domain/reporting';
export { flowAllowed } from './domain/policies/flowAllowed';
export type {
  Flow,
  ExternalEnd,
  FlowEnd,
  FlowLabels,
  PodEnd,
} from './domain/policies/flowAllowed';

// Tenants
export { departingTenant } from './domain/tenants/departingTenant';
export { isReservedNamespace } from './domain/tenants/reservedNamespaces';
export {
  isOffboarded,
  planOffboarding,
} from './domain/tenants/planOffboarding';
export { planTenant } from './domain/tenants/planTenant';
export type { TenantPlanInput } from './domain/tenants/planTenant';
export { assessProbes } from './domain/tenants/probes/assessProbes';
export type { ProbeContext } from './domain/tenants/probes/attempts';
export { provenChecks } from './domain/tenants/probes/provenChecks';
export type { ProvenContext } from './domain/tenants/probes/provenChecks';
export { tenantProbes } from './domain/tenants/probes/tenantProbes';
export { quotaMeters } from './domain/tenants/quotaMeters';
export { quotasBelowUse } from './domain/tenants/quotasBelowUse';
export type { QuotaBelowUse } from './domain/tenants/quotasBelowUse';
export { renderTenant } from './domain/tenants/renderTenant';
export {
  reportTenant,
  tenantStatusEquals,
} from './domain/tenants/reportTenant';
export type {
  TenantReport,
  TenantReportInput,
} from './domain/tenants/reportTenant';
export { tenantRoleOf } from './domain/tenants/tenantRoleOf';
export type { Person } from './domain/tenants/tenantRoleOf';
export type { TenantRenderContext } from './domain/tenants/renderTenant';
export { isOfTenant } from './domain/tenants/tenantOwnership';
export {
  claimNamespaceOf,
  offboardedVolumes,
  retainedVolumes,
} from './domain/tenants/volumes';
export type { OffboardedVolume } from './domain/tenants/volumes';
export { tenantNamespaces } from './domain/tenants/tenantNamespaces';
export type {
  TenantDesired,
  TenantNamespace,
  TenantObserved,
  TenantOutcome,
  TenantPlan,
} from './domain/tenants/TenantDesired';
export type {
  ProbeAnswer,
  ProbeIdentity,
  TenantProbe,
} from './domain/tenants/TenantProbe';

export { ownedObjects } from './domain/ownedObjects';
export { objectTree } from './domain/tree';
export type { TreeInput } from './domain/tree';
export { reasons } from './domain/reasons';
export type { Audience, Reason, ReasonEntry } from './domain/reasons';

// The HTTP API, its client and its permissions
export type * from './api/types';
export type * from './api/ApiRoutes';
export type * from './api/chartTypes';
export type * from './api/tenantTypes';
export type * from './api/logs';
export { applicationContainers, isAskedFor } from './api/logs';
export { parseLogMessage } from './api/logSchemas';
export { apiRoutes } from './api/routes';
export { parseStreamMessage } from './api/streamSchemas';
export {
  formatApplicationRef,
  ownerRef,
  parseApplicationRef,
} from './api/applicationRef';
export { attentionOrder, compareApplications } from './api/compareApplications';
export { PaasClient } from './client/PaasClient';
export type { CallOptions, PaasClientOptions } from './client/PaasClient';
export { PaasClientError } from './client/PaasClientError';
export type { ClientErrorKind } from './client/PaasClientError';
export type { StreamHandlers, StreamState, Timers } from './client/openStream';
export { compareTenants } from './api/compareTenants';
export { formatTenantRef, parseTenantRef } from './api/tenantRef';
export {
  applicationsTopic,
  applicationTopic,
  tenantTopic,
  TENANTS_TOPIC,
} from './client/topics';
export {
  permissionGrants,
  type PermissionGrant,
} from './permissions/permissionGrants';
export * from './permissions/permissions';

// What is written from the schemas
export { generatedFiles } from './reference';
export type { Examples } from './reference';
