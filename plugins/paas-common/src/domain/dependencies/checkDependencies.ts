import { listNames } from '../../input/describeValue';
import { nearestName } from '../../input/nearestName';
import { Problem } from '../problem';
import { findRings } from './findRings';
import { ParsedDependency, PlacedDependency } from './parseDependency';

/** What is known of a component before anything is rendered. */
export interface DependencyEnd {
  readonly name: string;
  /** Ports that it declares; `undefined` for charts and for components whose ports could not be read. */
  readonly ports?: readonly number[];
  readonly isChart: boolean;
}

export interface DependencyInputs {
  /** Name of the application, when it has one. */
  readonly application?: string;
  readonly components: readonly DependencyEnd[];
  readonly dependencies: readonly PlacedDependency[];
}

export interface DependencyFindings {
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

type Ends = ReadonlyMap<string, DependencyEnd>;

function nearest(
  name: string,
  ends: Ends,
): { end: string; suggestion?: string } {
  const names = [...ends.keys()];
  const suggestion = nearestName(name, names);
  if (suggestion !== undefined)
    return { end: `Did you mean \`${suggestion}\`?`, suggestion };
  const shown = names.slice(0, 10);
  const rest = names.length - shown.length;
  return {
    end: `There are: ${listNames(
      rest > 0 ? [...shown, `${rest} more`] : shown,
    )}.`,
  };
}

function unknownEnd(
  placed: PlacedDependency,
  name: string,
  ends: Ends,
): Problem {
  const { path, dependency } = placed;
  const role = name === dependency.from ? 'comes from' : 'leads to';
  const { end, suggestion } = nearest(name, ends);
  return {
    path,
    found: name,
    ...(suggestion !== undefined && { suggestion }),
    message: `\`${dependency.text}\` ${role} \`${name}\`, which is no component of this application. ${end}`,
  };
}

function nearestPort(
  port: number,
  ports: readonly number[],
): number | undefined {
  const texts = ports.map(String);
  const near = ports.length === 1 ? texts[0] : nearestName(String(port), texts);
  return near === undefined ? undefined : Number(near);
}

function closedPort(
  { path, dependency }: PlacedDependency,
  target: DependencyEnd,
): readonly Problem[] {
  const { ports } = target;
  if (ports === undefined || ports.includes(dependency.port)) return [];
  const base = { path, found: String(dependency.port) };
  if (ports.length === 0) {
    return [
      {
        ...base,
        message: `\`${dependency.text}\`: \`${target.name}\` declares no ports. Add \`ports: [{ port: ${dependency.port} }]\` to it.`,
      },
    ];
  }
  const suggestion = nearestPort(dependency.port, ports);
  const hint = suggestion === undefined ? '' : ` Did you mean ${suggestion}?`;
  return [
    {
      ...base,
      allowed: listNames(ports.map(String), 'or'),
      ...(suggestion !== undefined && { suggestion: String(suggestion) }),
      message: `\`${dependency.text}\`: \`${target.name}\` does not listen on ${
        dependency.port
      }, it declares ${listNames(ports.map(String))}.${hint}`,
    },
  ];
}

function checkTarget(
  placed: PlacedDependency,
  ends: Ends,
  application: string | undefined,
): readonly Problem[] {
  const { path, dependency } = placed;
  const { to } = dependency;
  if (to.kind === 'external') return [];
  if (to.kind === 'application') {
    if (to.application !== application) return [];
    const suggestion = `${dependency.from} -> ${to.component}:${dependency.port}`;
    return [
      {
        path,
        found: dependency.text,
        suggestion,
        message: `\`${dependency.text}\`: \`${application}\` is this application. Write \`${suggestion}\`.`,
      },
    ];
  }
  if (to.component === dependency.from) {
    return [
      {
        path,
        found: dependency.text,
        message: `\`${dependency.text}\` leads from \`${dependency.from}\` to itself: a component reaches itself without a dependency. Remove the line.`,
      },
    ];
  }
  const target = ends.get(to.component);
  return target
    ? closedPort(placed, target)
    : [unknownEnd(placed, to.component, ends)];
}

function findDuplicates(
  dependencies: readonly PlacedDependency[],
): readonly Problem[] {
  const first = new Map<string, string>();
  return dependencies.flatMap(({ path, dependency }) => {
    const earlier = first.get(dependency.text);
    if (earlier === undefined) first.set(dependency.text, path);
    return earlier === undefined
      ? []
      : [
          {
            path,
            found: dependency.text,
            message: `\`${dependency.text}\` is given twice: first in ${earlier}. Remove one.`,
          },
        ];
  });
}

function findEqualPrefixes(
  dependencies: readonly PlacedDependency[],
): readonly Problem[] {
  const first = new Map<string, ParsedDependency>();
  return dependencies.flatMap(({ path, dependency }) => {
    const key = `${dependency.from} ${dependency.env}`;
    const earlier = first.get(key);
    if (!earlier) first.set(key, dependency);
    if (!earlier || earlier.text === dependency.text) return [];
    return [
      {
        path,
        found: dependency.env,
        message: `\`${earlier.text}\` and \`${dependency.text}\` both set ${dependency.env}_PORT in \`${dependency.from}\`. Write one with the fields from, to, port and an \`env\` of its own.`,
      },
    ];
  });
}

function findMuteSources(
  dependencies: readonly PlacedDependency[],
  ends: Ends,
): readonly Problem[] {
  return dependencies
    .filter(({ dependency }) => ends.get(dependency.from)?.isChart)
    .map(({ path, dependency }) => ({
      path,
      found: dependency.from,
      message: `\`${dependency.text}\`: \`${dependency.from}\` is a chart, so the connection is allowed, but no variables are set in it. Put the address into its \`values\`.`,
    }));
}

/**
 * What can be said about the dependencies of an application from its file alone: both ends exist, declared ports, no
 * edge to itself, no ring, none twice. Each problem names the edge and the nearest alternative. Ports of charts are
 * checked when the chart was rendered.
 */
export function checkDependencies(
  inputs: DependencyInputs,
): DependencyFindings {
  const { components, dependencies, application } = inputs;
  const ends: Ends = new Map(
    components.map(component => [component.name, component]),
  );
  const problems = dependencies.flatMap(placed => [
    ...(ends.has(placed.dependency.from)
      ? []
      : [unknownEnd(placed, placed.dependency.from, ends)]),
    ...checkTarget(placed, ends, application),
  ]);
  return {
    problems: [
      ...problems,
      ...findDuplicates(dependencies),
      ...findRings(dependencies),
    ],
    warnings: [
      ...findEqualPrefixes(dependencies),
      ...findMuteSources(dependencies, ends),
    ],
  };
}
