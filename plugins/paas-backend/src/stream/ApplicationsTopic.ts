import { ComponentState } from '@understage/plugin-paas-common';
import {
  ApplicationChange,
  ApplicationRecord,
} from '@understage/plugin-paas-node';
import { ApplicationFilters } from '../list/applicationFilter';
import { StreamChange } from './StreamChange';
import { Topic, TopicContext } from './Topic';

/** Every application that matches. Totals are carried along, so a change costs no look at the others. */
export class ApplicationsTopic implements Topic {
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

  resume(missed: Iterable<StreamChange>): string | undefined {
    this.countAll();
    const { upserts, removed } = this.difference(applicationsOf(missed));
    return this.message(upserts, removed);
  }

  concerns(change: StreamChange): boolean {
    if (change.kind !== 'application') return false;
    return change.before?.summaryJson !== change.after?.summaryJson;
  }

  changes(changes: Iterable<StreamChange>): string | undefined {
    const all = applicationsOf(changes);
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
    const { applications } = this.context.rights;
    return (
      applications.allows(record) && this.filters.matchesAllButState(record)
    );
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

function applicationsOf(
  changes: Iterable<StreamChange>,
): readonly ApplicationChange[] {
  return [...changes].flatMap(change =>
    change.kind === 'application' ? [change] : [],
  );
}
