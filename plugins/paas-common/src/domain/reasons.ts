/**
 * Why something is as it is: the one vocabulary of conditions, refusals, events, screens and docs.
 * `audience` says who has to do something; `sentence` explains the reason in general, the message of a condition says
 * what it means in the case at hand.
 */
export type Audience = 'nobody' | 'waiting' | 'user' | 'platform' | 'intended';

/** What is said of a reason in general. */
export interface ReasonEntry {
  readonly audience: Audience;
  readonly sentence: string;
}

export const reasons = {
  Ready: {
    audience: 'nobody',
    sentence: 'Everything asked for is there and healthy.',
  },
  Progressing: { audience: 'waiting', sentence: 'A change is rolling out.' },
  WaitingForDependency: {
    audience: 'waiting',
    sentence: 'A component it depends on is not available yet.',
  },
  AwaitingImage: {
    audience: 'user',
    sentence: 'No image is known: set `image`, or let a pipeline build one.',
  },
  Invalid: { audience: 'user', sentence: 'The specification has problems.' },
  UnknownDependency: {
    audience: 'user',
    sentence:
      'A dependency names something that does not exist or does not listen there.',
  },
  DependencyCycle: {
    audience: 'user',
    sentence: 'Components depend on each other in a ring.',
  },
  NameTaken: {
    audience: 'user',
    sentence: 'Another application owns that name in the namespace.',
  },
  OwnerOverruled: {
    audience: 'user',
    sentence:
      'The specification names another owner than the namespace has, whose word counts.',
  },
  HostTaken: {
    audience: 'user',
    sentence:
      'Another application, or an object of somebody else, has that host name already.',
  },
  OwnedByOther: {
    audience: 'user',
    sentence:
      'An object of that name exists and is not ours; it was left alone.',
  },
  ImmutableField: {
    audience: 'user',
    sentence: 'A field can not be changed in place without losing something.',
  },
  KindNotAllowed: {
    audience: 'user',
    sentence: 'A chart renders a kind that applications may not create.',
  },
  NamespaceNotAllowed: {
    audience: 'user',
    sentence: 'A chart renders an object for another namespace.',
  },
  HookNotAllowed: {
    audience: 'user',
    sentence: 'A chart uses hooks, which the platform does not run.',
  },
  FieldNotAllowed: {
    audience: 'user',
    sentence:
      'A chart sets a field that applications may not use, for example `hostPath`.',
  },
  ChartEmpty: { audience: 'user', sentence: 'A chart renders no objects.' },
  ChartNotFound: {
    audience: 'user',
    sentence: 'The chart or its version does not exist in the repository.',
  },
  ChartFailed: {
    audience: 'user',
    sentence: 'The chart could not be rendered with these values.',
  },
  RepositoryUnknown: {
    audience: 'user',
    sentence: 'The chart repository is not configured on this platform.',
  },
  RepositoryUnreachable: {
    audience: 'platform',
    sentence: 'The chart repository did not answer.',
  },
  RevisionNotFound: {
    audience: 'user',
    sentence: 'The pinned release does not exist any more.',
  },
  NoDeployer: {
    audience: 'platform',
    sentence:
      'The namespace has no `understage-deployer` service account or it lacks permissions.',
  },
  Forbidden: {
    audience: 'platform',
    sentence: 'The API server refused: the deployer may not do that here.',
  },
  QuotaExceeded: {
    audience: 'user',
    sentence: "The namespace's quota is used up.",
  },
  AdmissionRefused: {
    audience: 'user',
    sentence: 'The API server or one of its policies refused the object.',
  },
  ApplyFailed: {
    audience: 'waiting',
    sentence: 'Writing to the API server failed; it is tried again.',
  },
  FieldConflict: {
    audience: 'user',
    sentence: 'Another field manager owns a field that we have to set.',
  },
  ObservationIncomplete: {
    audience: 'waiting',
    sentence:
      'The cluster could not be read completely; nothing is deleted meanwhile.',
  },
  Unschedulable: { audience: 'user', sentence: 'No node can take a pod.' },
  CrashLoop: {
    audience: 'user',
    sentence: 'A container starts and exits again and again.',
  },
  ImagePullFailed: {
    audience: 'user',
    sentence: 'An image can not be pulled.',
  },
  ContainerConfigInvalid: {
    audience: 'user',
    sentence:
      'A container can not be created from its configuration, for example a Secret is missing.',
  },
  OutOfMemory: {
    audience: 'user',
    sentence: 'A container used more memory than its limit.',
  },
  ProbeFailing: {
    audience: 'user',
    sentence: 'A container runs but its probe fails.',
  },
  VolumePending: { audience: 'user', sentence: 'A volume is not bound.' },
  JobFailed: { audience: 'user', sentence: 'A job gave up.' },
  PodFailed: { audience: 'user', sentence: 'A pod failed.' },
  NotReady: {
    audience: 'waiting',
    sentence: 'Not ready, and no cause was found yet.',
  },
  Drifted: {
    audience: 'waiting',
    sentence: 'Somebody changed an object; it is being repaired.',
  },
  Paused: {
    audience: 'intended',
    sentence: 'The application is paused: it is observed, not changed.',
  },
  ScaledToZero: {
    audience: 'intended',
    sentence: 'No replicas are asked for.',
  },
  Completed: { audience: 'intended', sentence: 'The job ran to its end.' },
  Retained: {
    audience: 'intended',
    sentence: 'Kept on purpose: volumes outlive their application.',
  },
  Deleting: {
    audience: 'waiting',
    sentence: 'The application is being deleted.',
  },
  NamespaceTaken: {
    audience: 'platform',
    sentence:
      'The namespace belongs to another tenant, or to nobody and was not handed over.',
  },
  NamespaceReserved: {
    audience: 'platform',
    sentence: 'The name is one of the cluster or of the platform itself.',
  },
  HostNotAllowed: {
    audience: 'user',
    sentence: 'The host is not in a domain of the tenant.',
  },
  QuotaBelowUse: {
    audience: 'platform',
    sentence:
      'The quota is lower than what is used already: nothing is stopped, nothing new starts.',
  },
  EnvironmentInUse: {
    audience: 'platform',
    sentence:
      'The environment was taken out of the specification while applications run in it; it stays until they are gone.',
  },
  UnknownMember: {
    audience: 'platform',
    sentence: 'The catalog knows no such group or person.',
  },
  IsolationNotEnforced: {
    audience: 'platform',
    sentence:
      'Something that must be refused was let through, or could not be tried.',
  },
  Verifying: {
    audience: 'waiting',
    sentence: 'Everything is there; what must be refused is being tried.',
  },
  Offboarding: {
    audience: 'waiting',
    sentence: 'The tenant is being offboarded.',
  },
} as const satisfies Record<string, ReasonEntry>;

export type Reason = keyof typeof reasons;
