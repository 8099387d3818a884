import { checkDependencies } from '../domain/dependencies/checkDependencies';
import {
  parseDependency,
  PlacedDependency,
} from '../domain/dependencies/parseDependency';
import { DEPLOYER } from '../domain/labels';
import { childName } from '../domain/naming/childName';
import { Problem } from '../domain/problem';
import { ApplicationSpec } from '../schema/Application';
import { applicationSpecSchema } from '../schema/applicationSchema';
import { Component } from '../schema/Component';
import { componentSchema } from '../schema/componentSchema';
import { Field, fieldModel } from '../schema/fieldModel';
import { dnsLabel } from '../schema/fieldTypes';
import { CheckedFields } from './checkResource';
import { asName, explainIssue } from './explainIssue';
import { FieldPath, formatPath, isWithin, valueAt } from './fieldPath';
import { Finding, oncePerPlace } from './finding';
import { checkComponent } from './rules/componentRules';
import { findRepeats } from './rules/repeats';

let model: Field | undefined;

/** The model of `spec`, made when first needed: it takes some milliseconds. */
export function specModel(): Field {
  model ??= fieldModel(applicationSpecSchema, 'spec');
  return model;
}

type CheckedSpec = CheckedFields<ApplicationSpec>;

/** A component as far as it can be read, for rules that look at several. */
interface SeenComponent {
  readonly path: FieldPath;
  readonly name?: string;
  readonly isChart: boolean;
  readonly component?: Component;
}

function listAt(spec: unknown, name: string): readonly unknown[] {
  const list = valueAt(spec, [name]);
  return Array.isArray(list) ? list : [];
}

function seeComponents(spec: unknown): readonly SeenComponent[] {
  return listAt(spec, 'components').map((item, index) => {
    const name = valueAt(item, ['name']);
    const parsed = componentSchema.safeParse(item);
    return {
      path: ['spec', 'components', index],
      isChart: valueAt(item, ['type']) === 'HelmChart',
      ...(typeof name === 'string' && { name }),
      ...(parsed.success && { component: parsed.data }),
    };
  });
}

/** Lists that are too long: their entries are not looked at, one sentence is enough. */
function overlongLists(spec: unknown): readonly Finding[] {
  const limits: readonly (readonly [string, number])[] = [
    ['components', 100],
    ['dependencies', 1000],
  ];
  return limits.flatMap(([name, most]) => {
    const { length } = listAt(spec, name);
    return length > most
      ? [
          {
            path: ['spec', name],
            found: `${length} entries`,
            allowed: `at most ${most} entries`,
            message: `\`${name}\` has ${length} entries; at most ${most} are allowed. Split the application.`,
          },
        ]
      : [];
  });
}

function explainFields(spec: unknown): CheckedSpec {
  const parsed = applicationSpecSchema.safeParse(spec);
  if (parsed.success) return { findings: [], spec: parsed.data };
  const findings = parsed.error.issues
    // Dependencies have a grammar of their own, whose sentences say more.
    .filter(
      issue => !(issue.path[0] === 'dependencies' && issue.path.length > 1),
    )
    .flatMap(issue =>
      explainIssue(issue, {
        model: specModel(),
        document: spec,
        base: ['spec'],
      }),
    );
  return { findings: oncePerPlace(findings) };
}

function isPort(value: unknown): value is number {
  return typeof value === 'number';
}

function toFinding(
  path: FieldPath,
  problem: Problem,
  warning: boolean,
): Finding {
  const { line: _line, column: _column, path: text, ...rest } = problem;
  const base = formatPath(path);
  const field = text.startsWith(`${base}.`)
    ? [text.slice(base.length + 1)]
    : [];
  // What was found is the name of the field: nothing is wrong with its value.
  const isName = field.length > 0 && rest.found === field[0];
  return {
    ...rest,
    path: [...path, ...field],
    ...(isName && { part: 'key' }),
    ...(warning && { warning }),
  };
}

function checkEdges(
  spec: unknown,
  components: readonly SeenComponent[],
  application: string | undefined,
): readonly Finding[] {
  const findings: Finding[] = [];
  const placed: PlacedDependency[] = [];
  const places = new Map<string, FieldPath>();
  listAt(spec, 'dependencies').forEach((item, index) => {
    const at: FieldPath = ['spec', 'dependencies', index];
    const path = formatPath(at);
    places.set(path, at);
    const parsed = parseDependency(item, path);
    if (parsed.ok) placed.push({ path, dependency: parsed.value });
    else
      findings.push(
        ...parsed.problems.map(problem => toFinding(at, problem, false)),
      );
  });
  // Without any component every end would be wrong, which would bury that there is none.
  if (components.length === 0) return findings;
  const ends = components.flatMap(({ name, isChart, component }) => {
    const ports =
      component && 'ports' in component
        ? component.ports.map(({ port }) => port).filter(isPort)
        : undefined;
    // A name that has to be mended is known as what it will be, so that its dependencies are not wrong too.
    return name === undefined
      ? []
      : [
          {
            name: dnsLabel.safeParse(name).success ? name : asName(name),
            isChart,
            ...(ports && { ports }),
          },
        ];
  });
  const { problems, warnings } = checkDependencies({
    components: ends,
    dependencies: placed,
    ...(application !== undefined && { application }),
  });
  const place = (problem: Problem, warning: boolean) =>
    toFinding(places.get(problem.path) ?? [], problem, warning);
  return [
    ...findings,
    ...problems.map(problem => place(problem, false)),
    ...warnings.map(problem => place(problem, true)),
  ];
}

function checkHosts(components: readonly SeenComponent[]): readonly Finding[] {
  const exposed = components.flatMap(({ component, path }) => {
    if (!component || !('expose' in component) || !component.expose) return [];
    const address = `${component.expose.host}${component.expose.path}`;
    return [{ key: address, shown: address, path: [...path, 'expose'] }];
  });
  return findRepeats(exposed, 'The address');
}

/** Pods run as an account with their component's name, which must not be the one that everything is written as. */
function checkAccounts(
  components: readonly SeenComponent[],
  application: string | undefined,
): readonly Finding[] {
  return components.flatMap(({ name, path }) => {
    if (name === undefined || application === undefined) return [];
    return childName({ application, component: name }) === DEPLOYER
      ? [
          {
            path: [...path, 'name'],
            found: name,
            message: `The objects of \`${name}\` would be named ${DEPLOYER}, as the account that everything in the namespace is written as: give the component another name.`,
          },
        ]
      : [];
  });
}

/** Everything wrong with a `spec`, fields and rules over several of them together. Paths begin with `spec`. */
export function checkSpec(
  spec: unknown,
  application: string | undefined,
): CheckedSpec {
  const overlong = overlongLists(spec);
  if (overlong.length > 0) return { findings: overlong };
  const fields = explainFields(spec);
  const components = seeComponents(spec);
  const names = components.flatMap(({ name, path }) =>
    name === undefined
      ? []
      : [{ key: name, shown: name, path: [...path, 'name'] }],
  );
  const rules = [
    ...findRepeats(names, 'The component name'),
    ...components.flatMap(({ component, path }) =>
      component ? checkComponent(component, path) : [],
    ),
    ...checkHosts(components),
    ...checkAccounts(components, application),
    ...checkEdges(spec, components, application),
  ];
  const findings = [
    ...fields.findings,
    ...rules.filter(
      rule =>
        !fields.findings.some(
          ({ path }) => isWithin(rule.path, path) && path.length > 1,
        ),
    ),
  ];
  return { findings, ...(fields.spec && { spec: fields.spec }) };
}
