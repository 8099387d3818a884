import { isRecord, JsonRecord } from '../jsonValue';

/** Reading of objects whose shape nobody has checked yet: charts may render anything. */
export type Fields = JsonRecord;

/** The value as an object; anything else is an empty one. */
export function fieldsOf(value: unknown): Fields {
  return isRecord(value) ? value : {};
}

/** The value as a list; anything else is an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value when it is a text. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The entries of an object that are texts: labels, annotations, selectors. */
export function textsOf(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(fieldsOf(value)).flatMap(([key, entry]) =>
      typeof entry === 'string' ? [[key, entry] as const] : [],
    ),
  );
}
