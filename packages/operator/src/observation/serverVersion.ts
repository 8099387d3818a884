/** A cluster that was upgraded is noticed after this long. */
const VALID_MS = 600_000;

/** The version of the cluster, asked for once in ten minutes; a failure is not kept. */
export function createServerVersion(options: {
  readonly read: () => Promise<string | undefined>;
  /** Monotonic clock in milliseconds. */
  readonly monotonic: () => number;
}): () => Promise<string | undefined> {
  let known:
    | { readonly at: number; readonly version: Promise<string | undefined> }
    | undefined;
  return () => {
    const now = options.monotonic();
    if (known && now - known.at < VALID_MS) return known.version;
    const asked = { at: now, version: options.read() };
    known = asked;
    asked.version.catch(() => {
      if (known === asked) known = undefined;
    });
    return asked.version;
  };
}
