/**
 * The signal of the present term of leadership: it aborts when the term ends, and with it what is under way. Undefined
 * when there is no term: nothing may be written.
 */
export type Fence = () => AbortSignal | undefined;

/** Raised when leadership was lost in the middle: nothing more is written, the successor plans anew. */
export class DeposedError extends Error {
  readonly name = 'DeposedError';
}

/**
 * One write within the present term. Throws `DeposedError` when there is none, and when it ended while the write was on
 * its way: whether that arrived is not known, and is the successor's to find out.
 */
export async function withinTerm<T>(
  fence: Fence,
  what: string,
  write: (term: AbortSignal) => Promise<T>,
): Promise<T> {
  const term = fence();
  if (!term || term.aborted) {
    throw new DeposedError(`leadership was lost before ${what}`);
  }
  try {
    return await write(term);
  } catch (error) {
    if (!term.aborted) throw error;
    throw new DeposedError(`leadership was lost during ${what}`, {
      cause: error,
    });
  }
}
