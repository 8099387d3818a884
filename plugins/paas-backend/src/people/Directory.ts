/** Groups and people that there are, as whole references in lower case, or why nobody can tell. */
export type People =
  | { readonly kind: 'known'; readonly refs: ReadonlySet<string> }
  | { readonly kind: 'unknown'; readonly why: string };

/** Who there is. What it says is a hint for whoever writes a file; nothing is ever allowed or refused by it. */
export interface Directory {
  /** As of a short while ago, or of `maxAgeMs` ago. Never throws, and never takes long: who can not be asked is unknown. */
  read(options?: { readonly maxAgeMs?: number }): Promise<People>;
  /** What was read last, at once; undefined before the first reading. */
  latest(): People | undefined;
}
