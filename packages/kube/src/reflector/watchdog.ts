import { Timing } from './timing';

/** Calls for help when it is not fed for too long. */
export interface Watchdog {
  /** A sign of life: patience begins anew. */
  feed(): void;
  cancel(): void;
}

/** Starts a watchdog that barks once after `patienceMs` without food. */
export function startWatchdog(
  timing: Timing,
  patienceMs: number,
  bark: () => void,
): Watchdog {
  let cancel = timing.after(patienceMs, bark);
  return {
    feed() {
      cancel();
      cancel = timing.after(patienceMs, bark);
    },
    cancel: () => cancel(),
  };
}
