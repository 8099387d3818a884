import { useCallback, useEffect, useRef, useState } from 'react';
import { problemOf, ViewProblem } from '../model/problemOf';
import { useClock } from './clock';

const EVERY_MS = 5_000;

/** What was read last, though a later read may have failed. */
export interface Polled<T> {
  readonly value?: T;
  readonly problem?: ViewProblem;
  /** Reads again now. */
  reload(): void;
}

interface Held<T> extends Omit<Polled<T>, 'reload'> {
  readonly key: string;
}

/**
 * Reads now and every five seconds while the tab is visible, one read at a time. `key` is the identity of what is read:
 * another one starts from nothing.
 */
export function usePolled<T>(
  key: string,
  read: (signal: AbortSignal) => Promise<T>,
): Polled<T> {
  const clock = useClock();
  const latest = useRef(read);
  latest.current = read;
  const [held, setHeld] = useState<Held<T>>({ key });
  const again = useRef(() => {});
  useEffect(() => {
    const abort = new AbortController();
    let stopTimer = () => {};
    let reading = false;
    const next = async () => {
      if (reading) return;
      reading = true;
      stopTimer();
      try {
        const value = await latest.current(abort.signal);
        if (!abort.signal.aborted) setHeld({ key, value });
      } catch (error) {
        if (abort.signal.aborted) return;
        const problem = problemOf(error, clock.now().toISOString());
        // Only what failed may still be true: who may not see it, or what is gone, is not shown any longer.
        setHeld(before => ({
          key,
          problem,
          ...(before.key === key &&
            problem.kind === 'failed' && { value: before.value }),
        }));
      }
      reading = false;
      if (!abort.signal.aborted) stopTimer = clock.setTimer(tick, EVERY_MS);
    };
    const tick = () => {
      if (document.hidden) stopTimer = clock.setTimer(tick, EVERY_MS);
      else next();
    };
    again.current = next;
    next();
    return () => {
      abort.abort();
      stopTimer();
      again.current = () => {};
    };
  }, [key, clock]);
  const reload = useCallback(() => again.current(), []);
  return { ...(held.key === key && held), reload };
}
