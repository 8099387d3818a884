import { KubeError } from '../errors';

const MAX_LINE = 32 * 1024 * 1024;
const NEWLINE = 0x0a;

/** One line as text. Bytes that are no UTF-8 throw: silence would lose an event. */
function decode(line: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(line);
  } catch (cause) {
    throw new KubeError('the stream held bytes that are no text', { cause });
  }
}

/** A line of which the end has not come yet, in the pieces in which it came. */
class BegunLine {
  #pieces: Uint8Array[] = [];
  length = 0;

  add(piece: Uint8Array): void {
    if (piece.length === 0) return;
    this.#pieces.push(piece);
    this.length += piece.length;
  }

  /** The whole line; the next one begins. */
  take(): string {
    const [only = new Uint8Array()] = this.#pieces;
    const line = this.#pieces.length > 1 ? Buffer.concat(this.#pieces) : only;
    this.#pieces = [];
    this.length = 0;
    return decode(line);
  }
}

/**
 * Lines of a byte stream, one after the other; the next chunk is not looked at before the lines of this one were taken.
 * Empty lines are left out. Bytes that are no UTF-8, a line longer than `maxLine` bytes and a last line that was cut off
 * throw `KubeError`, after all lines before them.
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  maxLine = MAX_LINE,
): AsyncGenerator<string> {
  const begun = new BegunLine();
  for await (const chunk of chunks) {
    let start = 0;
    for (
      let end = chunk.indexOf(NEWLINE);
      end >= 0;
      end = chunk.indexOf(NEWLINE, start)
    ) {
      begun.add(chunk.subarray(start, end));
      start = end + 1;
      const line = begun.take();
      if (line !== '') yield line;
    }
    begun.add(chunk.subarray(start));
    if (begun.length > maxLine) {
      throw new KubeError(
        `a line of the stream is longer than ${maxLine} bytes`,
      );
    }
  }
  if (begun.take().trim() !== '') {
    throw new KubeError('the stream ended in the middle of a line');
  }
}
