const longest = 80;

/** At most 80 characters of a text, on one line, control characters written as escapes. */
export function shorten(text: string): string {
  const start = Array.from(text.slice(0, 4 * longest)).slice(0, longest + 1);
  const line = JSON.stringify(start.slice(0, longest).join(''))
    .slice(1, -1)
    .replace(/\\"/g, '"')
    .replace(/\\\\/g, '\\');
  return start.length > longest ? `${line.slice(0, longest - 3)}...` : line;
}

/** What a value is, as it continues "is ...": `the text "three"`, `the number 3`, `a list`, `empty`. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (typeof value === 'string')
    return value === '' ? 'empty text' : `the text "${shorten(value)}"`;
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'boolean') return String(value);
  return Array.isArray(value) ? 'a list' : 'a map';
}

/** A value in one short line, for `found`. */
export function quoteValue(value: unknown): string {
  if (typeof value === 'string') return shorten(value);
  if (value === undefined) return 'nothing';
  try {
    return shorten(JSON.stringify(value) ?? typeof value);
  } catch {
    return typeof value;
  }
}

/** `a`, `a and b`, `a, b and c`. */
export function listNames(
  names: readonly string[],
  last: 'and' | 'or' = 'and',
): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} ${last} ${names[names.length - 1]}`;
}
