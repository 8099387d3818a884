import { isRecord } from '../../client/json';

/** What a request asks of the API server, as rules name it. */
export type FaultVerb =
  | 'get'
  | 'list'
  | 'watch'
  | 'create'
  | 'apply'
  | 'update'
  | 'delete';

/**
 * How a stream ends: `end` as the server would end it; `fin` in the middle of the answer; `rst` by a reset; `freeze` not at
 * all: the connection stays and nothing comes any more (half-open).
 */
export type Cut = 'end' | 'fin' | 'rst' | 'freeze';

/** What is put in between of the lines of a watch. */
export type Corruption = 'malformedLine' | 'invalidUtf8' | 'halfLine';

export type FaultAction =
  /** Answers itself; nothing reaches the server. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly reason?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  /** Waits, then forwards. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Cuts the answer after so many bytes of its body (default 0). */
  | { readonly kind: 'cut'; readonly how: Cut; readonly afterBytes?: number }
  /** Puts nonsense into the body after so many lines (default 0). */
  | {
      readonly kind: 'corrupt';
      readonly how: Corruption;
      readonly afterLines?: number;
    }
  /** Puts an ERROR event into a watch after so many lines (default 0). */
  | {
      readonly kind: 'errorEvent';
      readonly status: number;
      readonly reason: string;
      readonly afterLines?: number;
    }
  /** Forwards, and resets the connection instead of handing on the answer: the server did it, the client does not know. */
  | { readonly kind: 'dropReply' }
  /** Sends the request twice; the client gets the second answer. */
  | { readonly kind: 'duplicate' };

export interface FaultRule {
  /** How the journal calls it. */
  readonly name: string;
  readonly verb?: FaultVerb;
  /** Compared with path and query. */
  readonly path?: RegExp;
  /** Which of the matching requests, counted from 1; default all. */
  readonly nth?: readonly number[];
  /** Of those, this share by chance; default 1. */
  readonly probability?: number;
  readonly action: FaultAction;
}

const methods: Readonly<Record<string, FaultVerb>> = {
  POST: 'create',
  PATCH: 'apply',
  PUT: 'update',
  DELETE: 'delete',
};

/** The verb of a request to an API server; a path that names an object is a get, any other a list. */
export function verbOf(method: string, url: string): FaultVerb {
  const known = methods[method];
  if (known) return known;
  const [path, query = ''] = url.split('?');
  if (new URLSearchParams(query).get('watch') === 'true') return 'watch';
  const rest = path
    .replace(/^\/api\/[^/]+\//, '')
    .replace(/^\/apis\/[^/]+\/[^/]+\//, '')
    .replace(/^namespaces\/[^/]+\/(?=.)/, '');
  return rest.includes('/') ? 'get' : 'list';
}

/** Numbers between 0 and 1, the same ones for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = Math.trunc(seed);
  return () => {
    state = Math.trunc(state + 0x6d2b79f5);
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function matches(rule: FaultRule, verb: FaultVerb, url: string): boolean {
  return (
    (rule.verb === undefined || rule.verb === verb) &&
    (rule.path === undefined || rule.path.test(url))
  );
}

/** Rules with their counters. */
export class FaultScript {
  readonly #rules: { readonly rule: FaultRule; seen: number }[] = [];
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  add(rule: FaultRule): void {
    this.#rules.push({ rule, seen: 0 });
  }

  clear(): void {
    this.#rules.length = 0;
  }

  /** The first rule that strikes this request. Every matching rule counts it. */
  strike(verb: FaultVerb, url: string): FaultRule | undefined {
    let struck: FaultRule | undefined;
    for (const entry of this.#rules) {
      if (!matches(entry.rule, verb, url)) continue;
      entry.seen += 1;
      const due = entry.rule.nth?.includes(entry.seen) ?? true;
      const lucky = due && this.#random() < (entry.rule.probability ?? 1);
      if (lucky) struck ??= entry.rule;
    }
    return struck;
  }
}

/** A Kubernetes Status, as text. */
export function statusText(status: number, reason: string): string {
  return JSON.stringify({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: `injected: ${reason}`,
    reason,
    code: status,
  });
}

/** One sentence for the journal. */
export function describeAction(action: FaultAction): string {
  const { kind, ...rest } = action;
  const details = Object.entries(rest)
    .filter(([, value]) => value !== undefined && !isRecord(value))
    .map(([name, value]) => `${name}=${value}`);
  return [kind, ...details].join(' ');
}
