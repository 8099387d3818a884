/** One thing wrong with an input, for a person to mend. */
export interface Problem {
  /** Where, as a field path: `spec.components[0].replicas`. Empty for the whole document. */
  readonly path: string;
  /** 1-based position in the file, when it came from one. */
  readonly line?: number;
  readonly column?: number;
  /** One sentence: what was found, what is allowed, what to do. */
  readonly message: string;
  /** What stood there, shortened to 80 characters. */
  readonly found?: string;
  /** What may stand there. */
  readonly allowed?: string;
  /** The nearest valid name, when one is near. */
  readonly suggestion?: string;
}

/** A value, or every reason why there is none. */
export type Checked<T> =
  | {
      readonly ok: true;
      readonly value: T;
      readonly warnings: readonly Problem[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };
