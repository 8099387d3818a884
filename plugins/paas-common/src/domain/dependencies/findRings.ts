import { Problem } from '../problem';
import { PlacedDependency } from './parseDependency';

interface Hop {
  readonly to: string;
  readonly path: string;
}

function hopsOf(
  dependencies: readonly PlacedDependency[],
): ReadonlyMap<string, Hop[]> {
  const hops = new Map<string, Hop[]>();
  for (const { path, dependency } of dependencies) {
    const { from, to } = dependency;
    // An edge to itself is a problem of its own.
    if (to.kind === 'component' && to.component !== from) {
      const known = hops.get(from) ?? [];
      known.push({ to: to.component, path });
      hops.set(from, known);
    }
  }
  return hops;
}

interface Frame {
  readonly name: string;
  next: number;
}

/** Walks from one component; `trail` is the way there, `done` is what needs no second look. */
function walk(
  start: string,
  hops: ReadonlyMap<string, Hop[]>,
  done: Set<string>,
): Problem[] {
  const problems: Problem[] = [];
  const trail: Frame[] = [{ name: start, next: 0 }];
  while (trail.length > 0) {
    const frame = trail[trail.length - 1];
    const hop = hops.get(frame.name)?.[frame.next];
    frame.next += 1;
    if (hop === undefined) {
      done.add(frame.name);
      trail.pop();
    } else {
      const met = trail.findIndex(({ name }) => name === hop.to);
      if (met >= 0)
        problems.push(
          describeRing(
            trail.slice(met).map(({ name }) => name),
            hop,
          ),
        );
      else if (!done.has(hop.to)) trail.push({ name: hop.to, next: 0 });
    }
  }
  return problems;
}

function describeRing(names: readonly string[], closing: Hop): Problem {
  const ring = [...names, closing.to].join(' -> ');
  return {
    path: closing.path,
    found: ring,
    message: `Components depend on each other in a ring: ${ring}. Each would wait for the other; remove one of these dependencies.`,
  };
}

/** A problem for each edge that closes a ring of components, with the ring written out. Every ring has at least one such edge. */
export function findRings(
  dependencies: readonly PlacedDependency[],
): readonly Problem[] {
  const hops = hopsOf(dependencies);
  const done = new Set<string>();
  return [...hops.keys()].flatMap(name =>
    done.has(name) ? [] : walk(name, hops, done),
  );
}
