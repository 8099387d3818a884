import { foldLookalikes } from './lookalikes';

const longest = 64;

/** Edits (insert, delete, replace, swap of neighbours) from one text to the other. */
function distance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const same = from[i - 1] === to[j - 1];
      const swapped = from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      const cost = Math.min(
        row[j - 1] + 1,
        last[j] + 1,
        last[j - 1] + (same ? 0 : 1),
      );
      row.push(swapped ? Math.min(cost, beforeLast[j - 2] + 1) : cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[to.length];
}

function folded(name: string): string {
  return foldLookalikes(name).toLowerCase().replace(/[-_]/g, '');
}

/**
 * The candidate that was probably meant: at most one edit a three letters away, capitals, - and _ and letters that only look alike
 * not counted. `undefined` when none is near. The first candidate wins a tie.
 */
export function nearestName(
  name: string,
  candidates: Iterable<string>,
): string | undefined {
  if (name.length === 0 || name.length > longest) return undefined;
  const wanted = folded(name);
  let nearest: string | undefined;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of candidates) {
    const text = folded(candidate);
    const edits =
      Math.abs(text.length - wanted.length) >= least
        ? least
        : distance(wanted, text);
    const allTyped = edits >= Math.max(wanted.length, text.length);
    if (candidate !== name && edits < least && !allTyped) {
      nearest = candidate;
      least = edits;
    }
  }
  return nearest;
}
