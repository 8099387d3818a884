import { KubeCluster } from '@understage/kube';
import { KubeObject } from '@understage/plugin-paas-common';
import { WatchedKind } from './watchedKinds';

/** How one watch does. */
export type WatchHealth =
  | { readonly kind: 'starting' }
  | { readonly kind: 'synced'; readonly at: Date }
  /** `missing`: the API server does not serve the kind. `synced` says whether what is kept was complete once. */
  | {
      readonly kind: 'failing';
      readonly since: Date;
      readonly why: string;
      readonly missing: boolean;
      readonly synced: boolean;
    };

/** A running watch of one kind. */
export interface KindWatch {
  health(): WatchHealth;
  stop(): Promise<void>;
}

export interface StartWatchOptions {
  readonly cluster: KubeCluster;
  readonly kind: WatchedKind;
  readonly onUpsert: (object: KubeObject) => void;
  readonly onRemove: (object: KubeObject) => void;
  /** Called after the state of health may have changed its kind. */
  readonly onHealth: () => void;
}

/** Starts a watch; it lasts until it is stopped and never throws. */
export type StartWatch = (options: StartWatchOptions) => KindWatch;
