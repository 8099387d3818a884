import { KubeObject, ObjectRef } from './kubernetes';
import { Reason } from './reasons';

/** One field that an update changes. `from`/`to` are JSON values, `undefined` when absent; secrets are masked. */
export interface FieldChange {
  readonly path: string;
  readonly from: unknown;
  readonly to: unknown;
}

/** What every action says: about which object. */
export interface ActionBase {
  readonly ref: ObjectRef;
  /** The component that the object belongs to; absent for objects of the application as a whole. */
  readonly component?: string;
}

/** What is to be done with one object. A refusal is an action too: it is seen in plan, status, portal and CLI. */
export type Action =
  | (ActionBase & { readonly kind: 'create'; readonly object: KubeObject })
  | (ActionBase & {
      readonly kind: 'update';
      readonly object: KubeObject;
      /** Of the object that was looked at: a successor of its name is another one, and is not written to. */
      readonly uid?: string;
      /** Set when more than the uid has to be as it was: an object that was handed over may be taken back. */
      readonly resourceVersion?: string;
      readonly changes: readonly FieldChange[];
      /** True when somebody else changed what we had applied. */
      readonly drift: boolean;
    })
  | (ActionBase & {
      readonly kind: 'delete';
      readonly uid: string;
      readonly why: string;
    })
  /** Delete and create again: an immutable field changed and nothing is lost by it. */
  | (ActionBase & {
      readonly kind: 'replace';
      readonly uid: string;
      readonly object: KubeObject;
      readonly changes: readonly FieldChange[];
    })
  | (ActionBase & {
      readonly kind: 'refuse';
      readonly reason: Reason;
      readonly message: string;
    })
  /** Would be created or updated, but not yet: a dependency is not available, or the application is paused. */
  | (ActionBase & {
      readonly kind: 'wait';
      readonly reason: Reason;
      readonly message: string;
    })
  /** Ours, no longer wanted, and left where it is (retained volumes, incomplete snapshot). */
  | (ActionBase & { readonly kind: 'keep'; readonly why: string })
  | (ActionBase & { readonly kind: 'none' });

/** The plan of one application: actions in the order of execution. */
export interface Plan {
  readonly application: { readonly namespace: string; readonly name: string };
  readonly actions: readonly Action[];
}

/** What became of one action. */
export type Outcome =
  | {
      readonly kind: 'done';
      readonly action: Action;
      readonly object?: KubeObject;
    }
  | {
      readonly kind: 'refused';
      readonly action: Action;
      readonly reason: Reason;
      readonly message: string;
    }
  /** Worth another try; the controller backs off. */
  | {
      readonly kind: 'failed';
      readonly action: Action;
      readonly message: string;
    }
  /** Not attempted: an earlier action of the same component failed. */
  | { readonly kind: 'skipped'; readonly action: Action };
