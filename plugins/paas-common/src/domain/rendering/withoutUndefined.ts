import { KubeObject } from '../kubernetes';

function cleaned(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(cleaned);
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .map(([key, entry]) => [key, cleaned(entry)]),
  );
}

/** The object without fields that are `undefined`, as it would come back from JSON. */
export function withoutUndefined(object: KubeObject): KubeObject {
  const { apiVersion, kind, metadata, ...rest } = object;
  const entries = Object.entries(rest)
    .filter(([, entry]) => entry !== undefined)
    .map(([key, entry]) => [key, cleaned(entry)]);
  return { apiVersion, kind, metadata, ...Object.fromEntries(entries) };
}
