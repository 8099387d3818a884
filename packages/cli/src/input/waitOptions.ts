import { z } from 'zod';
import { CliFailure, exitCodes } from '../exitCodes';
import { parseDuration } from '../output/age';

export const waitOptions = [
  { flags: '--wait', help: 'wait until it is ready, with progress' },
  {
    flags: '--timeout <duration>',
    help: 'how long to wait: 90s, 5m',
    fallback: '5m',
  },
] as const;

export const waitSchema = {
  wait: z.boolean().default(false),
  timeout: z.string(),
};

/** Timers of Node go no further, and end at once when asked to: 24 days. */
const longestMs = 2 ** 31 - 1;

/** `--timeout` in milliseconds. */
export function timeoutOf(options: { readonly timeout: string }): number {
  const milliseconds = parseDuration(options.timeout);
  if (milliseconds !== undefined && milliseconds > 0) {
    return Math.min(milliseconds, longestMs);
  }
  throw new CliFailure(
    exitCodes.problem,
    `--timeout ${options.timeout} is no duration: write 90s, 5m or 1h.`,
  );
}
