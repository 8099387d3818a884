import { Edge, Refusal } from '../desired';
import { childName } from '../naming/childName';
import {
  FrontPort,
  Preparation,
  ServiceFront,
} from '../rendering/ComponentRenderer';
import { chosenFront, firstCalledService } from './chosenFront';
import { ParsedDependency } from './parseDependency';

/** Edges whose target is there, and a refusal for each other one; `component` of a refusal is the caller. */
export interface ResolvedEdges {
  readonly edges: readonly Edge[];
  readonly refusals: readonly Refusal[];
}

/** The components of the application by name, as far as they are known. */
export interface EdgeScope {
  readonly application: string;
  readonly components: ReadonlyMap<string, Preparation>;
}

type Resolution =
  | { readonly ok: true; readonly to: Edge['to'] }
  | { readonly ok: false; readonly message: string };

function portText(port: FrontPort): string {
  return port.protocol === 'TCP'
    ? `${port.port}`
    : `${port.port}/${port.protocol}`;
}

/** What is offered, the port nearest to the wanted one first. */
function offers(fronts: readonly ServiceFront[], wanted: number): string {
  const ports = fronts
    .flatMap(front => front.ports.map(port => ({ front, port })))
    .sort(
      (a, b) => Math.abs(a.port.port - wanted) - Math.abs(b.port.port - wanted),
    );
  const texts = ports.map(
    ({ front, port }) => `${portText(port)} (Service ${front.service})`,
  );
  return [...new Set(texts)].join(', ');
}

function throughFronts(
  dependency: ParsedDependency,
  target: string,
  fronts: readonly ServiceFront[],
): Resolution {
  const front = fronts.find(entry =>
    entry.ports.some(port => port.port === dependency.port),
  );
  if (front === undefined) {
    const open = offers(fronts, dependency.port);
    const message =
      open === ''
        ? `${dependency.text}: ${target} listens on no port. Declare the port on ${target}, or remove the dependency.`
        : `${dependency.text}: ${target} does not listen on ${dependency.port}. It offers ${open}.`;
    return { ok: false, message };
  }
  const ports = front.ports.filter(port => port.port === dependency.port);
  const [{ targetPort }] = ports;
  const protocols = ports
    .filter(port => port.targetPort === targetPort)
    .map(port => port.protocol);
  return {
    ok: true,
    to: {
      kind: 'component',
      component: target,
      service: front.service,
      targetPort,
      protocols,
    },
  };
}

function toComponent(
  dependency: ParsedDependency,
  target: string,
  scope: EdgeScope,
): Resolution {
  const preparation = scope.components.get(target);
  if (target === dependency.from) {
    return {
      ok: false,
      message: `${dependency.text}: a component can not depend on itself.`,
    };
  }
  if (preparation === undefined) {
    const known = [...scope.components.keys()].filter(
      name => name !== dependency.from,
    );
    return {
      ok: false,
      message: `${
        dependency.text
      }: there is no component "${target}". Known components: ${
        known.join(', ') || 'none besides the caller'
      }.`,
    };
  }
  if (preparation.kind === 'blocked') {
    // Its ports are not known yet. The edge stands as written: the caller waits for the target anyway.
    const service = childName({
      application: scope.application,
      component: target,
    });
    return {
      ok: true,
      to: {
        kind: 'component',
        component: target,
        service,
        targetPort: dependency.port,
        unresolved: true,
      },
    };
  }
  return throughFronts(dependency, target, preparation.fronts);
}

function resolveTarget(
  dependency: ParsedDependency,
  scope: EdgeScope,
): Resolution {
  const { to } = dependency;
  switch (to.kind) {
    case 'component':
      return toComponent(dependency, to.component, scope);
    case 'application':
      return to.application === scope.application
        ? toComponent(dependency, to.component, scope)
        : { ok: true, to };
    case 'external':
      return { ok: true, to };
    default:
      return to satisfies never;
  }
}

/**
 * Gives the caller the component's own name where that leads to the port: it stays the same when the chart behind it
 * names its Services anew, and while the chart can not be rendered, so that neither rolls the caller.
 */
function withHost(
  edge: Edge,
  edges: readonly Edge[],
  { application, components }: EdgeScope,
): Edge {
  const { to } = edge;
  if (to.kind !== 'component') {
    return edge;
  }
  const { component } = to;
  const target = components.get(component);
  if (target?.kind !== 'prepared') {
    return edge;
  }
  const called = firstCalledService(component, edges);
  const front = chosenFront(target.fronts, called);
  const main = childName({ application, component });
  const leadsThere =
    !target.ownServices.includes(main) &&
    front?.ports.some(port => port.port === edge.port);
  return leadsThere ? { ...edge, to: { ...to, host: main } } : edge;
}

/**
 * Checks each dependency against what its target really offers. For a chart that is known only now: the Services that it
 * renders. A port under another Service than the chart's first is fine, the edge names the Service.
 */
export function resolveEdges(
  dependencies: readonly ParsedDependency[],
  scope: EdgeScope,
): ResolvedEdges {
  const edges: Edge[] = [];
  const refusals: Refusal[] = [];
  const seen = new Set<string>();
  for (const dependency of dependencies) {
    const { text, from, port, env } = dependency;
    if (seen.has(text)) continue;
    seen.add(text);
    const resolution = scope.components.has(from)
      ? resolveTarget(dependency, scope)
      : {
          ok: false as const,
          message: `${text}: there is no component "${from}".`,
        };
    if (resolution.ok) {
      edges.push({ text, from, to: resolution.to, port, env });
    } else {
      const component = scope.components.has(from) ? { component: from } : {};
      refusals.push({
        ...component,
        reason: 'UnknownDependency',
        message: resolution.message,
      });
    }
  }
  return { edges: edges.map(edge => withHost(edge, edges, scope)), refusals };
}
