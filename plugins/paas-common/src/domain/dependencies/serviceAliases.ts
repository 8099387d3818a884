import { DesiredObject, Edge, Refusal } from '../desired';
import { KubeObject } from '../kubernetes';
import { LabelSource, labelsFor } from '../labels';
import { childName } from '../naming/childName';
import { ServiceFront } from '../rendering/ComponentRenderer';
import { chosenFront, firstCalledService } from './chosenFront';
import { ownEntry } from '../resolution/ownEntry';

/** A component that is reached through Services. */
export interface FrontedComponent extends LabelSource {
  readonly fronts: readonly ServiceFront[];
}

/** What names of Services are used already, and by whom. */
export interface ServiceNames {
  readonly namespace: string;
  /** Of somebody else in the namespace: name to owner. */
  readonly taken: Readonly<Record<string, string>>;
  /** Of this application: names of the Services that its components render themselves, to the component. */
  readonly own: ReadonlyMap<string, string>;
}

export interface RenderedServices {
  readonly objects: readonly DesiredObject[];
  readonly warnings: readonly Refusal[];
}

function service(
  component: FrontedComponent,
  options: { name: string; namespace: string; front: ServiceFront },
): KubeObject {
  const { name, namespace, front } = options;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, labels: labelsFor(component) },
    spec: {
      type: 'ClusterIP',
      selector: front.selector,
      ports: front.ports.map(({ name: port, ...rest }) => ({
        name: port,
        ...rest,
      })),
    },
  };
}

function nameTaken(
  component: FrontedComponent,
  options: { by: string; instead: string },
): Refusal {
  const { component: name } = component;
  return {
    component: name,
    ref: { apiVersion: 'v1', kind: 'Service', name },
    reason: 'NameTaken',
    message: `${name}: the name "${name}" belongs to ${options.by} in this namespace, so this component is not reached under it. Use "${options.instead}", or the injected variables.`,
  };
}

function notAServiceName(name: string, instead: string): Refusal {
  return {
    component: name,
    ref: { apiVersion: 'v1', kind: 'Service', name },
    reason: 'NameTaken',
    message: `${name}: names of Services begin with a letter, so this component is not reached under its bare name. Use "${instead}", or the injected variables.`,
  };
}

function notBehindAlias(
  component: FrontedComponent,
  options: { edges: readonly Edge[]; front: ServiceFront },
): readonly Refusal[] {
  const { edges, front } = options;
  return edges.flatMap(({ text, to, port, env }) => {
    const missed =
      to.kind === 'component' &&
      to.component === component.component &&
      !front.ports.some(entry => entry.port === port);
    return missed
      ? [
          {
            component: component.component,
            reason: 'NameTaken' as const,
            message: `${text}: "${component.component}" stands for Service ${front.service}, but port ${port} is offered by Service ${to.service}. Use ${env}_HOST or "${to.service}".`,
          },
        ]
      : [];
  });
}

function servicesOf(
  component: FrontedComponent,
  context: {
    edges: readonly Edge[];
    names: ServiceNames;
    used: Map<string, string>;
  },
): RenderedServices {
  const { edges, names, used } = context;
  const front = chosenFront(
    component.fronts,
    firstCalledService(component.component, edges),
  );
  if (front === undefined) {
    return { objects: [], warnings: [] };
  }
  const { namespace } = names;
  const { component: alias } = component;
  const main = childName(component);
  const desired = (name: string): DesiredObject => ({
    object: service(component, { name, namespace, front }),
    component: alias,
    retained: false,
  });
  const objects = names.own.has(main) ? [] : [desired(main)];
  const reached = names.own.has(main) ? front.service : main;
  if (/^[0-9]/.test(alias)) {
    return { objects, warnings: [notAServiceName(alias, reached)] };
  }
  const owner = ownEntry(names.taken, alias);
  const sibling = used.get(alias);
  if (owner === undefined && sibling === undefined) {
    return {
      objects: [...objects, desired(alias)],
      warnings: notBehindAlias(component, { edges, front }),
    };
  }
  // A chart that renders a Service of the bare name itself has what is wanted.
  const warnings =
    owner === undefined && sibling === alias
      ? []
      : [
          nameTaken(component, {
            by: owner ?? `component ${sibling} of this application`,
            instead: reached,
          }),
        ];
  return { objects, warnings };
}

/**
 * The Services of all components: each that listens is reached as `<application>-<component>` and, where nobody else has
 * that name, as `<component>`. For charts both point at the pods of the chart's own Service.
 */
export function renderServices(
  components: readonly FrontedComponent[],
  edges: readonly Edge[],
  names: ServiceNames,
): RenderedServices {
  const used = new Map(names.own);
  for (const component of components) {
    if (component.fronts.length > 0) {
      const main = childName(component);
      used.set(main, used.get(main) ?? component.component);
    }
  }
  const rendered = components.map(component =>
    servicesOf(component, { edges, names, used }),
  );
  return {
    objects: rendered.flatMap(entry => entry.objects),
    warnings: rendered.flatMap(entry => entry.warnings),
  };
}
