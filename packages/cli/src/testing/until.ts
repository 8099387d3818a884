/** Waits until a text that somebody else writes holds something. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise(resolve => {
      setImmediate(resolve);
    });
  }
}
