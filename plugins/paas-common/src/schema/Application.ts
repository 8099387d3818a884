import { Component } from './Component';

/** API group, version and kind of the resource as Kubernetes serves it. */
export const APPLICATION_API_VERSION = 'paas.understage.dev/v1';
/** The short form accepted in files; normalised on reading, since Kubernetes refuses groups without a dot. */
export const APPLICATION_SHORT_API_VERSION = 'paas/v1';

/** A dependency as it is written: `frontend -> redis:6379`, or its parts. */
export type DependencyInput =
  | string
  | {
      readonly from: string;
      /** `component`, `application/component` or `external:host`. */
      readonly to: string;
      readonly port: number;
      /** Prefix of the injected variables; default the target's name in capitals. */
      readonly env?: string;
    };

/** What an application should be, defaults filled in. The fields are explained in docs/reference/application.md. */
export interface ApplicationSpec {
  /** At least one; names are unique. */
  readonly components: readonly Component[];
  readonly dependencies: readonly DependencyInput[];
  /** Catalog owner; where the namespace names one, that one counts. */
  readonly owner?: string;
  readonly description?: string;
  readonly links: readonly { readonly title?: string; readonly url: string }[];
  /** TechDocs reference, for example `dir:.`. */
  readonly docs?: string;
  /** What happens to volumes when the application goes. */
  readonly deletionPolicy: 'Retain' | 'Delete';
  /** Observe and report, but write nothing. */
  readonly paused: boolean;
  /** Pins a release: rollback is this field set. */
  readonly revision?: number;
}

/** A validated Application, defaults filled in. `status` is described in `ApplicationStatus.ts`. */
export interface Application {
  readonly apiVersion: typeof APPLICATION_API_VERSION;
  readonly kind: 'Application';
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly generation?: number;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly creationTimestamp?: string;
    readonly deletionTimestamp?: string;
  };
  readonly spec: ApplicationSpec;
}
