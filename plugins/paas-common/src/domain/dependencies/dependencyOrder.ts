import { Edge } from '../desired';

/** The components of the same application that a component calls, each once, in the order of its edges. */
export function dependsOn(
  component: string,
  edges: readonly Edge[],
): readonly string[] {
  const targets = edges.flatMap(edge =>
    edge.from === component && edge.to.kind === 'component'
      ? [edge.to.component]
      : [],
  );
  return [...new Set(targets)];
}
