import { ApplicationRecord } from '@understage/plugin-paas-node';
import { StreamChange } from './StreamChange';
import { Topic, TopicContext } from './Topic';

/** One application, whole. Not there and not theirs to see are the same: no detail. */
export class ApplicationTopic implements Topic {
  constructor(
    readonly name: string,
    private readonly key: string,
    private readonly context: TopicContext,
  ) {}

  state(): string {
    return this.message(this.context.clusters.records().get(this.key));
  }

  resume(missed: Iterable<StreamChange>): string | undefined {
    return this.changes(missed);
  }

  concerns({ kind, key }: StreamChange): boolean {
    return kind === 'application' && key === this.key;
  }

  changes(changes: Iterable<StreamChange>): string | undefined {
    for (const change of changes) {
      if (change.kind !== 'application') continue;
      const { before, after } = change;
      if (this.isVisible(before) || this.isVisible(after)) {
        return this.message(after);
      }
    }
    return undefined;
  }

  private isVisible(record: ApplicationRecord | undefined): boolean {
    return (
      record !== undefined && this.context.rights.applications.allows(record)
    );
  }

  private message(record: ApplicationRecord | undefined): string {
    const detail = this.isVisible(record) ? record?.detail() : undefined;
    return JSON.stringify({ type: 'application', topic: this.name, detail });
  }
}
