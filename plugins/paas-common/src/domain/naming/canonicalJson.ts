/**
 * JSON with the keys of every object sorted and `undefined` left out: equal values give equal text, whatever the order
 * in which their fields were set. For hashing and comparing, not for people.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) => {
    if (entry === null || typeof entry !== 'object' || Array.isArray(entry)) {
      return entry;
    }
    const sorted = Object.entries(entry).sort(([a], [b]) => {
      if (a === b) return 0;
      return a < b ? -1 : 1;
    });
    return Object.fromEntries(sorted);
  });
}
