class Generations<T> {
  #young = new Map<string, T>();
  #old = new Map<string, T>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  find(key: string): T | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    return old === undefined ? undefined : this.keep(key, old);
  }

  keep(key: string, value: T): T {
    if (this.#young.size >= this.#limit) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
    return value;
  }

  get size(): number {
    return this.#young.size + this.#old.size;
  }
}

function deepFreeze(value: object): object {
  for (const child of Object.values(value)) {
    if (typeof child === 'object' && child !== null) deepFreeze(child);
  }
  return Object.freeze(value);
}

/**
 * Shares equal small values: ten thousand pods of one template keep one set of labels. Bounded by two generations: when
 * the young one is full it becomes the old one, and what was not asked for since is forgotten. A forgotten value only
 * costs its memory again.
 */
export class Interner {
  readonly #texts: Generations<string>;
  readonly #values: Generations<object>;

  /** `limit` counts values a generation, of texts and of records each; at most twice as many are held. */
  constructor(limit: number = 10_000) {
    this.#texts = new Generations(limit);
    this.#values = new Generations(limit);
  }

  /** The shared copy of a text. */
  text(text: string): string {
    return this.#texts.find(text) ?? this.#texts.keep(text, text);
  }

  /** The shared, frozen value equal to `value`, which must be JSON; large ones are rarely equal and stay as they are. */
  value(value: object): object {
    const key = JSON.stringify(value);
    if (key.length > 2048) return value;
    return this.#values.find(key) ?? this.#values.keep(key, deepFreeze(value));
  }

  /** How many values are held; for tests and metrics. */
  get size(): number {
    return this.#texts.size + this.#values.size;
  }
}
