import {
  ApplicationDetail,
  ApplicationList,
  ApplicationQuery,
  ApplicationRef,
  ApplicationSummary,
  ApplyAnswer,
  ChartOffers,
  ChartQuery,
  ChartValues,
  ClusterSummary,
  ComponentState,
  Freshness,
  LogMessage,
  LogQuery,
  ObjectRef,
  PaasClientError,
  PlanAnswer,
  StreamHandlers,
  StreamMessage,
  applicationTopic,
  applicationsTopic,
  compareApplications,
  formatApplicationRef,
} from '@understage/plugin-paas-common';
import { ApplicationFile, PaasApi } from '../api/PaasApi';
import { readQuery } from '../model/applicationQuery';
import { FakeTenantsApi } from './FakeTenantsApi';
import { sampleDetail } from './samples';

interface OpenLog {
  readonly query: LogQuery;
  readonly handlers: StreamHandlers<LogMessage>;
}

interface OpenStream {
  readonly topics: readonly string[];
  readonly handlers: StreamHandlers;
}

type Method = keyof PaasApi;

/** A platform in memory: holds applications, answers and streams like the real one. For tests and the development page. */
export class FakePaasApi implements PaasApi {
  readonly applied: ApplicationFile[] = [];
  readonly deleted: string[] = [];
  readonly rolledBack: { ref: string; revision: number | null }[] = [];
  readonly paused = new Map<string, boolean>();
  readonly reads = { lists: 0, details: 0 };
  clusters: ClusterSummary[] = [];
  charts: ChartValues[] = [];
  missingCharts: ChartOffers['missing'] = [];
  freshness: Freshness = { kind: 'live', at: '2026-11-20T12:00:00Z' };
  planAnswer: PlanAnswer = {
    kind: 'planned',
    actions: [],
    summary: 'Nothing to do.',
    warnings: [],
  };
  applyAnswer: ApplyAnswer | undefined;
  /** How often fields were taken over. */
  forced = 0;
  objectYaml = 'apiVersion: v1\nkind: Pod\n';
  /** Every query of logs so far. */
  readonly logQueries: LogQuery[] = [];
  private readonly logs = new Set<OpenLog>();
  private readonly details = new Map<string, ApplicationDetail>();
  private readonly streams = new Set<OpenStream>();
  private readonly failures = new Map<Method, Error>();
  private streaming = true;
  /** Answers the topics about tenants. */
  tenants: FakeTenantsApi | undefined;

  constructor(summaries: readonly ApplicationSummary[] = []) {
    for (const summary of summaries) this.hold(sampleDetail({ summary }));
  }

  /** Topics of the streams that are open now, one list a stream. */
  get openTopics(): readonly (readonly string[])[] {
    return [...this.streams].map(stream => stream.topics);
  }

  /** From now on `method` fails with this error; `undefined` lets it answer again. */
  fail(method: Method, error: Error | undefined): void {
    if (error) this.failures.set(method, error);
    else this.failures.delete(method);
  }

  /** Cuts all streams; with `false` they stay down until `restoreStreams`. */
  cutStreams(why: string): void {
    this.streaming = false;
    for (const { handlers } of this.streams) {
      handlers.onState?.({ kind: 'retrying', inMs: 500, why });
    }
  }

  restoreStreams(): void {
    this.streaming = true;
    for (const { handlers } of this.streams)
      handlers.onState?.({ kind: 'open' });
  }

  /** Creates or changes an application and tells everybody who listens. */
  put(change: ApplicationSummary | ApplicationDetail): void {
    const detail =
      'summary' in change ? change : sampleDetail({ summary: change });
    this.hold(detail);
    const { summary } = detail;
    this.tell(topic => {
      if (topic === applicationTopic(summary)) {
        return { type: 'application', topic, detail };
      }
      return this.matches(summary, queryOf(topic))
        ? this.listMessage(topic, [summary], [])
        : this.listMessage(topic, [], [formatApplicationRef(summary)]);
    });
  }

  /** Takes an application away and tells everybody who listens. */
  remove(ref: ApplicationRef): void {
    const key = formatApplicationRef(ref);
    this.details.delete(key);
    this.tell(topic =>
      topic === applicationTopic(ref)
        ? { type: 'application', topic, detail: undefined }
        : this.listMessage(topic, [], [key]),
    );
  }

  /** Sends any message to every open stream. */
  send(message: StreamMessage): void {
    for (const { handlers } of this.streams) handlers.onMessage(message);
  }

  async listApplications(query: ApplicationQuery): Promise<ApplicationList> {
    this.check('listApplications');
    this.reads.lists += 1;
    const found = this.found(query).sort(compareApplications(query.sort));
    const start = Number(query.cursor ?? 0);
    const end = start + (query.limit ?? 100);
    return {
      items: found.slice(start, end),
      total: found.length,
      counts: this.counts(query),
      ...(end < found.length ? { nextCursor: String(end) } : {}),
      freshness: this.freshness,
    };
  }

  async getApplication(ref: ApplicationRef): Promise<ApplicationDetail> {
    this.check('getApplication');
    this.reads.details += 1;
    const key = formatApplicationRef(ref);
    const detail = this.details.get(key);
    if (!detail) {
      throw new PaasClientError(`No application ${key}.`, { status: 404 });
    }
    return detail;
  }

  async getObjectYaml(_: ApplicationRef, object: ObjectRef): Promise<string> {
    this.check('getObjectYaml');
    return `${this.objectYaml}metadata:\n  name: ${object.name}\n`;
  }

  async listCharts(): Promise<ChartOffers> {
    this.check('listCharts');
    return {
      charts: this.charts.map(({ chart, version }) => ({
        chart,
        description: `What ${chart} is`,
        versions: [version],
      })),
      missing: this.missingCharts,
    };
  }

  async getChart({ chart }: ChartQuery): Promise<ChartValues> {
    this.check('getChart');
    const found = this.charts.find(each => each.chart === chart);
    if (found) return found;
    throw new PaasClientError(`No chart ${chart}.`, { status: 404 });
  }

  async listClusters(): Promise<readonly ClusterSummary[]> {
    this.check('listClusters');
    return this.clusters;
  }

  async plan(): Promise<PlanAnswer> {
    this.check('plan');
    return this.planAnswer;
  }

  async apply(
    file: ApplicationFile,
    { force = false } = {},
  ): Promise<ApplyAnswer> {
    this.check('apply');
    const answer = this.applyAnswer;
    if (answer && !(force && answer.kind === 'conflict')) return answer;
    if (force) this.forced += 1;
    this.applied.push(file);
    const name = /name: (\S+)/.exec(file.yaml)?.[1] ?? 'unnamed';
    const { cluster, namespace } = file;
    return {
      kind: 'applied',
      ref: { cluster, namespace, name },
      changed: true,
      warnings: [],
    };
  }

  async setPaused(ref: ApplicationRef, paused: boolean): Promise<void> {
    this.check('setPaused');
    this.paused.set(formatApplicationRef(ref), paused);
  }

  async planRollback(): Promise<PlanAnswer> {
    this.check('planRollback');
    return this.planAnswer;
  }

  async rollback(ref: ApplicationRef, revision: number | null): Promise<void> {
    this.check('rollback');
    this.rolledBack.push({ ref: formatApplicationRef(ref), revision });
  }

  async deleteApplication(ref: ApplicationRef): Promise<void> {
    this.check('deleteApplication');
    this.deleted.push(formatApplicationRef(ref));
  }

  async stream(
    topics: readonly string[],
    handlers: StreamHandlers,
  ): Promise<void> {
    this.check('stream');
    const stream = { topics, handlers };
    this.streams.add(stream);
    handlers.onState?.({ kind: 'connecting' });
    await undefined;
    if (this.streaming && !handlers.signal.aborted) {
      handlers.onState?.({ kind: 'open' });
      for (const topic of topics) handlers.onMessage(this.complete(topic));
    }
    await new Promise<void>(resolve => {
      if (handlers.signal.aborted) resolve();
      else handlers.signal.addEventListener('abort', () => resolve());
    });
    this.streams.delete(stream);
  }

  async readLogs(
    _: ApplicationRef,
    query: LogQuery,
    handlers: StreamHandlers<LogMessage>,
  ): Promise<void> {
    this.logQueries.push(query);
    this.check('readLogs');
    const log = { query, handlers };
    this.logs.add(log);
    handlers.onState?.({ kind: 'connecting' });
    await undefined;
    if (!handlers.signal.aborted) handlers.onState?.({ kind: 'open' });
    await new Promise<void>(resolve => {
      if (handlers.signal.aborted) resolve();
      else handlers.signal.addEventListener('abort', () => resolve());
    });
    this.logs.delete(log);
  }

  /** How many logs are being read now. */
  get openLogs(): number {
    return this.logs.size;
  }

  /** Sends a message to everybody who reads logs. */
  sendLog(message: LogMessage): void {
    for (const { handlers } of this.logs) handlers.onMessage(message);
  }

  /** Interrupts everybody who reads logs, or, without a reason, takes it up again. */
  interruptLogs(why?: string): void {
    for (const { handlers } of this.logs) {
      handlers.onState?.(
        why === undefined
          ? { kind: 'open' }
          : { kind: 'retrying', inMs: 500, why },
      );
    }
  }

  private hold(detail: ApplicationDetail): void {
    this.details.set(formatApplicationRef(detail.summary), detail);
  }

  private check(method: Method): void {
    const failure = this.failures.get(method);
    if (failure) throw failure;
  }

  private complete(topic: string): StreamMessage {
    const ofTenants = this.tenants?.message(topic);
    if (ofTenants) return ofTenants;
    for (const [key, detail] of this.details) {
      if (topic === `application/${key}`) {
        return { type: 'application', topic, detail };
      }
    }
    return topic.startsWith('application/')
      ? { type: 'application', topic, detail: undefined }
      : this.listMessage(topic, this.found(queryOf(topic)), []);
  }

  private tell(message: (topic: string) => StreamMessage): void {
    for (const { topics, handlers } of this.streams) {
      for (const topic of topics) {
        const next = message(topic);
        const concerns =
          next.type === 'applications'
            ? topic.startsWith('applications')
            : true;
        if (concerns) handlers.onMessage(next);
      }
    }
  }

  private listMessage(
    topic: string,
    upserts: readonly ApplicationSummary[],
    removed: readonly string[],
  ): StreamMessage {
    const query = queryOf(topic);
    const total = this.found(query).length;
    const counts = this.counts(query);
    return { type: 'applications', topic, upserts, removed, total, counts };
  }

  private found(query: ApplicationQuery): ApplicationSummary[] {
    return [...this.details.values()]
      .map(detail => detail.summary)
      .filter(summary => this.matches(summary, query));
  }

  /** Counts leave the state filter aside, so that each chip says what choosing it would show. */
  private counts(query: ApplicationQuery): ApplicationList['counts'] {
    const counts: Partial<Record<ComponentState, number>> = {};
    for (const { state } of this.found({ ...query, state: undefined })) {
      counts[state] = (counts[state] ?? 0) + 1;
    }
    return counts;
  }

  private matches(row: ApplicationSummary, query: ApplicationQuery): boolean {
    const { state, text, reason, tenant, cluster, owner } = query;
    const wanted = { reason, tenant, cluster, owner };
    const fields = Object.entries(wanted).every(
      ([name, value]) =>
        value === undefined || row[name as keyof typeof wanted] === value,
    );
    const searched = [row.name, row.namespace, row.owner ?? '', row.message];
    return (
      fields &&
      (!state || state.includes(row.state)) &&
      (!text || searched.some(part => part.includes(text)))
    );
  }
}

function queryOf(topic: string): ApplicationQuery {
  return topic.startsWith(applicationsTopic())
    ? readQuery(new URLSearchParams(topic.split('?')[1] ?? ''))
    : {};
}
