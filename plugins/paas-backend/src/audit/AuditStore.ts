import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import {
  AuditEntry,
  AuditList,
  AuditQuery,
} from '@understage/plugin-paas-common';
import { Knex } from 'knex';
import { z } from 'zod';

const TABLE = 'paas_audit';
const PRUNED_AT_ONCE = 1_000;
const DEFAULT_LIMIT = 100;

/** What a call turned out to be about. */
export interface AuditPlace {
  readonly cluster?: string;
  readonly tenant?: string;
  readonly tenantUid?: string;
  readonly namespace?: string;
  readonly name?: string;
}

/** How a call ended. */
export type AuditOutcome = AuditPlace &
  Pick<AuditEntry, 'allowed' | 'result' | 'message'>;

export type AuditLine = AuditOutcome &
  Pick<AuditEntry, 'at' | 'who' | 'action'>;

const text = z
  .string()
  .nullish()
  .transform(value => value ?? undefined);

// PostgreSQL writes large numbers as text, SQLite booleans as numbers.
const rowSchema = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  at: z.string(),
  who: z.string(),
  action: z.string(),
  cluster: text,
  tenant: text,
  namespace: text,
  name: text,
  allowed: z.union([z.boolean(), z.number()]).transform(Boolean),
  result: z.enum(['succeeded', 'failed', 'refused', 'unknown']),
  message: text,
});
const idSchema = z.object({ id: z.union([z.string(), z.number()]) });

/** The audit trail in the plugin's database. */
export class AuditStore {
  private constructor(private readonly knex: Knex) {}

  /** Brings the tables up to date first. */
  static async create(database: DatabaseService): Promise<AuditStore> {
    const knex = await database.getClient();
    if (!database.migrations?.skip) {
      const directory = resolvePackagePath(
        '@understage/plugin-paas-backend',
        'migrations',
      );
      await knex.migrate.latest({ directory });
    }
    return new AuditStore(knex);
  }

  /** Writes a line; answers its id. */
  async add(line: AuditLine): Promise<string> {
    const { at, who, action } = line;
    const rows: unknown[] = await this.knex(TABLE)
      .insert({ at, who, action, ...columns(line) })
      .returning('id');
    return String(idSchema.parse(rows[0]).id);
  }

  /** Writes down how it ended. */
  async finish(id: string, outcome: AuditOutcome): Promise<void> {
    const known = Object.entries(columns(outcome)).filter(
      ([, value]) => value !== null,
    );
    await this.knex(TABLE)
      .where({ id })
      .update({ message: null, ...Object.fromEntries(known) });
  }

  /** A page, newest first; `tenantUids` are those whose lines may be seen, absent for everything. */
  async list(
    query: AuditQuery,
    tenantUids: readonly string[] | undefined,
  ): Promise<AuditList> {
    const { limit = DEFAULT_LIMIT, cursor, ...equal } = query;
    const conditions = Object.fromEntries(
      Object.entries(equal).filter(([, value]) => value !== undefined),
    );
    const select = this.knex(TABLE).where(conditions);
    if (tenantUids) select.whereIn('tenant_uid', [...tenantUids]);
    if (cursor !== undefined) select.where('id', '<', cursor);
    const rows: unknown[] = await select.orderBy('id', 'desc').limit(limit + 1);
    const items = rows.slice(0, limit).map(row => rowSchema.parse(row));
    const last = items.at(-1);
    return {
      items,
      ...(rows.length > limit && last && { nextCursor: last.id }),
    };
  }

  /** Deletes what is older, some lines at a time so that nobody waits for it. */
  async prune(before: string, signal?: AbortSignal): Promise<number> {
    let pruned = 0;
    while (!signal?.aborted) {
      const rows: unknown[] = await this.knex(TABLE)
        .select('id')
        .where('at', '<', before)
        .orderBy('id')
        .limit(PRUNED_AT_ONCE);
      if (rows.length === 0) break;
      const ids = rows.map(row => idSchema.parse(row).id);
      pruned += await this.knex(TABLE).whereIn('id', ids).delete();
    }
    return pruned;
  }
}

function columns(outcome: AuditOutcome) {
  const { tenantUid, cluster, tenant, namespace, name, message } = outcome;
  const { allowed, result } = outcome;
  return {
    cluster: cut(cluster),
    tenant: cut(tenant),
    tenant_uid: tenantUid ?? null,
    namespace: cut(namespace),
    name: cut(name),
    allowed,
    result,
    message: message ?? null,
  };
}

function cut(value: string | undefined): string | null {
  return value?.slice(0, 256) ?? null;
}
