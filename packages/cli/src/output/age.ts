const units = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
  ['s', 1],
] as const;

/** Time since `at` (RFC 3339) as kubectl writes it: `42s`, `5m`, `3h`, `12d`; `-` when unknown. */
export function age(at: string | undefined, now: Date): string {
  const then = at === undefined ? Number.NaN : Date.parse(at);
  if (Number.isNaN(then)) return '-';
  const seconds = Math.max(0, Math.floor((now.getTime() - then) / 1000));
  const [unit, size] = units.find(([, length]) => seconds >= length) ?? [
    's',
    1,
  ];
  return `${Math.floor(seconds / size)}${unit}`;
}

/** Reads `90s`, `5m`, `1h30m` or plain seconds into milliseconds; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const match = /^(?=\d)(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text);
  if (!match) return undefined;
  const [hours, minutes, seconds] = match
    .slice(1)
    .map(part => Number(part ?? 0));
  return ((hours * 60 + minutes) * 60 + seconds) * 1000;
}
