import { LogMessage } from '@understage/plugin-paas-common';
import { EndingEventSink } from '../http/eventStream';

/**
 * What one reader of logs gets. Whoever sends waits until the reader can take more, and meanwhile reads nothing from
 * the cluster: a slow browser slows the container's stream down to itself, and nothing piles up here.
 */
export class LogOutput {
  private free: Promise<void> | undefined;
  private release = () => {};
  private isClosed = false;

  constructor(private readonly sink: EndingEventSink) {}

  /** The reader is behind. */
  get isBlocked(): boolean {
    return this.free !== undefined;
  }

  /** Resolves when the message is on its way and there is room for another; at once when nobody reads any more. */
  async send(message: LogMessage): Promise<void> {
    while (this.free) await this.free;
    if (this.isClosed) return;
    if (this.sink.write(`data: ${JSON.stringify(message)}\n\n`)) return;
    this.free = new Promise(resolve => {
      this.release = resolve;
    });
    await this.free;
  }

  /** The reader has caught up. */
  drained(): void {
    this.free = undefined;
    this.release();
  }

  /** Sends a last message and ends when it is taken. */
  async finish(message: LogMessage): Promise<void> {
    await this.send(message);
    if (this.isClosed) return;
    this.isClosed = true;
    this.sink.finish();
  }

  /** Sends nothing more, and drops what was not taken; whoever waits goes on. */
  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.drained();
    this.sink.end();
  }
}
