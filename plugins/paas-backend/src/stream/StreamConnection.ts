import { EventSink } from '../http/eventStream';
import { mergeChange, PendingChanges, StreamChange } from './StreamChange';
import { Topic } from './Topic';

/** Changes of one topic that wait for a slow reader; more of them become one complete state. */
const MOST_PENDING = 500;

type Pending =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'changes'; readonly changes: PendingChanges }
  /** The complete state; announced as `resync` when the reader has one already. */
  | { readonly kind: 'state'; readonly resync: boolean };

interface Subscription {
  topic: Topic;
  pending: Pending;
}

const nothing: Pending = { kind: 'nothing' };

/**
 * What one reader gets. Nothing is queued but names of what changed: the text is made when the reader can take it, from
 * what is true by then. So memory stays bounded however slow the reader is, and the newest state always wins.
 */
export class StreamConnection {
  private readonly subscriptions = new Map<string, Subscription>();
  private readonly notices: string[] = [];
  private blocked = false;
  private sequence = 0;

  /** `eventId` makes the id after which a reader resumes who has seen everything up to a number. */
  constructor(
    private readonly sink: EventSink,
    private readonly eventId: (sequence: number) => string,
  ) {}

  get isBlocked(): boolean {
    return this.blocked;
  }

  /** Subscribes; `missed` are the changes that a returning reader has not seen, absent for a complete state. */
  subscribe(topic: Topic, missed?: PendingChanges): void {
    if (missed === undefined) {
      this.subscriptions.set(topic.name, {
        topic,
        pending: { kind: 'state', resync: false },
      });
      return;
    }
    const relevant = [...missed.values()].filter(each => topic.concerns(each));
    this.subscriptions.set(topic.name, { topic, pending: nothing });
    const message = topic.resume(relevant);
    if (message !== undefined) this.notices.push(message);
  }

  /** Replaces the rules of a topic: the reader forgets what it holds and gets the complete state. */
  replace(topic: Topic): void {
    const pending: Pending = { kind: 'state', resync: true };
    this.subscriptions.set(topic.name, { topic, pending });
  }

  unsubscribe(name: string): void {
    this.subscriptions.delete(name);
  }

  /** Sends a short message as soon as possible; dropped when the reader is far behind. */
  notify(message: string): void {
    if (this.notices.length < 20) this.notices.push(message);
  }

  /** Takes changes in and writes what can be written. */
  accept(changes: readonly StreamChange[], sequence: number): void {
    this.sequence = sequence;
    for (const subscription of this.subscriptions.values()) {
      for (const change of changes) {
        if (subscription.topic.concerns(change)) add(subscription, change);
      }
    }
    this.pump();
  }

  /** The reader has caught up. */
  drained(): void {
    this.blocked = false;
    this.pump();
  }

  /** Writes until there is nothing more, or the reader is behind. */
  pump(): void {
    while (!this.blocked) {
      const message = this.next();
      if (message === undefined) return;
      this.blocked = !this.sink.write(this.frame(message));
    }
  }

  end(): void {
    this.subscriptions.clear();
    this.sink.end();
  }

  private next(): string | undefined {
    const notice = this.notices.shift();
    if (notice !== undefined) return notice;
    for (const subscription of this.subscriptions.values()) {
      const message = take(subscription);
      if (message !== undefined) return message;
    }
    return undefined;
  }

  // Only when nothing waits does the reader know everything up to here, and may resume here.
  private frame(message: string): string {
    const waits =
      this.notices.length > 0 ||
      [...this.subscriptions.values()].some(
        ({ pending }) => pending.kind !== 'nothing',
      );
    const id = waits ? '' : `id: ${this.eventId(this.sequence)}\n`;
    return `${id}data: ${message}\n\n`;
  }

  /** Sets the number of the newest change that the connection knows of. */
  begin(sequence: number): void {
    this.sequence = sequence;
  }
}

function add(subscription: Subscription, change: StreamChange) {
  const { pending } = subscription;
  if (pending.kind === 'state') return;
  const changes = pending.kind === 'changes' ? pending.changes : new Map();
  mergeChange(changes, change);
  subscription.pending =
    changes.size > MOST_PENDING
      ? { kind: 'state', resync: true }
      : { kind: 'changes', changes };
}

function take(subscription: Subscription): string | undefined {
  const { topic, pending } = subscription;
  if (pending.kind === 'state' && pending.resync) {
    subscription.pending = { kind: 'state', resync: false };
    return JSON.stringify({ type: 'resync', topic: topic.name });
  }
  subscription.pending = nothing;
  if (pending.kind === 'state') return topic.state();
  return pending.kind === 'changes'
    ? topic.changes(pending.changes.values())
    : undefined;
}
