import {
  ApplicationQuery,
  applicationQuerySchema,
  ApplicationRef,
  ComponentState,
  formatApplicationRef,
  parseApplicationRef,
} from '@understage/plugin-paas-common';
import {
  ApplicationChange,
  ApplicationRecord,
  PaasClusters,
} from '@understage/plugin-paas-node';
import { ApplicationDecision } from '../authorization/ApplicationAuthorizer';
import {
  ApplicationFilters,
  applicationFilters,
} from '../list/applicationFilter';

/** What somebody listens to: a complete state first, changes from then on. Messages are JSON, ready to be sent. */
export interface Topic {
  /** As the subscriber wrote it. */
  readonly name: string;
  /** The complete state; changes told later are relative to it. */
  state(): string;
  /** The message for a reader who holds an older state, and from here on gets changes. */
  resume(missed: Iterable<ApplicationChange>): string | undefined;
  /** The message for these changes; `undefined` when they do not concern the topic. */
  changes(changes: Iterable<ApplicationChange>): string | undefined;
  /** Whether a change could concern the topic at all; cheap, asked for every change. */
  concerns(change: ApplicationChange): boolean;
}

export interface TopicContext {
  readonly clusters: PaasClusters;
  readonly decision: ApplicationDecision;
}

/** A topic's name, understood. */
export type ParsedTopic =
  | { readonly kind: 'applications'; readonly query: ApplicationQuery }
  | { readonly kind: 'application'; readonly ref: ApplicationRef };

/** Reads a topic's name, or says in a sentence why it is none. */
export function parseTopic(name: string): ParsedTopic | string {
  if (name.startsWith('application/')) {
    const ref = parseApplicationRef(name.slice('application/'.length));
    return ref
      ? { kind: 'application', ref }
      : `"${name}" is no topic: write application/cluster/namespace/name.`;
  }
  const [head, search = ''] = name.split(/\?(.*)/s);
  if (head !== 'applications') {
    return `"${name}" is no topic: there are applications?query and application/cluster/namespace/name.`;
  }
  const query = applicationQuerySchema.safeParse(parseSearch(search));
  if (query.success) return { kind: 'applications', query: query.data };
  const [issue] = query.error.issues;
  return `The query of "${name}" is not as it should be. ${issue?.path.join(
    '.',
  )}: ${issue?.message}.`;
}

function parseSearch(search: string): Record<string, unknown> {
  const parameters = new URLSearchParams(search);
  const keys = new Set(parameters.keys());
  return Object.fromEntries(
    [...keys].map(key => {
      const values = parameters.getAll(key);
      return [key, values.length > 1 ? values : values[0]];
    }),
  );
}

/** Makes the topic of a name that `parseTopic` understood. */
export function createTopic(
  name: string,
  parsed: ParsedTopic,
  context: TopicContext,
): Topic {
  return parsed.kind === 'applications'
    ? new ApplicationsTopic(name, applicationFilters(parsed.query), context)
    : new ApplicationTopic(name, formatApplicationRef(parsed.ref), context);
}

/** Every application that matches. Totals are carried along, so a change costs no look at the others. */
class ApplicationsTopic implements Topic {
  private total = 0;
  private counts: Partial<Record<ComponentState, number>> = {};

  constructor(
    readonly name: string,
    private readonly filters: ApplicationFilters,
    private readonly context: TopicContext,
  ) {}

  state(): string {
    this.countAll();
    const upserts: string[] = [];
    for (const record of this.context.clusters.records().values()) {
      if (this.matches(record)) upserts.push(record.summaryJson);
    }
    return this.message(upserts, []);
  }

  resume(missed: Iterable<ApplicationChange>): string | undefined {
    this.countAll();
    const { upserts, removed } = this.difference(missed);
    return this.message(upserts, removed);
  }

  concerns({ before, after }: ApplicationChange): boolean {
    return before?.summaryJson !== after?.summaryJson;
  }

  changes(changes: Iterable<ApplicationChange>): string | undefined {
    const all = [...changes];
    let counted = false;
    for (const { before, after } of all) {
      counted = this.count(before, -1) || counted;
      counted = this.count(after, 1) || counted;
    }
    if (!counted) return undefined;
    const { upserts, removed } = this.difference(all);
    return this.message(upserts, removed);
  }

  private difference(changes: Iterable<ApplicationChange>) {
    const upserts: string[] = [];
    const removed: string[] = [];
    for (const { key, before, after } of changes) {
      const was = before !== undefined && this.matches(before);
      const is = after !== undefined && this.matches(after);
      if (is && !(was && before.summaryJson === after.summaryJson)) {
        upserts.push(after.summaryJson);
      } else if (was && !is) removed.push(key);
    }
    return { upserts, removed };
  }

  private countAll() {
    this.total = 0;
    this.counts = {};
    for (const record of this.context.clusters.records().values()) {
      this.count(record, 1);
    }
  }

  private matches(record: ApplicationRecord): boolean {
    return this.isCounted(record) && this.filters.matchesState(record);
  }

  private isCounted(record: ApplicationRecord): boolean {
    const { decision } = this.context;
    return decision.allows(record) && this.filters.matchesAllButState(record);
  }

  private count(record: ApplicationRecord | undefined, by: 1 | -1): boolean {
    if (!record || !this.isCounted(record)) return false;
    const { state } = record.summary;
    const count = (this.counts[state] ?? 0) + by;
    if (count > 0) this.counts[state] = count;
    else delete this.counts[state];
    if (this.filters.matchesState(record)) this.total += by;
    return true;
  }

  private message(upserts: readonly string[], removed: readonly string[]) {
    const topic = JSON.stringify(this.name);
    const counts = JSON.stringify(this.counts);
    return `{"type":"applications","topic":${topic},"upserts":[${upserts}],"removed":${JSON.stringify(
      removed,
    )},"total":${this.total},"counts":${counts}}`;
  }
}

/** One application, whole. Not there and not theirs to see are the same: no detail. */
class ApplicationTopic implements Topic {
  constructor(
    readonly name: string,
    private readonly key: string,
    private readonly context: TopicContext,
  ) {}

  state(): string {
    return this.message(this.context.clusters.records().get(this.key));
  }

  resume(missed: Iterable<ApplicationChange>): string | undefined {
    return this.changes(missed);
  }

  concerns({ key }: ApplicationChange): boolean {
    return key === this.key;
  }

  changes(changes: Iterable<ApplicationChange>): string | undefined {
    for (const { before, after } of changes) {
      if (this.isVisible(before) || this.isVisible(after)) {
        return this.message(after);
      }
    }
    return undefined;
  }

  private isVisible(record: ApplicationRecord | undefined): boolean {
    return record !== undefined && this.context.decision.allows(record);
  }

  private message(record: ApplicationRecord | undefined): string {
    const detail = this.isVisible(record) ? record?.detail() : undefined;
    return JSON.stringify({ type: 'application', topic: this.name, detail });
  }
}
