/**
 * The entry of a record under a name that a user chose. Plain indexing would find `Object.prototype` under names like
 * `constructor`, which are valid component names.
 */
export function ownEntry<T>(
  record: Readonly<Record<string, T>> | undefined,
  name: string,
): T | undefined {
  return record !== undefined && Object.hasOwn(record, name)
    ? record[name]
    : undefined;
}
