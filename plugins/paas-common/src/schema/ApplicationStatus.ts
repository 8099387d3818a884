/** Kinds of conditions; `Ready` is the sum of the others. */
export const conditionTypes = [
  'Valid',
  'Planned',
  'Applied',
  'Available',
  'Ready',
] as const;

/** How a component or an application is. */
export const componentStates = [
  'Ready',
  'Progressing',
  'Waiting',
  'Degraded',
  'Failed',
  'Paused',
  'Unknown',
] as const;

export type ConditionType = (typeof conditionTypes)[number];
/** How a component or an application is: one of `componentStates`. */
export type ComponentState = (typeof componentStates)[number];

/** One condition, as Kubernetes tools read them. */
export interface Condition {
  readonly type: ConditionType;
  readonly status: 'True' | 'False' | 'Unknown';
  /** One word why, from the list of reasons. */
  readonly reason: string;
  /** One sentence why. */
  readonly message: string;
  /** Generation of the specification that it speaks of. */
  readonly observedGeneration: number;
  /** When `status` last changed, RFC 3339. */
  readonly lastTransitionTime: string;
}

/** Names one object in the application's namespace. */
export interface StatusObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

/** How one component is. */
export interface ComponentStatus {
  readonly name: string;
  readonly type: string;
  readonly state: ComponentState;
  /** One word why, from the list of reasons. */
  readonly reason: string;
  /** One sentence why. */
  readonly message: string;
  /** The image it runs and who named it. */
  readonly image?: {
    readonly ref: string;
    readonly from: 'component' | 'build' | 'convention' | 'chart';
  };
  /** Replicas, where it has any. */
  readonly replicas?: {
    readonly desired: number;
    readonly ready: number;
    readonly updated: number;
  };
  readonly objects: readonly StatusObject[];
}

/** What the operator reports of an application. */
export interface ApplicationStatus {
  /** Generation of the specification that the status speaks of. */
  readonly observedGeneration: number;
  /** The worst state of the components. */
  readonly state: ComponentState;
  /** One sentence a developer can act on. */
  readonly message: string;
  readonly components: readonly ComponentStatus[];
  readonly release?: {
    readonly current: number;
    /** The last release that became available. */
    readonly available?: number;
  };
  /** When something was last written to the cluster, RFC 3339. */
  readonly lastApplied?: string;
  /** Objects that were refused, left alone or kept. */
  readonly notices?: readonly {
    readonly ref: StatusObject;
    readonly reason: string;
    readonly message: string;
  }[];
  readonly conditions: readonly Condition[];
}
