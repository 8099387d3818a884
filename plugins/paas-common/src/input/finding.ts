import { Problem } from '../domain/problem';
import { FieldPath, formatPath } from './fieldPath';

/** 1-based, as editors count. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * Finds a path in the file that the value came from: where the value begins, or with `key` where the name of the field
 * does. Answers for the nearest part that exists when the path itself does not.
 */
export type Locate = (
  path: FieldPath,
  part?: 'key' | 'value',
) => Position | undefined;

/** Something about an input that a person should know, before it has a position. */
export interface Finding {
  readonly path: FieldPath;
  /** One sentence or two: what was found, what is allowed, what to do. */
  readonly message: string;
  readonly found?: string;
  readonly allowed?: string;
  readonly suggestion?: string;
  /** The name of the field is wrong, rather than its value. */
  readonly part?: 'key' | 'value';
  /** True when the input is usable all the same. */
  readonly warning?: boolean;
}

/** zod reports each rule that a value breaks; the first says enough. */
export function oncePerPlace(findings: readonly Finding[]): readonly Finding[] {
  const byPlace = new Map<string, Finding>();
  for (const finding of findings) {
    const place = formatPath(finding.path);
    if (!byPlace.has(place)) byPlace.set(place, finding);
  }
  return [...byPlace.values()];
}

const most = 200;

function toProblem(finding: Finding, locate: Locate | undefined): Problem {
  const position = locate?.(finding.path, finding.part);
  const { message, found, allowed, suggestion } = finding;
  return {
    path: formatPath(finding.path),
    ...(position && { line: position.line, column: position.column }),
    message,
    ...(found !== undefined && { found }),
    ...(allowed !== undefined && { allowed }),
    ...(suggestion !== undefined && { suggestion }),
  };
}

function byPosition(a: Problem, b: Problem): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}

/** Problems in the order of the file, at most 200 of them and one line that counts the rest. */
export function toProblems(
  findings: readonly Finding[],
  locate?: Locate,
): readonly Problem[] {
  const problems = findings
    .slice(0, most)
    .map(finding => toProblem(finding, locate))
    .sort(byPosition);
  const rest = findings.length - problems.length;
  if (rest === 0) return problems;
  return [
    ...problems,
    { path: '', message: `There are ${rest} more problems. Mend these first.` },
  ];
}
