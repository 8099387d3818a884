import { Response } from 'express';

/** Where a stream writes to. */
export interface EventSink {
  /** False when the reader is behind: nothing more is to be written until it has caught up (`drain`). */
  write(text: string): boolean;
  end(): void;
}

/** Begins a stream of server-sent events; from here on errors can only be told as events. */
export function beginEventStream(response: Response): EventSink {
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
    end: () => response.end(),
  };
}
