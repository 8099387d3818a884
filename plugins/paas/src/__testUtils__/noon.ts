import { LiveClock } from '../api/createLiveUpdates';

/** Noon of the day in which the samples live; short timers run at once, long ones never. */
export const noon: LiveClock = {
  now: () => new Date('2026-11-20T12:00:00Z'),
  setTimer: (callback, milliseconds) => {
    if (milliseconds >= 1_000) return () => {};
    const timer = setTimeout(callback, 0);
    return () => clearTimeout(timer);
  },
};
