import { isRecord, JsonRecord } from '../jsonValue';

/** The named fields of an object that are there; undefined when none is. */
export function pick(
  value: unknown,
  fields: readonly string[],
): JsonRecord | undefined {
  if (!isRecord(value)) return undefined;
  const picked: Record<string, unknown> = {};
  for (const field of fields) {
    if (value[field] !== undefined) picked[field] = value[field];
  }
  return Object.keys(picked).length === 0 ? undefined : picked;
}

/** `{name: value}`, or nothing when the value is undefined: for building objects without empty fields. */
export function present(name: string, value: unknown): JsonRecord {
  return value === undefined ? {} : { [name]: value };
}

/** The entries of a list, each reduced to the named fields; undefined when the list is empty or absent. */
export function pickEach(
  list: unknown,
  fields: readonly string[],
): readonly JsonRecord[] | undefined {
  if (!Array.isArray(list) || list.length === 0) return undefined;
  return list.map(entry => pick(entry, fields) ?? {});
}
