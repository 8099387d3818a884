const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const steps: readonly {
  below: number;
  unit: Intl.RelativeTimeFormatUnit;
  seconds: number;
}[] = [
  { below: HOUR, unit: 'minute', seconds: MINUTE },
  { below: DAY, unit: 'hour', seconds: HOUR },
  { below: 30 * DAY, unit: 'day', seconds: DAY },
  { below: 365 * DAY, unit: 'month', seconds: 30 * DAY },
  { below: Infinity, unit: 'year', seconds: 365 * DAY },
];

const format = new Intl.RelativeTimeFormat('en', { numeric: 'always' });

/**
 * `5 minutes ago`, for an RFC 3339 time. Below a minute it says `just now` or tens of seconds, so that the text does not
 * change each second. A time ahead of `now` by less than a minute is a clock difference and reads `just now`.
 */
export function relativeTime(time: string, now: Date): string {
  const seconds = Math.floor((now.getTime() - Date.parse(time)) / 1000);
  if (Number.isNaN(seconds)) return 'at an unknown time';
  const distance = Math.abs(seconds);
  if (distance < 10 || (seconds < 0 && distance < MINUTE)) return 'just now';
  if (distance < MINUTE) return `${Math.floor(seconds / 10) * 10} seconds ago`;
  const step = steps.find(candidate => distance < candidate.below);
  if (!step) return 'at an unknown time';
  return format.format(-Math.trunc(seconds / step.seconds), step.unit);
}

/** How old something is, without "ago": `3 minutes`. */
export function age(time: string, now: Date): string {
  const relative = relativeTime(time, now);
  return relative === 'just now'
    ? 'a few seconds'
    : relative.replace(/ ago$/, '');
}

/** The absolute time in the viewer's zone, with the zone's name; the text itself when it is no time. */
export function absoluteTime(time: string): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime())
    ? time
    : new Intl.DateTimeFormat(undefined, {
        dateStyle: 'medium',
        timeStyle: 'long',
      }).format(date);
}
