import { Permission } from '@backstage/plugin-permission-common';
import { z } from 'zod';
import { ChartOffers, ChartQuery, ChartValues } from './chartTypes';
import { LogMessage, LogQuery } from './logs';
import {
  AuditList,
  AuditQuery,
  OffboardingPlan,
  TenantApplyAnswer,
  TenantBody,
  TenantDetail,
  TenantList,
  TenantPlanAnswer,
  TenantQuery,
  TenantRef,
} from './tenantTypes';
import {
  ApplicationDetail,
  ApplicationEvent,
  ApplicationList,
  ApplicationQuery,
  ApplicationRef,
  ApplyAnswer,
  ClusterSummary,
  Freshness,
  PlanAnswer,
} from './types';

/** One route of the HTTP API: what it takes, what it answers, who may call it. */
export interface ApiRoute<
  Answer = unknown,
  Params = unknown,
  Query = unknown,
  Body = unknown,
> {
  readonly method: 'get' | 'post' | 'delete';
  /** In Express notation, below `/api/paas`. */
  readonly path: string;
  readonly summary: string;
  /**
   * Who may call it. `public` is open to everybody, `signed-in` to every signed-in user. Of several permissions one has
   * to be given for the call to begin, the route then asks for the one that the case needs.
   */
  readonly access: readonly Permission[] | 'public' | 'signed-in';
  /** Schema of an object; unknown fields are refused. */
  readonly params: z.ZodType<Params>;
  /** Schema of an object; unknown fields are refused. */
  readonly query: z.ZodType<Query>;
  /** Accepts `undefined` when nothing is sent. */
  readonly body: z.ZodType<Body>;
  readonly answer: z.ZodType<Answer>;
  /** True when a specification is read: refused input is answered with 422 and its problems. */
  readonly refusesInput?: boolean;
  /** `application/json` unless said otherwise. */
  readonly contentType?: string;
}

/** A route about one tenant. */
export type TenantRoute<Answer, Query = unknown, Body = unknown> = ApiRoute<
  Answer,
  TenantRef,
  Query,
  Body
>;

/** A route about one application. */
export type ApplicationRoute<
  Answer,
  Query = unknown,
  Body = unknown,
> = ApiRoute<Answer, ApplicationRef, Query, Body>;

/**
 * An Application to plan or apply. `application` is the file's text (YAML or JSON, exactly one document) or the object.
 * `namespace` counts when the document names none.
 */
export interface ApplicationBody {
  readonly cluster: string;
  readonly namespace?: string;
  readonly application: string | Readonly<Record<string, unknown>>;
}

/** As for planning; `force` takes over fields that another field manager owns. */
export interface ApplyBody extends ApplicationBody {
  readonly force?: boolean;
}

/** The release to pin; `null` lets the application follow its specification again. */
export interface RollbackBody {
  readonly revision: number | null;
}

/** Names one object of an application. */
export interface ObjectQuery {
  readonly kind: string;
  readonly name: string;
  readonly apiVersion?: string;
}

/** Answer of `GET .../objects`: the live object as YAML, without managedFields; values of Secrets are masked. */
export interface ObjectAnswer {
  readonly yaml: string;
}

/** Answer of `GET .../events`. */
export interface EventsAnswer {
  readonly items: readonly ApplicationEvent[];
  readonly freshness: Freshness;
}

/** Answer of `GET /clusters`. */
export interface ClustersAnswer {
  readonly items: readonly ClusterSummary[];
}

/** Answer of `GET /health`: the backend lives; clusters may be stale and it still does. */
export interface HealthAnswer {
  readonly status: 'ok';
  readonly clusters: Readonly<Record<string, Freshness['kind']>>;
}

/** Answer of the verbs that change one application. `changed` is false when it already was as asked. */
export interface ChangeAnswer {
  readonly changed: boolean;
}

/** Every route of the HTTP API, by its operation id in the OpenAPI document. */
export type ApiRoutes = {
  readonly listApplications: ApiRoute<
    ApplicationList,
    unknown,
    ApplicationQuery
  >;
  readonly getApplication: ApplicationRoute<ApplicationDetail>;
  readonly getObject: ApplicationRoute<ObjectAnswer, ObjectQuery>;
  readonly listEvents: ApplicationRoute<EventsAnswer>;
  readonly readLogs: ApplicationRoute<LogMessage, LogQuery>;
  readonly plan: ApiRoute<PlanAnswer, unknown, unknown, ApplicationBody>;
  readonly apply: ApiRoute<ApplyAnswer, unknown, unknown, ApplyBody>;
  readonly rollback: ApplicationRoute<ChangeAnswer, unknown, RollbackBody>;
  readonly pause: ApplicationRoute<ChangeAnswer>;
  readonly resume: ApplicationRoute<ChangeAnswer>;
  /** `uid` guards against deleting a successor of the same name. */
  readonly deleteApplication: ApplicationRoute<
    ChangeAnswer,
    { readonly uid?: string }
  >;
  readonly listTenants: ApiRoute<TenantList, unknown, TenantQuery>;
  readonly getTenant: TenantRoute<TenantDetail>;
  readonly planTenant: ApiRoute<TenantPlanAnswer, unknown, unknown, TenantBody>;
  readonly applyTenant: ApiRoute<
    TenantApplyAnswer,
    unknown,
    unknown,
    TenantBody
  >;
  readonly planOffboarding: TenantRoute<OffboardingPlan>;
  /** `confirm` repeats the tenant's name; `uid` guards against a successor of the same name. */
  readonly deleteTenant: TenantRoute<
    ChangeAnswer,
    { readonly uid?: string; readonly confirm: string }
  >;
  readonly listAudit: ApiRoute<AuditList, unknown, AuditQuery>;
  readonly listCharts: ApiRoute<ChartOffers>;
  readonly getChart: ApiRoute<ChartValues, unknown, ChartQuery>;
  readonly listClusters: ApiRoute<ClustersAnswer>;
  readonly stream: ApiRoute<
    string,
    unknown,
    { readonly topic: readonly string[] }
  >;
  readonly openApi: ApiRoute<{ readonly openapi: string }>;
  readonly health: ApiRoute<HealthAnswer>;
};
