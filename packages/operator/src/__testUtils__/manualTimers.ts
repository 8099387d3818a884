import { Timers } from '../reporting/statusWriter';

/** A clock that stands still until it is told to go on. */
export interface ManualTimers extends Timers {
  monotonic(): number;
  /** Lets time pass, and calls back what is due, in order. */
  pass(milliseconds: number): Promise<void>;
}

/** Lets everything that is ready to run, run. */
export async function settle(): Promise<void> {
  await new Promise(resolve => setImmediate(resolve));
}

export function createManualTimers(): ManualTimers {
  let clock = 0;
  let next = 0;
  const timers = new Map<number, { at: number; callback: () => void }>();
  return {
    set(callback, milliseconds) {
      next += 1;
      timers.set(next, { at: clock + milliseconds, callback });
      return next;
    },
    clear: handle => {
      timers.delete(Number(handle));
    },
    monotonic: () => clock,
    async pass(milliseconds) {
      await settle();
      clock += milliseconds;
      for (const [handle, { at, callback }] of [...timers]) {
        if (at > clock || !timers.delete(handle)) continue;
        callback();
      }
      await settle();
    },
  };
}
