import { TenantDetail } from '@understage/plugin-paas-common';
import { TenantRecord } from '@understage/plugin-paas-node';
import { tenantDetail } from '../tenants/tenantDetail';
import { StreamChange } from './StreamChange';
import { tenantKeysOf } from './tenantKeysOf';
import { Topic, TopicContext } from './Topic';

/** One tenant, whole. Not there and not theirs to see are the same: no detail. */
export class TenantTopic implements Topic {
  /** What the reader holds, but for its age. */
  private held = '';

  constructor(
    readonly name: string,
    private readonly key: string,
    private readonly context: TopicContext,
  ) {}

  state(): string {
    const detail = this.detail();
    this.held = contentOf(detail);
    return this.message(detail);
  }

  concerns(change: StreamChange): boolean {
    return tenantKeysOf(change).includes(this.key);
  }

  // Whoever sees it neither before nor now must not learn that something happened.
  resume(missed: Iterable<StreamChange>): string | undefined {
    const all = [...missed];
    const wasVisible = all.some(
      change => change.kind === 'tenant' && this.isVisible(change.before),
    );
    const detail = this.detail();
    this.held = contentOf(detail);
    const tells = all.length > 0 && (wasVisible || detail);
    return tells ? this.message(detail) : undefined;
  }

  changes(): string | undefined {
    const detail = this.detail();
    const content = contentOf(detail);
    if (content === this.held) return undefined;
    this.held = content;
    return this.message(detail);
  }

  private isVisible(record: TenantRecord | undefined): boolean {
    return record !== undefined && this.context.rights.tenants.allows(record);
  }

  private detail(): TenantDetail | undefined {
    const { clusters, rights, directory } = this.context;
    const record = clusters.tenants().get(this.key);
    // One that this version can not read has no page: there is nothing true to be said of it.
    if (!record?.tenant || !this.isVisible(record)) return undefined;
    const { person: reader } = rights;
    const may = rights.may(record);
    const people = directory.latest();
    return tenantDetail(record, { clusters, may, reader, people });
  }

  private message(detail: TenantDetail | undefined): string {
    return JSON.stringify({ type: 'tenant', topic: this.name, detail });
  }
}

function contentOf(detail: TenantDetail | undefined): string {
  return JSON.stringify({ ...detail, freshness: undefined });
}
