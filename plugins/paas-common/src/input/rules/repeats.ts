import { FieldPath, formatPath } from '../fieldPath';
import { Finding } from '../finding';

/** One thing that may occur once: `key` compares, `shown` is what a reader sees. */
export interface Named {
  readonly key: string;
  readonly shown: string;
  readonly path: FieldPath;
}

/** A finding for each that occurs again; `what` continues "the ... `name` is given twice". */
export function findRepeats(
  items: readonly Named[],
  what: string,
): readonly Finding[] {
  const first = new Map<string, FieldPath>();
  return items.flatMap(({ key, shown, path }) => {
    const earlier = first.get(key);
    if (!earlier) {
      first.set(key, path);
      return [];
    }
    const message = `${what} \`${shown}\` is given twice: first in ${formatPath(
      earlier,
    )}.`;
    return [{ path, found: shown, message }];
  });
}
