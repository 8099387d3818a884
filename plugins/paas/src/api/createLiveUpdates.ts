import { StreamMessage, StreamState } from '@understage/plugin-paas-common';
import { Connection, LiveListener, LiveUpdates } from './LiveUpdates';
import { PaasApi } from './PaasApi';

/** Time, as an argument. `setTimer` returns the function that takes the timer back. */
export interface LiveClock {
  now(): Date;
  setTimer(callback: () => void, milliseconds: number): () => void;
}

interface Topic {
  readonly listeners: Set<LiveListener>;
  /** The next message about it is its complete state. */
  completes: boolean;
}

/** Multiplexes all topics of a tab over one stream; the stream keeps itself up. */
class StreamMultiplexer implements LiveUpdates {
  private readonly topics = new Map<string, Topic>();
  private readonly watchers = new Set<() => void>();
  private state: Connection = { kind: 'idle' };
  private abort: AbortController | undefined;
  private cancelOpening: (() => void) | undefined;

  constructor(
    private readonly stream: PaasApi['stream'],
    private readonly clock: LiveClock,
  ) {}

  subscribe(name: string, listener: LiveListener): () => void {
    const topic = this.topics.get(name) ?? {
      listeners: new Set(),
      completes: true,
    };
    // A second listener needs the complete state too, and only a new stream brings it.
    this.topics.set(name, topic);
    topic.listeners.add(listener);
    this.openSoon();
    return () => {
      topic.listeners.delete(listener);
      if (topic.listeners.size > 0 || this.topics.get(name) !== topic) return;
      this.topics.delete(name);
      this.openSoon();
    };
  }

  connection(): Connection {
    return this.state;
  }

  onConnection(callback: () => void): () => void {
    this.watchers.add(callback);
    return () => this.watchers.delete(callback);
  }

  reconnect(): void {
    this.openSoon();
  }

  /** Topics of one page come and go within one tick: the timer makes one stream of them. */
  private openSoon(): void {
    this.cancelOpening?.();
    this.cancelOpening = this.clock.setTimer(() => {
      this.cancelOpening = undefined;
      this.open();
    }, 0);
  }

  private open(): void {
    this.abort?.abort();
    if (this.topics.size === 0) {
      this.abort = undefined;
      this.become({ kind: 'idle' });
      return;
    }
    const abort = new AbortController();
    const { signal } = abort;
    this.abort = abort;
    for (const topic of this.topics.values()) topic.completes = true;
    this.stream([...this.topics.keys()].sort(), {
      signal,
      onMessage: message => !signal.aborted && this.deliver(message),
      onState: state => !signal.aborted && this.follow(state),
    }).catch(error => {
      if (signal.aborted) return;
      this.interrupted(error instanceof Error ? error.message : String(error));
    });
  }

  private follow(state: StreamState): void {
    if (state.kind === 'retrying') {
      this.interrupted(state.why);
    } else if (state.kind === 'open') {
      if (this.state.kind === 'live') return;
      this.become({ kind: 'live', since: this.clock.now().toISOString() });
    } else if (this.state.kind === 'idle') {
      this.become({ kind: 'connecting' });
    }
  }

  /** A new attempt that fails does not make the interruption younger. */
  private interrupted(why: string): void {
    const since =
      this.state.kind === 'interrupted'
        ? this.state.since
        : this.clock.now().toISOString();
    this.become({ kind: 'interrupted', since, why });
  }

  private deliver(message: StreamMessage): void {
    for (const [name, topic] of this.topics) {
      if ('topic' in message && message.topic !== name) continue;
      const complete = topic.completes && isState(message);
      if (isState(message)) topic.completes = false;
      if (message.type === 'resync') topic.completes = true;
      for (const listener of [...topic.listeners]) {
        listener.onMessage(message, complete);
      }
    }
  }

  private become(state: Connection): void {
    this.state = state;
    for (const watcher of [...this.watchers]) watcher();
  }
}

const states: ReadonlySet<StreamMessage['type']> = new Set([
  'applications',
  'application',
  'tenants',
  'tenant',
]);

function isState({ type }: StreamMessage): boolean {
  return states.has(type);
}

/** The tab's stream over `stream`; nothing is opened before somebody subscribes. */
export function createLiveUpdates(options: {
  stream: PaasApi['stream'];
  clock: LiveClock;
}): LiveUpdates {
  return new StreamMultiplexer(options.stream, options.clock);
}

/** The browser's own clock. */
export const browserClock: LiveClock = {
  now: () => new Date(),
  setTimer: (callback, milliseconds) => {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
};
