import { createApiRef } from '@backstage/frontend-plugin-api';
import {
  ApplicationDetail,
  ApplicationList,
  ApplicationQuery,
  ApplicationRef,
  ApplyAnswer,
  ChartOffers,
  ChartQuery,
  ChartValues,
  ClusterSummary,
  ObjectRef,
  LogMessage,
  LogQuery,
  PlanAnswer,
  StreamHandlers,
} from '@understage/plugin-paas-common';

/** A file of one Application and where it is to go. */
export interface ApplicationFile {
  readonly cluster: string;
  readonly namespace: string;
  readonly yaml: string;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
}

/**
 * What the pages need from the platform. Failures reject with `PaasClientError`; refused input is an
 * answer, not an error.
 */
export interface PaasApi {
  listApplications(
    query: ApplicationQuery,
    options?: CallOptions,
  ): Promise<ApplicationList>;
  getApplication(
    ref: ApplicationRef,
    options?: CallOptions,
  ): Promise<ApplicationDetail>;
  /** One object of an application as YAML, secrets masked. */
  getObjectYaml(
    ref: ApplicationRef,
    object: ObjectRef,
    options?: CallOptions,
  ): Promise<string>;
  /** Charts that components may name, of the configured repositories. */
  listCharts(options?: CallOptions): Promise<ChartOffers>;
  /** Values of a chart, and their schema. */
  getChart(query: ChartQuery, options?: CallOptions): Promise<ChartValues>;
  listClusters(options?: CallOptions): Promise<readonly ClusterSummary[]>;
  plan(file: ApplicationFile): Promise<PlanAnswer>;
  /** `force` takes over fields that others set; without it they are the answer. */
  apply(
    file: ApplicationFile,
    options?: { readonly force?: boolean },
  ): Promise<ApplyAnswer>;
  setPaused(ref: ApplicationRef, paused: boolean): Promise<void>;
  planRollback(ref: ApplicationRef, revision: number): Promise<PlanAnswer>;
  /** Pins a release; `null` lets the application follow its specification again. */
  rollback(ref: ApplicationRef, revision: number | null): Promise<void>;
  deleteApplication(ref: ApplicationRef): Promise<void>;
  /**
   * One live stream, which keeps itself up until the signal aborts. The first message of a topic, and the first after
   * `resync`, is its complete state. Rejects when the server refuses it for good.
   */
  stream(topics: readonly string[], handlers: StreamHandlers): Promise<void>;
  /** Logs; resolves when nothing more comes. Keeps itself up; after an interruption the last lines come again. */
  readLogs(
    ref: ApplicationRef,
    query: LogQuery,
    handlers: StreamHandlers<LogMessage>,
  ): Promise<void>;
}

/** The platform, as the pages see it. */
export const paasApiRef = createApiRef<PaasApi>({
  id: 'plugin.paas.applications',
});
