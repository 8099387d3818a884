import { Every } from './StreamHub';

/** The machine's timer; it does not keep the process alive. */
export const every: Every = (milliseconds, callback) => {
  const timer = setInterval(callback, milliseconds);
  timer.unref();
  return () => clearInterval(timer);
};
