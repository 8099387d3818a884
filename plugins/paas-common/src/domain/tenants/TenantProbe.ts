import { IsolationDimension, IsolationLayer } from '../../schema/TenantStatus';
import { ContainerAmounts, TenantRole } from '../../schema/Tenant';
import { KubeObject, ObjectRef } from '../kubernetes';

/**
 * Who tries: an account of the environment. Probe accounts are bound to the same roles as the members; that of `pods` may
 * make pods, which nobody of a tenant may, and only as a dry run.
 */
export type ProbeIdentity = 'deployer' | TenantRole | 'pods';

/** One forbidden thing to try as the tenant, with a dry run; refusing it is what the platform promises. */
export interface TenantProbe {
  /** Stable, kebab-case. */
  readonly id: string;
  readonly dimension: IsolationDimension;
  /** What is tried, as a sentence. */
  readonly title: string;
  readonly as: ProbeIdentity;
  readonly attempt:
    | {
        readonly verb: 'create' | 'apply';
        readonly object: KubeObject;
        /** Where it is sent to, for a subresource: below the namespace, `serviceaccounts/NAME/token` of `v1`. */
        readonly at?: { readonly apiVersion: string; readonly path: string };
      }
    | { readonly verb: 'delete'; readonly ref: ObjectRef }
    /** Reads change nothing: they are made for real, one object at most. */
    | { readonly verb: 'list'; readonly ref: Omit<ObjectRef, 'name'> };
  /** Layers whose refusal counts. Another layer's no (a missing kind, a bad name) proves nothing: `unknown`. */
  readonly refusedBy: readonly IsolationLayer[];
  /** For a pod that asks for nothing: what its container is to be given, which holds it as well as a refusal. */
  readonly given?: {
    readonly requests: ContainerAmounts;
    readonly limits: ContainerAmounts;
  };
}

/** What the API server answered to one attempt. */
export type ProbeAnswer =
  | {
      readonly kind: 'allowed';
      /** As the server would have stored it. */
      readonly object?: KubeObject;
    }
  | {
      readonly kind: 'refused';
      /** HTTP status: 403, 422, 409, 404. */
      readonly status: number;
      /** The server's own words. */
      readonly message: string;
    }
  | { readonly kind: 'failed'; readonly message: string };
