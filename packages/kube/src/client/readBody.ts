import { KubeError } from '../errors';

/** How much of an answer is taken, and for how long. */
export interface BodyLimits {
  readonly maxBytes: number;
  /** From the request's start; a server that sends a byte now and then must not hold us for ever. */
  readonly totalMs: number;
}

/** The body of an answer as undici hands it over. */
export type BodyStream = AsyncIterable<Buffer> & { destroy(): unknown };

const MEBIBYTE = 1024 * 1024;

/**
 * The whole body as text. Throws `KubeError` when it is larger or slower than allowed, or no UTF-8: a body cut short would
 * read as a cluster with less in it.
 */
export async function readBody(
  body: BodyStream,
  limits: BodyLimits & { readonly started: number },
): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > limits.maxBytes) {
        throw new KubeError(
          `the answer is larger than ${
            limits.maxBytes / MEBIBYTE
          } MiB and was refused: ask for smaller pages or fewer objects`,
        );
      }
      if (performance.now() - limits.started > limits.totalMs) {
        throw new KubeError(
          `the answer was not complete after ${limits.totalMs / 1000} s`,
        );
      }
      chunks.push(chunk);
    }
  } finally {
    body.destroy();
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(
      chunks.length === 1 ? chunks[0] : Buffer.concat(chunks),
    );
  } catch (cause) {
    throw new KubeError('the answer holds bytes that are no text', { cause });
  }
}
