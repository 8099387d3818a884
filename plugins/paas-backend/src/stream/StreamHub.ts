import {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import {
  applicationReadPermission,
  Freshness,
  tenantReadPermission,
} from '@understage/plugin-paas-common';
import { ClustersChange, PaasClusters } from '@understage/plugin-paas-node';
import { createHash } from 'node:crypto';
import { Permission } from '@backstage/plugin-permission-common';
import { EventSink } from '../http/eventStream';
import { Directory } from '../people/Directory';
import { ChangeLog } from './ChangeLog';
import { createTopic } from './createTopic';
import { ParsedTopic } from './parseTopic';
import { streamChanges } from './StreamChange';
import { StreamConnection } from './StreamConnection';
import {
  readStreamRights,
  StreamRights,
  StreamRightsOptions,
} from './StreamRights';

/** Calls back again and again until the answer is called. */
export type Every = (milliseconds: number, callback: () => void) => () => void;

export interface StreamHubOptions extends StreamRightsOptions {
  readonly clusters: PaasClusters;
  readonly directory: Pick<Directory, 'latest'>;
  readonly logger: Pick<LoggerService, 'info' | 'warn'>;
  readonly now: () => Date;
  readonly every: Every;
  /** Names this process: ids of another one mean nothing here. */
  readonly instance: string;
  readonly limits?: Partial<StreamLimits>;
}

export interface StreamLimits {
  readonly connectionsPerUser: number;
  /** Changes kept for readers that come back. */
  readonly replay: number;
  readonly heartbeatMs: number;
  /** How long after a change of permissions a stream may still show what it must not; at most twice this. */
  readonly authorizeMs: number;
  /** A reader that takes nothing for this long is gone. */
  readonly stuckMs: number;
  /**
   * A stream of this age gives way to a new one of a user who has no room left: whoever lost their network holds dead
   * streams until the system's timeout of a quarter of an hour. One that lives comes back by itself.
   */
  readonly giveWayMs: number;
}

const defaultLimits: StreamLimits = {
  connectionsPerUser: 12,
  replay: 2_000,
  heartbeatMs: 15_000,
  authorizeMs: 20_000,
  stuckMs: 60_000,
  giveWayMs: 60_000,
};

/** One reader: who it is, what it listens to. */
export interface StreamRequest {
  readonly credentials: BackstageCredentials;
  /** Key that connections are counted by. */
  readonly user: string;
  readonly topics: readonly (readonly [name: string, topic: ParsedTopic])[];
  readonly lastEventId?: string;
}

interface Reader extends StreamRequest {
  readonly connection: StreamConnection;
  /** Milliseconds of `now`. */
  readonly openedAt: number;
  rights: StreamRights;
  /** Heartbeats that could not be written, one after the other; counted because clocks jump. */
  blockedBeats: number;
}

/** An open stream, as its route sees it. */
export interface OpenStream {
  drained(): void;
  closed(): void;
}

/** All streams of the process: hands changes to their readers, keeps them alive, and asks again whether they may read. */
export class StreamHub {
  private readonly readers = new Set<Reader>();
  /** Users of streams that wait for the policy: they count, or many at once would all find room. */
  private readonly opening: string[] = [];
  private readonly log: ChangeLog;
  private readonly limits: StreamLimits;
  private readonly stops: (() => void)[];

  constructor(private readonly options: StreamHubOptions) {
    const { clusters, every } = options;
    this.limits = { ...defaultLimits, ...options.limits };
    this.log = new ChangeLog(this.limits.replay);
    this.stops = [
      clusters.subscribe(change => this.take(change)),
      every(this.limits.heartbeatMs, () => this.beat()),
      every(this.limits.authorizeMs, () => {
        this.readers.forEach(reader => this.authorize(reader));
      }),
    ];
  }

  get size(): number {
    return this.readers.size;
  }

  /** True when one more stream of this user is one too many. */
  isFull(user: string): boolean {
    let open = this.opening.filter(other => other === user).length;
    for (const reader of this.readers) if (reader.user === user) open += 1;
    return open >= this.limits.connectionsPerUser;
  }

  /** Whether a user may open one more stream; the oldest of a full user gives way when it is old enough. */
  admits(user: string): boolean {
    if (!this.isFull(user)) return true;
    const oldest = [...this.readers].find(each => each.user === user);
    if (!oldest) return false;
    const age = this.options.now().getTime() - oldest.openedAt;
    if (Math.abs(age) < this.limits.giveWayMs) return false;
    this.end(oldest);
    return !this.isFull(user);
  }

  /** Opens a stream: the complete state of each topic, or what the reader missed since `lastEventId`. */
  async open(request: StreamRequest, sink: EventSink): Promise<OpenStream> {
    const rights = await this.rightsOf(request);
    const reader: Reader = {
      ...request,
      rights,
      connection: new StreamConnection(sink, sequence =>
        this.eventId(reader, sequence),
      ),
      openedAt: this.options.now().getTime(),
      blockedBeats: 0,
    };
    this.readers.add(reader);
    reader.connection.begin(this.log.sequence);
    this.subscribe(reader);
    reader.connection.pump();
    return {
      drained: () => {
        reader.blockedBeats = 0;
        reader.connection.drained();
      },
      closed: () => this.readers.delete(reader),
    };
  }

  /** Ends all streams. */
  stop(): void {
    this.stops.forEach(stop => stop());
    this.readers.forEach(reader => this.end(reader));
  }

  private async rightsOf(request: StreamRequest): Promise<StreamRights> {
    this.opening.push(request.user);
    try {
      return await readStreamRights({ ...this.options, fresh: false }, request);
    } finally {
      this.opening.splice(this.opening.indexOf(request.user), 1);
    }
  }

  private subscribe(reader: Reader) {
    const { connection, rights, topics, lastEventId } = reader;
    const missed = this.missedSince(reader);
    for (const [name, parsed] of topics) {
      const topic = createTopic(name, parsed, { ...this.options, rights });
      const isList =
        parsed.kind === 'applications' || parsed.kind === 'tenants';
      if (isList && isDenied(parsed, rights)) {
        connection.notify(denied(name, parsed));
      } else if (lastEventId !== undefined && !missed)
        connection.replace(topic);
      else connection.subscribe(topic, missed);
    }
    if (seesSomething(rights)) {
      this.options.clusters.names.forEach(name =>
        connection.notify(this.freshness(name)),
      );
    }
  }

  private missedSince(reader: Reader) {
    const { lastEventId } = reader;
    const sequence = Number(lastEventId?.split('.')[1]);
    const isOurs =
      Number.isSafeInteger(sequence) &&
      lastEventId === this.eventId(reader, sequence);
    return isOurs ? this.log.since(sequence) : undefined;
  }

  // An id is good for the same topics under the same rules in the same process; for anything else it means nothing.
  private eventId({ topics, rights }: Reader, sequence: number): string {
    const names = topics.map(([name]) => name).join('\n');
    const hash = createHash('sha256')
      .update(`${rights.signature}\n${names}`)
      .digest('hex');
    return `${this.options.instance}.${sequence}.${hash.slice(0, 8)}`;
  }

  private take(change: ClustersChange) {
    const changes = streamChanges(change);
    this.log.append(changes);
    const { sequence } = this.log;
    for (const { connection, rights } of this.readers) {
      if (seesSomething(rights)) {
        change.freshness.forEach(name =>
          connection.notify(this.freshness(name)),
        );
      }
      connection.accept(changes, sequence);
    }
  }

  private freshness(cluster: string): string {
    const freshness: Freshness = this.options.clusters.freshness(cluster);
    return JSON.stringify({ type: 'freshness', cluster, freshness });
  }

  private beat() {
    const at = this.options.now().toISOString();
    const { heartbeatMs, stuckMs } = this.limits;
    for (const reader of this.readers) {
      const { connection } = reader;
      if (!connection.isBlocked) {
        connection.notify(JSON.stringify({ type: 'heartbeat', at }));
        connection.pump();
        continue;
      }
      reader.blockedBeats += 1;
      const forMs = (reader.blockedBeats - 1) * heartbeatMs;
      if (forMs >= stuckMs) this.end(reader);
    }
  }

  // Closing is the answer to every doubt: the reader comes back with fresh credentials, or does not come back.
  private async authorize(reader: Reader): Promise<void> {
    const { credentials } = reader;
    const { now, logger } = this.options;
    if (credentials.expiresAt && credentials.expiresAt <= now()) {
      this.end(reader);
      return;
    }
    try {
      const asked = { ...this.options, fresh: true };
      const rights = await readStreamRights(asked, reader);
      if (this.readers.has(reader)) this.obey(reader, rights);
    } catch (error) {
      logger.warn('A stream could not be authorized again and was closed', {
        why: error instanceof Error ? error.message : String(error),
      });
      this.end(reader);
    }
  }

  private obey(reader: Reader, rights: StreamRights) {
    if (reader.rights.signature === rights.signature) return;
    reader.rights = rights;
    const { connection, topics } = reader;
    for (const [name, parsed] of topics) {
      if (isDenied(parsed, rights)) {
        connection.unsubscribe(name);
        connection.notify(denied(name, parsed));
      } else {
        const context = { ...this.options, rights };
        connection.replace(createTopic(name, parsed, context));
      }
    }
    connection.pump();
  }

  private end(reader: Reader) {
    this.readers.delete(reader);
    reader.connection.end();
  }
}

function isAboutTenants({ kind }: ParsedTopic): boolean {
  return kind === 'tenants' || kind === 'tenant';
}

function isDenied(topic: ParsedTopic, rights: StreamRights): boolean {
  return isAboutTenants(topic)
    ? rights.tenants.denied
    : rights.applications.denied;
}

function seesSomething({ applications, tenants }: StreamRights): boolean {
  return !applications.denied || !tenants.denied;
}

function denied(topic: string, parsed: ParsedTopic): string {
  const { name }: Permission = isAboutTenants(parsed)
    ? tenantReadPermission
    : applicationReadPermission;
  const message = `You lack the permission ${name} for this.`;
  return JSON.stringify({ type: 'denied', topic, message });
}
