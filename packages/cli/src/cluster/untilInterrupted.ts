/** Runs what goes on until Ctrl-C: then that is its end, and no failure, also in the middle of a request. */
export async function untilInterrupted(
  signal: AbortSignal,
  task: () => Promise<void>,
): Promise<void> {
  try {
    await task();
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
