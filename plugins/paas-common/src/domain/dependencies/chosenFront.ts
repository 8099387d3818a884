import { Edge } from '../desired';
import { canonicalJson } from '../naming/canonicalJson';
import { FrontPort, ServiceFront } from '../rendering/ComponentRenderer';

function sameSelector(a: ServiceFront, b: ServiceFront): boolean {
  return canonicalJson(a.selector) === canonicalJson(b.selector);
}

/** The ports of several Services as those of one: each port once, each name once. */
function joinedPorts(fronts: readonly ServiceFront[]): readonly FrontPort[] {
  const ports = new Map<string, FrontPort>();
  const names = new Set<string>();
  for (const port of fronts.flatMap(front => front.ports)) {
    const key = `${port.port}/${port.protocol}`;
    if (ports.has(key)) continue;
    const free = port.name !== undefined && !names.has(port.name);
    const name = free
      ? port.name
      : `p${port.port}-${port.protocol.toLowerCase()}`;
    names.add(name);
    ports.set(key, { ...port, name });
  }
  return [...ports.values()];
}

/**
 * What a component's own names stand for: the Service that its first caller needs, else the first. Services of the same
 * pods are joined, since one selector serves them all.
 */
export function chosenFront(
  fronts: readonly ServiceFront[],
  firstCalled: string | undefined,
): ServiceFront | undefined {
  const front =
    fronts.find(entry => entry.service === firstCalled) ?? fronts[0];
  if (front === undefined) {
    return undefined;
  }
  const siblings = fronts.filter(
    entry => entry !== front && sameSelector(entry, front),
  );
  return { ...front, ports: joinedPorts([front, ...siblings]) };
}

/** The Service of a component that its first caller needs. */
export function firstCalledService(
  component: string,
  edges: readonly Edge[],
): string | undefined {
  return edges.flatMap(({ to }) =>
    to.kind === 'component' && to.component === component ? [to.service] : [],
  )[0];
}
