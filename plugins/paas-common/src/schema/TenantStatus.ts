import { Condition } from './ApplicationStatus';

/** The four dimensions of isolation, and the pods' own limits. */
export const isolationDimensions = [
  'network',
  'resources',
  'identity',
  'storage',
  'podSecurity',
] as const;

export type IsolationDimension = (typeof isolationDimensions)[number];

/** Who said no: the layer that refused a probe, or the arithmetic that proved it. */
export const isolationLayers = [
  'rbac',
  'admissionPolicy',
  'podSecurity',
  'quota',
  'validation',
  'evaluator',
] as const;

export type IsolationLayer = (typeof isolationLayers)[number];

/** What came of trying one forbidden thing with a dry run, as the tenant. */
export interface TenantCheck {
  /** Stable, kebab-case: `developer-reads-other-namespace`. */
  readonly id: string;
  readonly dimension: IsolationDimension;
  /** What was tried, as a sentence: `A developer lists the secrets of another tenant.` */
  readonly title: string;
  /** `notEnforced`: it was let through. `unknown`: it could not be tried, or the answer does not tell. */
  readonly result: 'enforced' | 'notEnforced' | 'unknown';
  readonly by?: IsolationLayer;
  /** The API server's own words, shortened, or why nothing is known. */
  readonly evidence: string;
}

export const tenantStates = [
  'Ready',
  'Progressing',
  'Degraded',
  'Failed',
  'Offboarding',
  'Unknown',
] as const;

/** `Ready`: provisioned, and every check enforced. Never green while a check is unknown or not enforced. */
export type TenantState = (typeof tenantStates)[number];

export interface TenantEnvironmentStatus {
  readonly name: string;
  readonly namespace: string;
  readonly state: TenantState;
  /** One word why, from the list of reasons. */
  readonly reason: string;
  /** One sentence why. */
  readonly message: string;
  readonly checks: readonly TenantCheck[];
}

/** What the operator reports of a tenant. */
export interface TenantStatus {
  readonly observedGeneration: number;
  readonly state: TenantState;
  readonly message: string;
  readonly environments: readonly TenantEnvironmentStatus[];
  /** Objects that were refused, left alone or kept. */
  readonly notices?: readonly {
    readonly ref: {
      readonly apiVersion: string;
      readonly kind: string;
      readonly namespace?: string;
      readonly name: string;
    };
    readonly reason: string;
    readonly message: string;
  }[];
  readonly conditions: readonly (Omit<Condition, 'type'> & {
    readonly type: TenantConditionType;
  })[];
}

/** `Ready` is the sum of the others. */
export const tenantConditionTypes = [
  'Valid',
  'Provisioned',
  'Isolated',
  'Ready',
] as const;

export type TenantConditionType = (typeof tenantConditionTypes)[number];
