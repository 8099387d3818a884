/** Dialects that validators know by heart, so that none is fetched. */
const dialects = new Set(
  [
    'http://json-schema.org/schema',
    'http://json-schema.org/draft-04/schema',
    'http://json-schema.org/draft-06/schema',
    'http://json-schema.org/draft-07/schema',
    'http://json-schema.org/draft/2019-09/schema',
    'http://json-schema.org/draft/2020-12/schema',
  ].flatMap(url => [url, url.replace('http:', 'https:')]),
);

/** Keywords that say what a schema is called, and lead nowhere. */
const names = new Set(['$id', '$anchor', '$dynamicAnchor', '$comment']);

/** True for a keyword of JSON schema (they begin with `$`) whose text leads out of the schema. */
function leadsOut(keyword: string, text: string): boolean {
  if (!keyword.startsWith('$') || names.has(keyword)) return false;
  return keyword === '$schema'
    ? !dialects.has(text.replace(/#$/, ''))
    : !text.startsWith('#');
}

/**
 * True when a JSON schema needs more than itself: helm would fetch it, from wherever it says. Parsed rather than
 * searched: `"\u0024ref"` is a reference as well. What can not be read is taken as needing more, as is every keyword
 * that is not known to lead nowhere: there have been `$ref`, `$recursiveRef` and `$dynamicRef` so far.
 */
export function reachesOut(schema: string): boolean {
  let found = false;
  try {
    JSON.parse(schema, (key, value: unknown) => {
      found ||= typeof value === 'string' && leadsOut(key, value);
      return value;
    });
  } catch {
    return true;
  }
  return found;
}
