import { Component, ComponentType } from '../../schema/Component';
import {
  DesiredComponent,
  DesiredObject,
  Edge,
  Refusal,
  ResolveContext,
  ResolvedImage,
} from '../desired';

/** The application that a component is rendered for, and the world around it. */
export interface RenderScope {
  readonly application: string;
  readonly deletionPolicy: 'Retain' | 'Delete';
  readonly context: ResolveContext;
}

/** One port of a Service, with the pods' port behind it as a number. */
export interface FrontPort {
  readonly name?: string;
  readonly port: number;
  readonly protocol: string;
  readonly targetPort: number;
}

/** A Service through which a component is reached. */
export interface ServiceFront {
  /** Name of the Service. */
  readonly service: string;
  readonly selector: Readonly<Record<string, string>>;
  readonly ports: readonly FrontPort[];
}

/** A port of the component's pods that others than components reach. */
export interface OpenPort {
  readonly port: number;
  readonly protocol: string;
}

/** What a component is made of once its edges are known. */
export interface RenderedComponent {
  readonly objects: readonly DesiredObject[];
  readonly warnings: readonly Refusal[];
}

/** A component whose image or chart is known. */
export interface PreparedComponent {
  readonly kind: 'prepared';
  readonly image?: ResolvedImage;
  readonly chart?: DesiredComponent['chart'];
  /** Version for the label `app.kubernetes.io/version`. */
  readonly version?: string;
  /** Services in order of preference: an edge takes the first that offers its port. */
  readonly fronts: readonly ServiceFront[];
  /** Names of all Services among the component's own objects. */
  readonly ownServices: readonly string[];
  /** Ports for the ingress controller. */
  readonly exposed: readonly OpenPort[];
  /** Ports for monitoring. */
  readonly metrics: readonly OpenPort[];
  /** True when pods of the component talk to each other (replication). */
  readonly clustered: boolean;
  /** `edges` are those that leave this component. Must not throw. */
  render(edges: readonly Edge[]): RenderedComponent;
}

/** A component that can not be rendered, and why. */
export interface BlockedComponent {
  readonly kind: 'blocked';
  readonly image?: ResolvedImage;
  readonly chart?: DesiredComponent['chart'];
  readonly blocked: NonNullable<DesiredComponent['blocked']>;
  /** The single objects that are to blame. */
  readonly refusals: readonly Refusal[];
}

export type Preparation = PreparedComponent | BlockedComponent;

/** How components of one type are rendered. Registered in `componentTypes.ts`. */
export interface ComponentRenderer {
  readonly type: ComponentType;
  /** `undefined` when the component is of another type. */
  prepare(component: Component, scope: RenderScope): Preparation | undefined;
}

/** A renderer from a type guard and what to do with components of that type. */
export function componentRenderer<C extends Component>(options: {
  readonly type: C['type'];
  readonly accepts: (component: Component) => component is C;
  readonly prepare: (component: C, scope: RenderScope) => Preparation;
}): ComponentRenderer {
  return {
    type: options.type,
    prepare: (component, scope) =>
      options.accepts(component)
        ? options.prepare(component, scope)
        : undefined,
  };
}
