/** A port that a container listens on and that the component's Service offers. */
export interface Port {
  /** Default `p` and the number, such as `p8080`. */
  readonly name?: string;
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
}

/** One key of a Secret or ConfigMap in the application's namespace. */
export interface KeyRef {
  readonly name: string;
  readonly key: string;
}

/** An environment variable; exactly one of `value`, `secretRef` and `configRef` is set. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly value?: string;
  readonly secretRef?: KeyRef;
  readonly configRef?: KeyRef;
}

/** Amounts of one replica, as Kubernetes quantities: `500m`, `4Gi`. */
export interface Quantities {
  readonly cpu?: string;
  readonly memory?: string;
  readonly 'ephemeral-storage'?: string;
  readonly 'nvidia.com/gpu'?: string;
}

/** A health probe: a command, else HTTP when there is a `path`, else a TCP connection. */
export interface Probe {
  readonly path?: string;
  readonly port?: number;
  readonly command?: readonly string[];
  readonly initialDelaySeconds?: number;
  readonly periodSeconds?: number;
  readonly timeoutSeconds?: number;
  readonly failureThreshold?: number;
}

/** A persistent volume of a component. */
export interface Volume {
  readonly name: string;
  /** A quantity such as `10Gi`. */
  readonly size: string;
  readonly mountPath: string;
  /** Default the cluster's. */
  readonly storageClass?: string;
}

/** What all components that run containers have in common; lists are empty where nothing was said. */
export interface WorkloadFields {
  readonly name: string;
  /** Without it the last verified build or the convention of the platform is used. */
  readonly image?: string;
  readonly resources?: {
    readonly requests?: Quantities;
    readonly limits?: Quantities;
  };
  readonly ports: readonly Port[];
  readonly env: readonly EnvironmentVariable[];
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly probes?: {
    readonly liveness?: Probe;
    readonly readiness?: Probe;
    readonly startup?: Probe;
  };
  readonly files: readonly {
    readonly path: string;
    readonly content: string;
  }[];
  readonly volumes: readonly Volume[];
  readonly readOnlyRootFilesystem: boolean;
  /** Where Prometheus finds metrics. */
  readonly metrics?: { readonly port: number; readonly path: string };
}

/** What replicated components have besides. */
export interface ReplicatedFields {
  readonly replicas: number;
  readonly availability?: {
    readonly maxUnavailable?: number;
    readonly spread?: 'zone' | 'node' | 'none';
  };
  /** Makes the first port reachable from outside. */
  readonly expose?: {
    readonly host: string;
    readonly path: string;
    readonly tls: boolean;
  };
}

/** A stateless, replicated service. */
export interface DeploymentComponent extends WorkloadFields, ReplicatedFields {
  readonly type: 'Deployment';
}

/** A replicated service with stable names, each replica with volumes of its own. */
export interface StatefulSetComponent extends WorkloadFields, ReplicatedFields {
  readonly type: 'StatefulSet';
}

/** Runs to completion once for each change. */
export interface JobComponent extends WorkloadFields {
  readonly type: 'Job';
  /** Retries before a run counts as failed. */
  readonly backoffLimit: number;
}

/** Runs to completion by a schedule. */
export interface CronJobComponent extends WorkloadFields {
  readonly type: 'CronJob';
  readonly backoffLimit: number;
  /** Five fields: minute, hour, day of month, month, day of week. */
  readonly schedule: string;
  /** IANA time zone; default UTC. */
  readonly timeZone?: string;
}

/** Objects rendered from a Helm chart. */
export interface HelmChartComponent {
  readonly type: 'HelmChart';
  readonly name: string;
  /** `repository/name` of a configured repository, or `oci://host/path`. */
  readonly chart: string;
  /** Version or range; default the newest. */
  readonly version?: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Every component that runs containers of its own. */
export type WorkloadComponent =
  | DeploymentComponent
  | StatefulSetComponent
  | JobComponent
  | CronJobComponent;

/** One part of an application, defaults filled in. */
export type Component = WorkloadComponent | HelmChartComponent;

/** What `type` of a component may say. */
export type ComponentType = Component['type'];
