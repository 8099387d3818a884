import { Timing } from './timing';

/** What is known of the connection behind a cache. */
export class ConnectionState {
  readonly #timing: Timing;
  readonly #onChange: () => void;
  #connectedSince: number | undefined;
  #lastContact: number;
  #lastEvent: string | undefined;
  #trouble: string | undefined;

  constructor(timing: Timing, onChange: () => void) {
    this.#timing = timing;
    this.#onChange = onChange;
    this.#lastContact = timing.monotonic();
  }

  get connected(): boolean {
    return this.#connectedSince !== undefined;
  }

  /** Time of the last sign of life, ISO 8601. */
  get lastEvent(): string | undefined {
    return this.#lastEvent;
  }

  /** Why there is no connection. */
  get trouble(): string | undefined {
    return this.connected ? undefined : this.#trouble;
  }

  /** 0 while connected; else seconds since the last sign of life, or since we began when there never was one. */
  get staleSeconds(): number {
    if (this.connected) return 0;
    return (this.#timing.monotonic() - this.#lastContact) / 1000;
  }

  /** How long the connection has held. */
  get connectedMs(): number {
    return this.#connectedSince === undefined
      ? 0
      : this.#timing.monotonic() - this.#connectedSince;
  }

  alive(): void {
    this.#lastEvent = this.#timing.now().toISOString();
    this.#lastContact = this.#timing.monotonic();
  }

  opened(): void {
    if (this.connected) return;
    this.#connectedSince = this.#timing.monotonic();
    this.#trouble = undefined;
    this.#onChange();
  }

  /** `silent`: nothing told us of the loss, so what we have is as old as the last sign of life. */
  lost(why: string, silent: boolean): void {
    if (this.connected && !silent) {
      this.#lastContact = this.#timing.monotonic();
    }
    this.#connectedSince = undefined;
    this.#trouble = why;
    this.#onChange();
  }
}
