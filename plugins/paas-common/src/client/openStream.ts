import { StreamMessage } from '../api/types';
import { PaasClientError } from './PaasClientError';
import { parseServerSentEvents, readChunks } from './parseServerSentEvents';
import { readErrorBody } from './readErrorBody';

/** Sets a timer, answers how to cancel it. Injected, so that tests need not wait. */
export interface Timers {
  set(callback: () => void, milliseconds: number): () => void;
}

/** Whether what is on screen is live; `since` counts in `now()` milliseconds. */
export type StreamState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open' }
  | { readonly kind: 'retrying'; readonly inMs: number; readonly why: string };

export interface StreamHandlers<Message = StreamMessage> {
  readonly onMessage: (message: Message) => void;
  readonly onState?: (state: StreamState) => void;
  /** Ends the stream. */
  readonly signal: AbortSignal;
}

export interface StreamConnection<Message = StreamMessage> {
  /** Reads the data of one event. */
  readonly parse: (data: string) => Message;
  readonly connect: (init: {
    readonly headers: Record<string, string>;
    readonly signal: AbortSignal;
  }) => Promise<Response>;
  readonly timers: Timers;
  /** 0 to 1. */
  readonly random: () => number;
}

/** Silence after which a connection counts as dead: three heartbeats of the server. */
const SILENCE_MS = 45_000;
const silence = 'Nothing was heard for 45 seconds.';
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 30_000;
// A retry can not help here: the request itself is wrong, or not allowed.
const terminal = new Set(['invalid', 'forbidden', 'missing']);

/**
 * Keeps one stream open until `signal` aborts: reconnects with full-jitter back-off (0.5 to 30 s, reset by the first
 * message), resumes after the last event it saw, and gives up a connection that has been silent for 45 s.
 * Resolves on abort; rejects with `PaasClientError` when the server refuses the request for good.
 */
export async function openStream<Message>(
  connection: StreamConnection<Message>,
  handlers: StreamHandlers<Message>,
): Promise<void> {
  const { signal, onState } = handlers;
  const session: Session = { failures: 0 };
  while (!signal.aborted) {
    onState?.({ kind: 'connecting' });
    const why = await runOnce(connection, handlers, session);
    if (signal.aborted) return;
    const ceiling = FIRST_RETRY_MS * 2 ** Math.min(session.failures, 6);
    const inMs = Math.round(
      Math.min(LAST_RETRY_MS, ceiling) * connection.random(),
    );
    session.failures += 1;
    onState?.({ kind: 'retrying', inMs, why });
    await pause(connection.timers, inMs, signal);
  }
}

interface Session {
  lastEventId?: string;
  failures: number;
}

/** One connection from opening to its end; the answer is why it ended. */
async function runOnce<Message>(
  connection: StreamConnection<Message>,
  handlers: StreamHandlers<Message>,
  session: Session,
): Promise<string> {
  const { timers } = connection;
  const { signal } = handlers;
  const attempt = new AbortController();
  const end = () => attempt.abort();
  signal.addEventListener('abort', end);
  let disarm = timers.set(end, SILENCE_MS);
  const onLife = () => {
    disarm();
    disarm = timers.set(end, SILENCE_MS);
  };
  try {
    const body = await open(connection, session, attempt.signal);
    handlers.onState?.({ kind: 'open' });
    const { parse } = connection;
    const { signal: ended } = attempt;
    await read(body, { parse, handlers, session, onLife, signal: ended });
    return attempt.signal.aborted ? silence : 'The server ended the stream.';
  } catch (error) {
    if (error instanceof PaasClientError && terminal.has(error.kind)) {
      throw error;
    }
    if (attempt.signal.aborted) return silence;
    return error instanceof Error ? error.message : String(error);
  } finally {
    disarm();
    signal.removeEventListener('abort', end);
    attempt.abort();
  }
}

async function open(
  { connect }: Pick<StreamConnection, 'connect'>,
  { lastEventId }: Session,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const headers: Record<string, string> = { accept: 'text/event-stream' };
  if (lastEventId) headers['last-event-id'] = lastEventId;
  const response = await connect({ headers, signal });
  if (!response.ok) throw await readErrorBody(response, 'Opening the stream');
  if (!response.body) throw new Error('The server sent no stream.');
  return response.body;
}

async function read<Message>(
  body: ReadableStream<Uint8Array>,
  options: {
    readonly parse: (data: string) => Message;
    readonly handlers: StreamHandlers<Message>;
    readonly session: Session;
    readonly onLife: () => void;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const { parse, handlers, session, onLife, signal } = options;
  for await (const event of parseServerSentEvents(readChunks(body, signal))) {
    onLife();
    if (signal.aborted) return;
    handlers.onMessage(parse(event.data));
    session.failures = 0;
    if (event.id !== undefined) session.lastEventId = event.id;
  }
}

function pause(timers: Timers, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const cancel = timers.set(done, ms);
    function done() {
      cancel();
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
  });
}
