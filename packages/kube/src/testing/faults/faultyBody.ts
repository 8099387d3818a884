import { ServerResponse } from 'node:http';
import { Corruption, Cut, FaultAction, statusText } from './faultRule';

const NEWLINE = 0x0a;

const corruptions: Readonly<Record<Corruption, Buffer>> = {
  malformedLine: Buffer.from('{"type":"MODIFIED","object":{"meta\n'),
  invalidUtf8: Buffer.from([0x7b, 0xff, 0xfe, 0x7d, NEWLINE]),
  halfLine: Buffer.from('{"type":"ADDED","object":'),
};

/** Ends an answer that has begun, in one of the ways in which connections end. `freeze` leaves it to the caller to hold back. */
export function cutResponse(response: ServerResponse, how: Cut): void {
  const { socket } = response;
  if (how === 'end') response.end();
  else if (how === 'fin') socket?.end();
  else if (how === 'rst') socket?.resetAndDestroy();
}

/** An answer on its way to the client, with what is to happen to it. */
export class FaultyBody {
  readonly #response: ServerResponse;
  readonly #action: FaultAction | undefined;
  #bytes = 0;
  #lines = 0;
  #struck = false;
  /** Nothing goes through any more. */
  #closed = false;

  constructor(response: ServerResponse, action: FaultAction | undefined) {
    this.#response = response;
    this.#action = action;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Before the first byte of the body. */
  begin(): void {
    this.#strike();
  }

  /** Hands a piece on, or does what the action says once enough has passed. */
  write(chunk: Buffer): void {
    if (this.#closed) return;
    const rest = this.#upToCut(chunk);
    this.#bytes += rest.length;
    for (const byte of rest) if (byte === NEWLINE) this.#lines += 1;
    this.#response.write(rest);
    this.#strike();
  }

  end(): void {
    if (!this.#closed) this.#response.end();
  }

  /** Something of our own, between two lines. */
  inject(bytes: Buffer): void {
    if (!this.#closed) this.#response.write(bytes);
  }

  cut(how: Cut): void {
    if (this.#closed) return;
    this.#closed = true;
    cutResponse(this.#response, how);
  }

  #upToCut(chunk: Buffer): Buffer {
    const action = this.#action;
    if (action?.kind !== 'cut' || this.#struck) return chunk;
    return chunk.subarray(0, (action.afterBytes ?? 0) - this.#bytes);
  }

  /** Whether as much has passed as the action waits for. */
  #due(): boolean {
    const action = this.#action;
    if (!action || this.#struck) return false;
    if (action.kind === 'cut') return this.#bytes >= (action.afterBytes ?? 0);
    return (
      (action.kind === 'corrupt' || action.kind === 'errorEvent') &&
      this.#lines >= (action.afterLines ?? 0)
    );
  }

  #strike(): void {
    const action = this.#action;
    if (!action || !this.#due()) return;
    this.#struck = true;
    if (action.kind === 'cut') {
      this.cut(action.how);
    } else if (action.kind === 'corrupt') {
      this.inject(corruptions[action.how]);
      if (action.how === 'halfLine') this.cut('end');
    } else if (action.kind === 'errorEvent') {
      const status = statusText(action.status, action.reason);
      this.inject(Buffer.from(`{"type":"ERROR","object":${status}}\n`));
      this.cut('end');
    }
  }
}
