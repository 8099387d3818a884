import { KubeError, PodLogReader } from '@understage/kube';
import {
  ApplicationContainer,
  applicationContainers,
  isAskedFor,
  LogMessage,
  LogQuery,
} from '@understage/plugin-paas-common';
import { ApplicationRecord } from '@understage/plugin-paas-node';
import { LogOutput } from './LogOutput';
import { ownedPods } from './ownedPods';
import { readContainer } from './readContainer';

/** Containers that one session reads at once; each is a connection to the API server. */
const MOST_CONTAINERS = 20;
const DEFAULT_LINES = 500;

export interface LogSessionOptions {
  /** As the user. */
  readonly logs: PodLogReader;
  readonly query: LogQuery;
  readonly output: LogOutput;
  /** The application as it is now; `undefined` when it is gone. */
  readonly record: () => ApplicationRecord | undefined;
  readonly defer: (callback: () => void) => void;
}

/** The containers of an application that a query means, of pods that are the application's own. */
export function containersFor(
  record: ApplicationRecord,
  query: LogQuery,
): readonly ApplicationContainer[] {
  const owned = ownedPods(record);
  return applicationContainers(record.detail().tree).filter(
    each => owned.has(each.podUid) && isAskedFor(query, each),
  );
}

/** Reads the logs of some containers of one application for one reader, and of those that start while it lasts. */
export class LogSession {
  private readonly abort = new AbortController();
  /** Readings by container and run; those that are over stay, so that none is read twice. */
  private readonly seen = new Set<string>();
  private running = 0;
  private left = 0;

  constructor(private readonly options: LogSessionOptions) {}

  get isClosed(): boolean {
    return this.abort.signal.aborted;
  }

  /** What ran before is over: there is nothing to follow. */
  private get follows(): boolean {
    const { follow = false, previous = false } = this.options.query;
    return follow && !previous;
  }

  /** Starts to read what is there to read now and is not read yet. Call it again when the application changes. */
  update(): void {
    if (this.isClosed) return;
    const record = this.options.record();
    if (!record) {
      this.finish('The application was deleted.');
      return;
    }
    const { query } = this.options;
    const fresh = containersFor(record, query)
      .filter(each => (query.previous ? each.ranBefore : each.started))
      .filter(each => !this.seen.has(runOf(each)));
    const room = Math.max(0, MOST_CONTAINERS - this.running);
    const sources = fresh.slice(0, room);
    const left = fresh.length - sources.length;
    const isNews = sources.length > 0 || left !== this.left;
    if (isNews || this.seen.size === 0) this.announce(sources, left);
    sources.forEach(each => this.read(each));
    if (this.running === 0 && !this.follows) this.finish();
  }

  /** Tells the reader that this is all, and why when it did not ask for the end. */
  finish(message?: string): void {
    if (this.isClosed) return;
    this.abort.abort();
    this.options.output.finish({
      type: 'end',
      ...(message === undefined ? {} : { message }),
    });
  }

  /** Ends every request to the cluster. */
  close(): void {
    this.abort.abort();
    this.options.output.close();
  }

  private announce(sources: readonly ApplicationContainer[], left: number) {
    this.left = left;
    this.send({
      type: 'reading',
      sources: sources.map(sourceOf),
      left,
    });
  }

  private async read(container: ApplicationContainer): Promise<void> {
    const { options, abort } = this;
    const { namespace = '' } = options.record()?.ref ?? {};
    const { query, output } = options;
    const source = sourceOf(container);
    this.seen.add(runOf(container));
    this.running += 1;
    try {
      await readContainer({
        logs: options.logs,
        query: {
          ...source,
          namespace,
          follow: this.follows,
          previous: query.previous === true,
          timestamps: true,
          tailLines: query.tailLines ?? DEFAULT_LINES,
          sinceSeconds: query.sinceSeconds,
          signal: abort.signal,
        },
        deliver: lines => output.send({ type: 'lines', ...source, lines }),
        defer: options.defer,
      });
      await output.send({ type: 'ended', ...source });
    } catch (error) {
      await this.failed(container, error);
    }
    this.running -= 1;
    this.update();
  }

  // A connection that broke ends the session: the reader comes back and goes on. What the server refuses stays refused.
  private async failed(container: ApplicationContainer, error: unknown) {
    if (this.isClosed) return;
    const isRefusal = error instanceof KubeError && error.status !== undefined;
    if (!isRefusal) {
      this.close();
      return;
    }
    const { message } = error;
    const source = sourceOf(container);
    await this.options.output.send({ type: 'problem', ...source, message });
  }

  private send(message: LogMessage) {
    this.options.output.send(message);
  }
}

function sourceOf({ pod, name }: ApplicationContainer) {
  return { pod, container: name };
}

/** A restarted container writes another log. */
function runOf({ podUid, name, restarts }: ApplicationContainer): string {
  return `${podUid} ${name} ${restarts}`;
}
