import { z } from 'zod';
import { explainIssue } from '../../input/explainIssue';
import { Finding, toProblems } from '../../input/finding';
import { dependencyObjectSchema } from '../../schema/applicationSchema';
import { Field, fieldModel } from '../../schema/fieldModel';
import { Checked } from '../problem';

let model: Field | undefined;

/** The object form of a dependency, field by field; `path` is put before the paths of the problems. */
export function readDependencyFields(
  input: unknown,
  path: string,
): Checked<z.output<typeof dependencyObjectSchema>> {
  const parsed = dependencyObjectSchema.safeParse(input);
  if (parsed.success) return { ok: true, value: parsed.data, warnings: [] };
  model ??= fieldModel(dependencyObjectSchema, 'spec.dependencies[]');
  const fields = model;
  const findings: readonly Finding[] = parsed.error.issues.flatMap(issue =>
    explainIssue(issue, { model: fields, document: input, base: [] }),
  );
  // zod reports each rule that a value breaks; the first says enough.
  const byPlace = new Map(
    toProblems(findings)
      .map(problem => ({ ...problem, path: joinPath(path, problem.path) }))
      .reverse()
      .map(problem => [problem.path, problem]),
  );
  return { ok: false, problems: [...byPlace.values()].reverse() };
}

function joinPath(outer: string, inner: string): string {
  return inner === '' || inner.startsWith('[')
    ? `${outer}${inner}`
    : `${outer}.${inner}`;
}
