import { BackoffLimits, realTiming, Timing } from '../reflector/timing';
import { AwaitReturn } from '../ports';
import { Transport } from './transport';

/** One look at a server. Never rejects: a server that does not answer is not ready. */
export type Probe = (signal: AbortSignal) => Promise<boolean>;

export interface AwaitReturnOptions {
  readonly probe: Probe;
  readonly timing?: Timing;
  /** Time between two looks; default 0.1 to 1 s. */
  readonly backoff?: BackoffLimits;
}

const defaultBackoff: BackoffLimits = { baseMs: 100, maxMs: 1_000 };
/** A look that takes longer says no: packets to a machine that is gone get no answer at all. */
const PROBE_MS = 2_000;

/** Everybody's wait for one server: its looks go on as long as somebody waits. */
interface Wait {
  readonly outcome: Promise<'present' | 'returned'>;
  readonly end: AbortController;
  waiting: number;
}

/**
 * Waits for a server on behalf of all who lost it. However many watches broke, the server is looked at once a second at
 * most, and all learn in the same moment that it is back: with a back-off each, the last of 25 came 16 s later.
 */
export function createAwaitReturn({
  probe,
  timing = realTiming,
  backoff = defaultBackoff,
}: AwaitReturnOptions): AwaitReturn {
  let current: Wait | undefined;

  async function look(signal: AbortSignal): Promise<'present' | 'returned'> {
    for (let attempt = 0; ; attempt += 1) {
      if (await probe(signal)) return attempt === 0 ? 'present' : 'returned';
      signal.throwIfAborted();
      const ceiling = Math.min(backoff.maxMs, backoff.baseMs * 2 ** attempt);
      // Half of it is jitter: many processes that lost one server spread out, and none is late.
      await timing.sleep(ceiling * (0.5 + timing.random() / 2), signal);
    }
  }

  function begin(): Wait {
    const end = new AbortController();
    const wait: Wait = { outcome: look(end.signal), end, waiting: 0 };
    const forget = () => {
      if (current === wait) current = undefined;
    };
    wait.outcome.then(forget, forget);
    return wait;
  }

  return async ({ signal }) => {
    signal.throwIfAborted();
    current ??= begin();
    const wait = current;
    wait.waiting += 1;
    let leave = () => {};
    const left = new Promise<never>((_, reject) => {
      leave = () => reject(signal.reason);
    });
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await Promise.race([wait.outcome, left]);
    } finally {
      signal.removeEventListener('abort', leave);
      wait.waiting -= 1;
      if (wait.waiting === 0) {
        if (current === wait) current = undefined;
        wait.end.abort();
      }
    }
  };
}

/**
 * Asks an API server whether it is ready. Every answer but "not now" counts as yes: who may not see `/readyz` is answered
 * by a server that is there.
 */
export function readinessProbe(transport: Transport): Probe {
  return async signal => {
    try {
      const response = await transport.send({
        method: 'GET',
        verb: 'discover',
        path: '/readyz',
        signal: AbortSignal.any([signal, AbortSignal.timeout(PROBE_MS)]),
      });
      await response.body.text();
      return response.status < 500 && response.status !== 429;
    } catch {
      return false;
    }
  };
}
