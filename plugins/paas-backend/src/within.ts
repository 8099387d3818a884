/** The answer of something that may hang; a `TimeoutError` when it takes too long. */
export async function within<T>(
  milliseconds: number,
  answer: Promise<T>,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    const error = new Error(`no answer within ${milliseconds} ms`);
    error.name = 'TimeoutError';
    timer = setTimeout(() => reject(error), milliseconds);
    timer.unref();
  });
  try {
    return await Promise.race([answer, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
