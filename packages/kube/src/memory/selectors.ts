import { KubeObject } from '../objects';

function labelMatches(
  labels: Readonly<Record<string, string>>,
  term: string,
): boolean {
  const set = /^(!?)([^=!,\s]+)\s+(in|notin)\s+\(([^)]*)\)$/.exec(term);
  if (set) {
    const values = set[4].split(',').map(value => value.trim());
    const inside = values.includes(labels[set[2]]);
    return set[3] === 'in' ? inside : !inside;
  }
  const unequal = /^([^=!]+)!=(.*)$/.exec(term);
  if (unequal) return labels[unequal[1].trim()] !== unequal[2].trim();
  const equal = /^([^=!]+)={1,2}(.*)$/.exec(term);
  if (equal) return labels[equal[1].trim()] === equal[2].trim();
  return term.startsWith('!') ? !(term.slice(1) in labels) : term in labels;
}

/** Whether an object is selected, by the grammar of `labelSelector`. */
export function matchesLabels(
  object: KubeObject,
  selector: string | undefined,
): boolean {
  if (!selector) return true;
  const labels = object.metadata.labels ?? {};
  return selector
    .split(/,(?![^(]*\))/)
    .map(term => term.trim())
    .every(term => labelMatches(labels, term));
}

function fieldOf(object: KubeObject, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, name) =>
        typeof value === 'object' && value !== null
          ? Reflect.get(value, name)
          : undefined,
      object,
    );
}

/** Whether an object is selected, by `field=value` and `field!=value`. */
export function matchesFields(
  object: KubeObject,
  selector: string | undefined,
): boolean {
  if (!selector) return true;
  return selector.split(',').every(term => {
    const unequal = term.includes('!=');
    const [path, value] = term.split(unequal ? '!=' : '=');
    return (String(fieldOf(object, path) ?? '') === value) !== unequal;
  });
}
