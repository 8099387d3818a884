import { WorkloadComponent } from '../../../schema/Component';
import { Edge, Refusal } from '../../desired';
import { edgeVariables } from '../../dependencies/edgeVariables';

type EnvEntry = WorkloadComponent['env'][number];

function renderEntry(entry: EnvEntry): object {
  const { name, value, secretRef, configRef } = entry;
  if (secretRef !== undefined) {
    return { name, valueFrom: { secretKeyRef: { ...secretRef } } };
  }
  if (configRef !== undefined) {
    return { name, valueFrom: { configMapKeyRef: { ...configRef } } };
  }
  return { name, value: value ?? '' };
}

/**
 * The environment of a container: the variables of its dependencies first, so that its own may refer to them as
 * `$(REDIS_HOST)`, without those that it sets itself.
 */
export function renderEnvironment(
  component: WorkloadComponent,
  edges: readonly Edge[],
): { readonly env: readonly object[]; readonly warnings: readonly Refusal[] } {
  const own = new Set(component.env.map(entry => entry.name));
  const injected = new Map<string, string>();
  const warnings: Refusal[] = [];
  for (const edge of edges) {
    const variables = Object.entries(edgeVariables(edge));
    const clash = variables.find(
      ([name, value]) =>
        !own.has(name) && (injected.get(name) ?? value) !== value,
    );
    if (clash !== undefined) {
      warnings.push({
        component: component.name,
        reason: 'NameTaken',
        message: `${edge.text}: ${clash[0]} already stands for another dependency. Give this one variables of its own: {from: ${edge.from}, to: ..., port: ${edge.port}, env: OTHER}.`,
      });
      continue;
    }
    for (const [name, value] of variables) {
      if (!own.has(name)) injected.set(name, value);
    }
  }
  return {
    env: [
      ...[...injected].map(([name, value]) => ({ name, value })),
      ...component.env.map(renderEntry),
    ],
    warnings,
  };
}
