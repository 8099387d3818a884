import { Component } from '../../schema/Component';
import {
  ComponentRenderer,
  Preparation,
  RenderScope,
} from './ComponentRenderer';
import { cronJob } from './components/cronJob';
import { deployment } from './components/deployment';
import { helmChart } from './components/helmChart';
import { job } from './components/job';
import { statefulSet } from './components/statefulSet';

/** Every component type. "Add a component type" is a schema, a file in `components/` and a line in this list. */
export const componentTypes: readonly ComponentRenderer[] = [
  deployment,
  statefulSet,
  job,
  cronJob,
  helmChart,
];

/** Prepares a component with the renderer of its type; a type that nobody renders blocks the component. */
export function prepareComponent(
  component: Component,
  scope: RenderScope,
): Preparation {
  for (const renderer of componentTypes) {
    const preparation = renderer.prepare(component, scope);
    if (preparation !== undefined) {
      return preparation;
    }
  }
  const known = componentTypes.map(({ type }) => type).join(', ');
  return {
    kind: 'blocked',
    blocked: {
      reason: 'Invalid',
      message: `${component.name}: nothing renders components of type ${component.type}. Known types: ${known}.`,
    },
    refusals: [],
  };
}
