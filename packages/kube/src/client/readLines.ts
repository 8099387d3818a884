import { KubeError } from '../errors';

const MAX_LINE = 32 * 1024 * 1024;

/**
 * Lines of a byte stream, one after the other. Bytes that are no UTF-8, and a last line that was cut off, are errors:
 * silence would lose an event.
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let pending = '';
  const decode = (chunk?: Uint8Array) => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
    } catch (error) {
      throw new KubeError('the stream held bytes that are no text', {
        cause: error,
      });
    }
  };
  for await (const chunk of chunks) {
    pending += decode(chunk);
    let start = 0;
    for (
      let end = pending.indexOf('\n', start);
      end >= 0;
      end = pending.indexOf('\n', start)
    ) {
      if (end > start) yield pending.slice(start, end);
      start = end + 1;
    }
    pending = pending.slice(start);
    if (pending.length > MAX_LINE) {
      throw new KubeError(
        `a line of the stream is longer than ${MAX_LINE} characters`,
      );
    }
  }
  pending += decode();
  if (pending.trim() !== '') {
    throw new KubeError('the stream ended in the middle of a line');
  }
}
