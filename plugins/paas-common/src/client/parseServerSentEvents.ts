/** One server-sent event. Comments and unknown fields are skipped. */
export interface ServerSentEvent {
  readonly id?: string;
  readonly data: string;
}

/**
 * Splits a byte stream into server-sent events. Events may be cut anywhere between chunks, also inside a character.
 * A last event without its empty line is incomplete and is dropped.
 */
export async function* parseServerSentEvents(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<ServerSentEvent> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    // A carriage return may be the first half of a line end that continues in the next chunk: \r is dropped everywhere.
    rest += decoder.decode(chunk, { stream: true }).replace(/\r/g, '');
    let end = rest.indexOf('\n\n');
    while (end >= 0) {
      const event = parseEvent(rest.slice(0, end));
      if (event) yield event;
      rest = rest.slice(end + 2);
      end = rest.indexOf('\n\n');
    }
  }
}

function parseEvent(block: string): ServerSentEvent | undefined {
  let id: string | undefined;
  const data: string[] = [];
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    const field = line.slice(0, colon);
    const value = line.slice(colon + 1).replace(/^ /, '');
    if (field === 'id') id = value;
    if (field === 'data') data.push(value);
  }
  if (data.length === 0) return undefined;
  return id === undefined
    ? { data: data.join('\n') }
    : { id, data: data.join('\n') };
}

/** The chunks of a response's body; ends when the signal aborts, and cancels the body when the reader stops. */
export async function* readChunks(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  const stop = () => {
    reader.cancel().catch(() => undefined);
  };
  signal.addEventListener('abort', stop);
  try {
    while (!signal.aborted) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}
