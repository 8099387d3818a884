import { isRecord } from '../../jsonValue';

/** One value inside an object, and the object with it changed. */
export interface Mutation<T> {
  readonly path: string;
  readonly object: T;
}

function withAt(value: unknown, keys: readonly string[], to: unknown): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return to;
  if (Array.isArray(value)) {
    return value.map((item, index) =>
      String(index) === key ? withAt(item, rest, to) : item,
    );
  }
  const record = isRecord(value) ? value : {};
  return { ...record, [key]: withAt(record[key], rest, to) };
}

function leaves(
  value: unknown,
  path: readonly string[],
): [string[], unknown][] {
  if (Array.isArray(value) || isRecord(value)) {
    return Object.entries(value).flatMap(([key, child]) =>
      leaves(child, [...path, key]),
    );
  }
  return value === undefined ? [] : [[[...path], value]];
}

function other(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  return `${value}-other`;
}

/** The object once for each of its values below `fields`, that value changed to another of its type. */
export function everyLeafChanged<T extends object>(
  object: T,
  fields: readonly string[],
): Mutation<T>[] {
  return fields.flatMap(field =>
    leaves(Object(object)[field], [field]).map(([path, value]) => ({
      path: path.join('.'),
      // The copy differs in one scalar only, so it is still of the object's type.
      object: withAt(object, path, other(value)) as T,
    })),
  );
}
