import { HeldLine } from './logRing';

/** A piece of a line; `found` pieces are what was searched for. */
export interface LogPiece {
  readonly text: string;
  readonly found: boolean;
}

/** Cuts a line at what was searched for, letter case aside. */
export function piecesOf(text: string, sought: string): readonly LogPiece[] {
  if (sought === '') return [{ text, found: false }];
  const lower = text.toLowerCase();
  const wanted = sought.toLowerCase();
  // A few letters change their length with their case: then places in one text are not places in the other.
  if (lower.length !== text.length) return [{ text, found: false }];
  const pieces: LogPiece[] = [];
  let from = 0;
  for (
    let at = lower.indexOf(wanted);
    at >= 0;
    at = lower.indexOf(wanted, from)
  ) {
    if (at > from) pieces.push({ text: text.slice(from, at), found: false });
    from = at + wanted.length;
    pieces.push({ text: text.slice(at, from), found: true });
  }
  if (from < text.length) pieces.push({ text: text.slice(from), found: false });
  return pieces;
}

/** Places in the list of the lines that hold what was searched for. */
export function matchingLines(
  lines: readonly HeldLine[],
  sought: string,
): readonly number[] {
  if (sought === '') return [];
  const wanted = sought.toLowerCase();
  return lines.flatMap(({ text }, index) =>
    text.toLowerCase().includes(wanted) ? [index] : [],
  );
}

const alarming = /\b(?:FATAL|ERROR|PANIC|CRITICAL)\b/i;
const warning = /\bWARN(?:ING)?\b/i;

/** How loud a line is, by the words that it says itself. */
export function levelOf(text: string): 'negative' | 'warning' | 'plain' {
  const head = text.slice(0, 200);
  if (alarming.test(head)) return 'negative';
  return warning.test(head) ? 'warning' : 'plain';
}

/** Lines as a text to copy or keep; several containers are told apart. */
export function textOf(
  lines: readonly HeldLine[],
  options: { readonly times: boolean; readonly sources: boolean },
): string {
  return lines
    .map(({ at, pod, container, text }) =>
      [
        ...(options.times && at ? [at] : []),
        ...(options.sources ? [`${pod} ${container}`] : []),
        text,
      ].join(' '),
    )
    .map(line => `${line}\n`)
    .join('');
}
