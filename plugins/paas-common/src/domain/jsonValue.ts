/** A JSON object whose fields are not known. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** True for `{...}`, not for arrays and null. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object at a field, or an empty one: reading on never throws. */
export function recordAt(value: unknown, ...path: string[]): JsonRecord {
  let current: unknown = value;
  for (const field of path) {
    current = isRecord(current) ? current[field] : undefined;
  }
  return isRecord(current) ? current : {};
}

/** The list of objects at a field; entries of any other shape are left out. */
export function recordsAt(
  value: unknown,
  ...path: string[]
): readonly JsonRecord[] {
  const last = path[path.length - 1];
  const list = recordAt(value, ...path.slice(0, -1))[last];
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

/** The text at a field, or undefined. */
export function textAt(value: unknown, ...path: string[]): string | undefined {
  const found = recordAt(value, ...path.slice(0, -1))[path[path.length - 1]];
  return typeof found === 'string' ? found : undefined;
}

/** The number at a field, or undefined. */
export function numberAt(
  value: unknown,
  ...path: string[]
): number | undefined {
  const found = recordAt(value, ...path.slice(0, -1))[path[path.length - 1]];
  return typeof found === 'number' ? found : undefined;
}
