import { LoggerService } from '@backstage/backend-plugin-api';
import { within } from '../within';

export interface PendingWritesOptions {
  readonly logger: Pick<LoggerService, 'error'>;
  /** Told of each line that was given up. */
  readonly lost: () => void;
  /** Pauses before a write is tried again. */
  readonly retryAfterMs?: readonly number[];
  /** Lines that wait at most: a database that is away must not fill the memory. */
  readonly most?: number;
}

/** Longer than a pool waits for a connection: what has not answered by then never does. */
const GIVE_UP_MS = 90_000;

/** Audit lines that are written while whoever caused them goes on. */
export class PendingWrites {
  private readonly pending = new Set<Promise<void>>();
  private readonly retryAfterMs: readonly number[];
  private readonly most: number;

  constructor(private readonly options: PendingWritesOptions) {
    const { retryAfterMs = [1_000, 5_000, 30_000], most = 1_000 } = options;
    this.retryAfterMs = retryAfterMs;
    this.most = most;
  }

  /** Begins to write. The promise, which nobody has to wait for, never fails. */
  add(step: string, write: () => Promise<unknown>): Promise<void> {
    if (this.pending.size >= this.most) {
      this.lose(step, new Error(`${this.most} lines wait already`));
      return Promise.resolve();
    }
    const writing = this.tryAll(step, write).finally(() =>
      this.pending.delete(writing),
    );
    this.pending.add(writing);
    return writing;
  }

  /** What was begun by now is over when this answers, or the time is. */
  async settled(withinMs: number): Promise<void> {
    await within(withinMs, Promise.all(this.pending)).catch(() => {});
  }

  private async tryAll(
    step: string,
    write: () => Promise<unknown>,
  ): Promise<void> {
    for (const pause of [...this.retryAfterMs, undefined]) {
      const error = await this.attempt(write);
      if (error === undefined) return;
      // One that hangs may still arrive: written again it could be there twice.
      if (pause === undefined || error.name === 'TimeoutError') {
        this.lose(step, error);
        return;
      }
      await new Promise(resolve => setTimeout(resolve, pause).unref());
    }
  }

  private async attempt(
    write: () => Promise<unknown>,
  ): Promise<Error | undefined> {
    try {
      await within(GIVE_UP_MS, write());
      return undefined;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  private lose(step: string, error: Error): void {
    this.options.lost();
    this.options.logger.error('A line of the audit trail is lost', {
      step,
      error: `${error.stack}`,
    });
  }
}
