import { Timers } from './statusWriter';

/** The timers of this process. */
export const processTimers: Timers = {
  set: (callback, ms) => setTimeout(callback, ms),
  clear: handle => clearTimeout(handle as NodeJS.Timeout),
};
