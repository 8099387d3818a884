import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { PodLogReader } from '@understage/kube';
import {
  applicationLogsPermission,
  applicationReadPermission,
  formatApplicationRef,
  ApplicationRef,
  LogQuery,
} from '@understage/plugin-paas-common';
import { ClustersChange, PaasClusters } from '@understage/plugin-paas-node';
import { ApplicationAuthorizer } from '../authorization/ApplicationAuthorizer';
import { EndingEventSink } from '../http/eventStream';
import { Every } from '../stream/StreamHub';
import { LogOutput } from './LogOutput';
import { LogSession } from './LogSession';

export interface LogLimits {
  readonly sessionsPerUser: number;
  readonly heartbeatMs: number;
  /** How long after a change of permissions logs may still be shown. */
  readonly authorizeMs: number;
  /** A reader that takes nothing for this long is gone. */
  readonly stuckMs: number;
}

const defaultLimits: LogLimits = {
  sessionsPerUser: 8,
  heartbeatMs: 15_000,
  authorizeMs: 20_000,
  stuckMs: 60_000,
};

export interface LogHubOptions {
  readonly clusters: PaasClusters;
  readonly authorizer: ApplicationAuthorizer;
  readonly now: () => Date;
  readonly every: Every;
  readonly defer: (callback: () => void) => void;
  readonly limits?: Partial<LogLimits>;
}

export interface LogRequest {
  readonly ref: ApplicationRef;
  readonly credentials: BackstageCredentials;
  /** Key that sessions are counted by. */
  readonly user: string;
  /** As the user. */
  readonly logs: PodLogReader;
  readonly query: LogQuery;
}

interface Reader extends LogRequest {
  readonly key: string;
  readonly output: LogOutput;
  readonly session: LogSession;
  blockedSince?: number;
}

/** Everybody who reads logs: tells sessions of changes, keeps them alive, and asks again whether they may read. */
export class LogHub {
  private readonly readers = new Set<Reader>();
  private readonly limits: LogLimits;
  private readonly stops: (() => void)[];

  constructor(private readonly options: LogHubOptions) {
    const { clusters, every } = options;
    this.limits = { ...defaultLimits, ...options.limits };
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

  /** True when one more session of this user is one too many. */
  isFull(user: string): boolean {
    const own = [...this.readers].filter(reader => reader.user === user);
    return own.length >= this.limits.sessionsPerUser;
  }

  /** Begins to read; `drained` and `closed` are what the connection says of itself. */
  open(
    request: LogRequest,
    sink: EndingEventSink,
  ): { drained(): void; closed(): void } {
    const { clusters, defer } = this.options;
    const { logs, query, ref } = request;
    const key = formatApplicationRef(ref);
    const output = new LogOutput({
      write: text => sink.write(text),
      end: () => {
        this.readers.delete(reader);
        sink.end();
      },
      finish: () => {
        this.readers.delete(reader);
        sink.finish();
      },
    });
    const record = () => clusters.records().get(key);
    const session = new LogSession({ logs, query, output, record, defer });
    const reader: Reader = { ...request, key, output, session };
    this.readers.add(reader);
    session.update();
    return {
      drained: () => {
        reader.blockedSince = undefined;
        output.drained();
      },
      closed: () => session.close(),
    };
  }

  /** Ends all sessions. */
  stop(): void {
    this.stops.forEach(stop => stop());
    this.readers.forEach(({ session }) => session.close());
  }

  private take({ applications }: ClustersChange) {
    const changed = new Set(applications.map(({ key }) => key));
    for (const { key, session } of this.readers) {
      if (changed.has(key)) session.update();
    }
  }

  private beat() {
    const now = this.options.now();
    const at = now.toISOString();
    for (const reader of this.readers) {
      const { output, session } = reader;
      if (!output.isBlocked) {
        output.send({ type: 'heartbeat', at });
        continue;
      }
      reader.blockedSince ??= now.getTime();
      const blockedFor = now.getTime() - reader.blockedSince;
      if (blockedFor >= this.limits.stuckMs) session.close();
    }
  }

  // Closing is the answer to every doubt: the reader comes back with fresh credentials, or does not come back.
  private async authorize(reader: Reader): Promise<void> {
    const { credentials, session } = reader;
    const { expiresAt } = credentials;
    if (expiresAt && expiresAt <= this.options.now()) {
      session.close();
      return;
    }
    try {
      if (await this.mayRead(reader)) return;
      session.finish(
        `You lack the permission ${applicationLogsPermission.name} for this now.`,
      );
    } catch {
      session.close();
    }
  }

  private async mayRead({ key, credentials }: Reader): Promise<boolean> {
    const { authorizer, clusters } = this.options;
    const permissions = [applicationReadPermission, applicationLogsPermission];
    for (const permission of permissions) {
      const decision = await authorizer.decide(credentials, permission, {
        fresh: true,
      });
      const record = clusters.records().get(key);
      if (record && !decision.allows(record)) return false;
    }
    return true;
  }
}
