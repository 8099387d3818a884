import { KubeError } from '../errors';

const MAX_LINE = 32 * 1024 * 1024;

/** Bytes to text over chunk borders. Bytes that are no UTF-8 throw: silence would lose an event. */
function strictDecoder(): (chunk?: Uint8Array) => string {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  return chunk => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
    } catch (cause) {
      throw new KubeError('the stream held bytes that are no text', { cause });
    }
  };
}

/**
 * Lines of a byte stream, one after the other; the next chunk is not looked at before the lines of this one were taken.
 * Bytes that are no UTF-8, and a last line that was cut off, are errors.
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  maxLine = MAX_LINE,
): AsyncGenerator<string> {
  const decode = strictDecoder();
  /** A line of which the end has not come yet. */
  let begun: string[] = [];
  let begunLength = 0;
  for await (const chunk of chunks) {
    const text = decode(chunk);
    let start = 0;
    for (
      let end = text.indexOf('\n');
      end >= 0;
      end = text.indexOf('\n', start)
    ) {
      const line = begun.join('') + text.slice(start, end);
      begun = [];
      begunLength = 0;
      start = end + 1;
      if (line !== '') yield line;
    }
    if (start < text.length) begun.push(text.slice(start));
    begunLength += text.length - start;
    if (begunLength > maxLine) {
      throw new KubeError(
        `a line of the stream is longer than ${maxLine} characters`,
      );
    }
  }
  begun.push(decode());
  if (begun.join('').trim() !== '') {
    throw new KubeError('the stream ended in the middle of a line');
  }
}
