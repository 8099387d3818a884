import { Response } from 'express';

/** Where a stream writes to. */
export interface EventSink {
  /** False when the reader is behind: nothing more is to be written until it has caught up (`drain`). */
  write(text: string): boolean;
  /** Ends the stream, and drops what the reader has not taken. */
  end(): void;
}

/** A stream that has a last word. */
export interface EndingEventSink extends EventSink {
  /** Ends the stream when the reader has taken everything; drops it when that takes too long. */
  finish(): void;
}

/** Longer than this nobody takes to read what is left. */
const LAST_WORDS_MS = 30_000;

/** Begins a stream of server-sent events; from here on errors can only be told as events. */
export function beginEventStream(response: Response): EndingEventSink {
  response.status(200);
  // `no-transform` keeps compression away: it would hold small messages back. The last header says so to nginx.
  response.set({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  });
  response.flushHeaders();
  return {
    write: text => response.write(text),
    // What a reader has not taken would be kept until it does: somebody who never reads would be served for ever.
    end: () =>
      response.writableLength > 0 ? response.destroy() : response.end(),
    finish: () => {
      const late = setTimeout(() => response.destroy(), LAST_WORDS_MS);
      late.unref();
      response.once('close', () => clearTimeout(late));
      response.end();
    },
  };
}
