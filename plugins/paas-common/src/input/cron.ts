interface CronField {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly names: readonly string[];
}

const months = [
  'jan',
  'feb',
  'mar',
  'apr',
  'may',
  'jun',
  'jul',
  'aug',
  'sep',
  'oct',
  'nov',
  'dec',
];
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const fields: readonly CronField[] = [
  { name: 'minute', from: 0, to: 59, names: [] },
  { name: 'hour', from: 0, to: 23, names: [] },
  { name: 'day of month', from: 1, to: 31, names: [] },
  { name: 'month', from: 1, to: 12, names: months },
  { name: 'day of week', from: 0, to: 6, names: days },
];
const macros: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};
const longestMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A text that is no schedule: what is wrong, and what was probably meant. */
export interface CronFault {
  readonly message: string;
  readonly suggestion?: string;
}

function numberOf(text: string, field: CronField): number | undefined {
  if (/^[0-9]{1,4}$/.test(text)) return Number(text);
  const index = field.names.indexOf(text.toLowerCase());
  return index < 0 ? undefined : index + field.from;
}

type Range = { readonly from: number; readonly to: number };

function parseRange(text: string, field: CronField): Range | string {
  if (text === '*' || text === '?') return field;
  const ends = text.split('-');
  const numbers = ends.map(end => numberOf(end, field));
  if (ends.length > 2 || numbers.includes(undefined)) {
    return `"${text}" is no ${field.name}${
      field.names.length > 0
        ? `: write numbers or names such as ${field.names[1].toUpperCase()}`
        : ''
    }`;
  }
  const [from = 0, to = from] = numbers;
  const outside = [from, to].find(
    number => number < field.from || number > field.to,
  );
  if (outside !== undefined) {
    const sunday =
      field.name === 'day of week' && outside === 7 ? '; Sunday is 0' : '';
    return `the ${field.name} goes from ${field.from} to ${field.to}, not ${outside}${sunday}`;
  }
  return from > to
    ? `the range ${text} of the ${field.name} ends before it begins`
    : { from, to };
}

function parsePart(part: string, field: CronField): readonly number[] | string {
  const [rangeText, stepText, ...more] = part.split('/');
  const range = parseRange(rangeText, field);
  if (typeof range === 'string') return range;
  if (
    stepText !== undefined &&
    (!/^[1-9][0-9]{0,3}$/.test(stepText) || more.length > 0)
  ) {
    return `the step in "${part}" of the ${field.name} has to be a whole number, at least 1`;
  }
  const open = stepText !== undefined && !rangeText.includes('-');
  const to = open ? field.to : range.to;
  const step = Number(stepText ?? 1);
  return Array.from(
    { length: Math.floor((to - range.from) / step) + 1 },
    (_, index) => range.from + index * step,
  );
}

function parseField(
  text: string,
  field: CronField,
): readonly number[] | string {
  const values: number[] = [];
  for (const part of text.split(',')) {
    const parsed = parsePart(part, field);
    if (typeof parsed === 'string') return parsed;
    values.push(...parsed);
  }
  return values;
}

function neverHappens(
  texts: readonly string[],
  values: readonly (readonly number[])[],
): boolean {
  // Cron takes day of month *or* day of week when both are given, so a day of week always happens.
  if (!/^[*?]/.test(texts[4])) return false;
  return values[3].every(month =>
    values[2].every(day => day > longestMonth[month - 1]),
  );
}

/** What is wrong with a cron expression of five fields, as Kubernetes reads it; `undefined` when nothing is. */
export function findCronFault(text: string): CronFault | undefined {
  if (/^(CRON_)?TZ=/i.test(text))
    return {
      message: 'write the time zone in `timeZone`, not in the schedule',
    };
  const macro = macros[text.trim().toLowerCase()];
  if (macro)
    return {
      message: `short forms are not known here: write ${macro}`,
      suggestion: macro,
    };
  const texts = text.trim().split(/\s+/);
  if (texts.length !== 5) {
    const seconds = texts.length === 6 ? '; seconds are not known here' : '';
    return {
      message: `a cron expression has five fields (minute, hour, day of month, month, day of week), this one has ${texts.length}${seconds}`,
    };
  }
  const values: (readonly number[])[] = [];
  for (const [index, field] of fields.entries()) {
    const parsed = parseField(texts[index], field);
    if (typeof parsed === 'string') return { message: parsed };
    values.push(parsed);
  }
  return neverHappens(texts, values)
    ? { message: 'no such day ever comes: the month is too short' }
    : undefined;
}
