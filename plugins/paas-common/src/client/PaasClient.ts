import { ChartOffers, ChartQuery, ChartValues } from '../api/chartTypes';
import {
  ApiRoute,
  ApplicationBody,
  ApplyBody,
  ChangeAnswer,
  ClustersAnswer,
  EventsAnswer,
  ObjectAnswer,
  ObjectQuery,
} from '../api/ApiRoutes';
import { LogMessage, LogQuery } from '../api/logs';
import { parseLogMessage } from '../api/logSchemas';
import { apiRoutes } from '../api/routes';
import { parseStreamMessage } from '../api/streamSchemas';
import {
  ApplicationDetail,
  ApplicationList,
  ApplicationQuery,
  ApplicationRef,
  ApplyAnswer,
  PlanAnswer,
} from '../api/types';
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
} from '../api/tenantTypes';
import { openStream, StreamHandlers, Timers } from './openStream';
import { PaasClientError } from './PaasClientError';
import { readErrorBody } from './readErrorBody';

export interface PaasClientOptions {
  /** Address of the API, for example `http://localhost:7007/api/paas`; asked for at each request. */
  readonly baseUrl: () => Promise<string>;
  /** Adds the credentials: Backstage's `fetchApi.fetch`, or a `fetch` with a token. */
  readonly fetch: (input: string, init?: RequestInit) => Promise<Response>;
  readonly timers?: Timers;
  readonly random?: () => number;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
}

interface Call {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

const systemTimers: Timers = {
  set(callback, milliseconds) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
};

/**
 * Client of the HTTP API of `paas-backend`, for the portal, for tests and for tools. Answers are checked against the
 * API's schemas; every failure is a `PaasClientError` with the server's sentence.
 */
export class PaasClient {
  constructor(private readonly options: PaasClientOptions) {}

  /** One page of the applications that the user may see. */
  listApplications(
    query: ApplicationQuery = {},
    options: CallOptions = {},
  ): Promise<ApplicationList> {
    const { listApplications } = apiRoutes;
    return this.call(listApplications, { query: { ...query }, ...options });
  }

  /** Everything the Application page shows. A foreign application is as missing as one that never was. */
  getApplication(
    ref: ApplicationRef,
    options: CallOptions = {},
  ): Promise<ApplicationDetail> {
    const params = paramsOf(ref);
    return this.call(apiRoutes.getApplication, { params, ...options });
  }

  /** One live object of the application as YAML. */
  getObject(
    ref: ApplicationRef,
    object: ObjectQuery,
    options: CallOptions = {},
  ): Promise<ObjectAnswer> {
    const params = paramsOf(ref);
    const query = { ...object };
    return this.call(apiRoutes.getObject, { params, query, ...options });
  }

  /** Events about the application and its objects, newest first. */
  listEvents(
    ref: ApplicationRef,
    options: CallOptions = {},
  ): Promise<EventsAnswer> {
    return this.call(apiRoutes.listEvents, {
      params: paramsOf(ref),
      ...options,
    });
  }

  /** What applying would do. Refused input is an answer, not an error. */
  plan(body: ApplicationBody, options: CallOptions = {}): Promise<PlanAnswer> {
    return this.call(apiRoutes.plan, { body, ...options });
  }

  /** Creates or changes an application as the signed-in user. Refused input and fields of others are answers, not errors. */
  apply(body: ApplyBody, options: CallOptions = {}): Promise<ApplyAnswer> {
    return this.call(apiRoutes.apply, { body, ...options });
  }

  /** Pins a release; `null` lets the application follow its specification again. */
  rollback(
    ref: ApplicationRef,
    revision: number | null,
  ): Promise<ChangeAnswer> {
    const params = paramsOf(ref);
    return this.call(apiRoutes.rollback, { params, body: { revision } });
  }

  /** Stops writing for the application. */
  pause(ref: ApplicationRef): Promise<ChangeAnswer> {
    return this.call(apiRoutes.pause, { params: paramsOf(ref) });
  }

  /** Ends a pause. */
  resume(ref: ApplicationRef): Promise<ChangeAnswer> {
    return this.call(apiRoutes.resume, { params: paramsOf(ref) });
  }

  /** Deletes an application; with `uid` only this one and no successor of the same name. */
  deleteApplication(
    ref: ApplicationRef,
    options: { readonly uid?: string } = {},
  ): Promise<ChangeAnswer> {
    const { deleteApplication } = apiRoutes;
    return this.call(deleteApplication, {
      params: paramsOf(ref),
      query: { ...options },
    });
  }

  /** The tenants that the user may see. */
  listTenants(
    query: TenantQuery = {},
    options: CallOptions = {},
  ): Promise<TenantList> {
    const { listTenants } = apiRoutes;
    return this.call(listTenants, { query: { ...query }, ...options });
  }

  /** Everything the Tenant page shows. A foreign tenant is as missing as one that never was. */
  getTenant(ref: TenantRef, options: CallOptions = {}): Promise<TenantDetail> {
    const params = { ...ref };
    return this.call(apiRoutes.getTenant, { params, ...options });
  }

  /** What applying would do. Refused input is an answer, not an error. */
  planTenant(
    body: TenantBody,
    options: CallOptions = {},
  ): Promise<TenantPlanAnswer> {
    return this.call(apiRoutes.planTenant, { body, ...options });
  }

  /** Creates or changes a tenant as the signed-in user. Refused input and fields of others are answers, not errors. */
  applyTenant(
    body: TenantBody,
    options: CallOptions = {},
  ): Promise<TenantApplyAnswer> {
    return this.call(apiRoutes.applyTenant, { body, ...options });
  }

  /** What goes and what stays when the tenant goes. */
  planOffboarding(
    ref: TenantRef,
    options: CallOptions = {},
  ): Promise<OffboardingPlan> {
    const params = { ...ref };
    return this.call(apiRoutes.planOffboarding, { params, ...options });
  }

  /** Offboards a tenant; `confirm` is its name. */
  deleteTenant(
    ref: TenantRef,
    query: { readonly uid?: string; readonly confirm: string },
  ): Promise<ChangeAnswer> {
    const params = { ...ref };
    return this.call(apiRoutes.deleteTenant, { params, query: { ...query } });
  }

  /** One page of the audit trail, newest first. */
  listAudit(
    query: AuditQuery = {},
    options: CallOptions = {},
  ): Promise<AuditList> {
    return this.call(apiRoutes.listAudit, { query: { ...query }, ...options });
  }

  /** Charts that components may name. */
  listCharts(options: CallOptions = {}): Promise<ChartOffers> {
    return this.call(apiRoutes.listCharts, options);
  }

  /** Values of a chart, and their schema. */
  getChart(query: ChartQuery, options: CallOptions = {}): Promise<ChartValues> {
    return this.call(apiRoutes.getChart, { query: { ...query }, ...options });
  }

  /** The clusters and how fresh what is known of them is. */
  listClusters(options: CallOptions = {}): Promise<ClustersAnswer> {
    return this.call(apiRoutes.listClusters, options);
  }

  /**
   * Live changes of several topics: `applicationsTopic(query)` and `applicationTopic(ref)`. The first message of a
   * topic, and the first after `resync`, is its complete state; later ones are changes. Resolves when `signal` aborts.
   */
  stream(topics: readonly string[], handlers: StreamHandlers): Promise<void> {
    const { fetch, timers = systemTimers, random = Math.random } = this.options;
    const query = { topic: topics };
    const connect = async (init: RequestInit) =>
      fetch(await this.address(apiRoutes.stream, { query }), init);
    const parse = parseStreamMessage;
    return openStream({ connect, parse, timers, random }, handlers);
  }

  /**
   * What containers of the application print. Resolves when the server has nothing more to send (always without
   * `follow`) or `signal` aborts. After an interruption the last lines come again: `at` tells which are known.
   */
  async readLogs(
    ref: ApplicationRef,
    query: LogQuery,
    handlers: StreamHandlers<LogMessage>,
  ): Promise<void> {
    const { fetch, timers = systemTimers, random = Math.random } = this.options;
    const params = paramsOf(ref);
    const connect = async (init: RequestInit) =>
      fetch(
        await this.address(apiRoutes.readLogs, { params, query: { ...query } }),
        init,
      );
    const over = new AbortController();
    const signal = AbortSignal.any([handlers.signal, over.signal]);
    const onMessage = (message: LogMessage) => {
      handlers.onMessage(message);
      if (message.type === 'end') over.abort();
    };
    const parse = parseLogMessage;
    await openStream(
      { connect, parse, timers, random },
      { ...handlers, onMessage, signal },
    );
  }

  private async address(route: ApiRoute, call: Call): Promise<string> {
    const path = route.path.replace(/:([a-z]+)/g, (_, name: string) =>
      encodeURIComponent(call.params?.[name] ?? ''),
    );
    const query = formatQuery(call.query ?? {});
    return `${await this.options.baseUrl()}${path}${query && `?${query}`}`;
  }

  private async call<Answer>(
    route: ApiRoute<Answer>,
    call: Call,
  ): Promise<Answer> {
    const tried = `${route.method.toUpperCase()} ${route.path}`;
    const response = await this.send(route, call, tried);
    if (response.status === 409 && route.refusesInput) {
      const body = await response
        .clone()
        .json()
        .catch(() => undefined);
      const conflict = route.answer.safeParse(body);
      if (conflict.success) return conflict.data;
    }
    const refused = response.status === 422 && route.refusesInput;
    if (!response.ok && !refused) throw await readErrorBody(response, tried);
    try {
      return route.answer.parse(await response.json());
    } catch (cause) {
      throw new PaasClientError(
        `${tried} was answered in a form that this version does not know; reload the page.`,
        { status: response.status, cause },
      );
    }
  }

  private async send(
    route: ApiRoute,
    call: Call,
    tried: string,
  ): Promise<Response> {
    const headers: Record<string, string> = { accept: 'application/json' };
    if (call.body !== undefined) headers['content-type'] = 'application/json';
    try {
      return await this.options.fetch(await this.address(route, call), {
        method: route.method.toUpperCase(),
        headers,
        body: call.body === undefined ? undefined : JSON.stringify(call.body),
        signal: call.signal,
      });
    } catch (cause) {
      if (call.signal?.aborted) throw cause;
      throw new PaasClientError(
        `${tried}: the portal's backend did not answer.`,
        {
          cause,
        },
      );
    }
  }
}

function paramsOf({ cluster, namespace, name }: ApplicationRef) {
  return { cluster, namespace, name };
}

/** Query text: arrays become repeated parameters, absent values are left out, the order is that of the keys. */
export function formatQuery(query: Readonly<Record<string, unknown>>): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined && item !== '') parameters.append(key, `${item}`);
    }
  }
  return parameters.toString();
}
