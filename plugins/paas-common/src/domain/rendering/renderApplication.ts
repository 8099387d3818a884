import { Application } from '../../schema/Application';
import { dependsOn } from '../dependencies/dependencyOrder';
import { renderNetworkPolicies } from '../dependencies/networkPolicies';
import {
  parseDependency,
  ParsedDependency,
} from '../dependencies/parseDependency';
import { ResolvedEdges, resolveEdges } from '../dependencies/resolveEdges';
import { renderServices } from '../dependencies/serviceAliases';
import {
  Desired,
  DesiredComponent,
  DesiredObject,
  Edge,
  Refusal,
  ResolveContext,
} from '../desired';
import { compareByOrder } from '../kinds';
import { refOf } from '../kubernetes';
import { LabelSource } from '../labels';
import {
  BlockedComponent,
  PreparedComponent,
  Preparation,
  RenderScope,
} from './ComponentRenderer';
import { prepareComponent } from './componentTypes';
import { findNameConflicts } from './findNameConflicts';

type Preparations = ReadonlyMap<string, Preparation>;

interface Rendering {
  readonly objects: readonly DesiredObject[];
  readonly warnings: readonly Refusal[];
}

interface Prepared extends LabelSource {
  readonly preparation: PreparedComponent;
}

function parseDependencies(application: Application): {
  parsed: readonly ParsedDependency[];
  refusals: readonly Refusal[];
} {
  const parsed: ParsedDependency[] = [];
  const refusals: Refusal[] = [];
  application.spec.dependencies.forEach((dependency, index) => {
    const checked = parseDependency(dependency, `spec.dependencies[${index}]`);
    if (checked.ok) {
      parsed.push(checked.value);
    } else {
      refusals.push(
        ...checked.problems.map(({ message }) => ({
          reason: 'Invalid' as const,
          message,
        })),
      );
    }
  });
  return { parsed, refusals };
}

/** A component with a refused dependency is not touched: it would be cut off from what it needs. */
function blockCallers(
  preparations: Preparations,
  refusals: readonly Refusal[],
): Preparations {
  const next = new Map(preparations);
  for (const { component, reason, message } of refusals) {
    const preparation =
      component === undefined ? undefined : next.get(component);
    if (component !== undefined && preparation?.kind === 'prepared') {
      const { image, chart } = preparation;
      const blocked: BlockedComponent = {
        kind: 'blocked',
        image,
        chart,
        blocked: { reason, message },
        refusals: [],
      };
      next.set(component, blocked);
    }
  }
  return next;
}

function preparedOf(
  preparations: Preparations,
  scope: RenderScope,
): readonly Prepared[] {
  const { application, context } = scope;
  return [...preparations].flatMap(([component, preparation]) =>
    preparation.kind === 'prepared'
      ? [
          {
            application,
            component,
            tenant: context.tenant,
            version: preparation.version,
            preparation,
          },
        ]
      : [],
  );
}

function renderComponents(
  prepared: readonly Prepared[],
  edges: readonly Edge[],
  scope: RenderScope,
): Rendering {
  const { context } = scope;
  const components = prepared.map(({ component, preparation }) =>
    preparation.render(edges.filter(edge => edge.from === component)),
  );
  const ownObjects = components.flatMap(({ objects }) => objects);
  const ownServices = prepared.flatMap(({ component, preparation }) =>
    preparation.ownServices.map(name => [name, component] as const),
  );
  const services = renderServices(
    prepared.map(({ preparation, ...source }) => ({
      ...source,
      fronts: preparation.fronts,
    })),
    edges,
    {
      namespace: context.namespace,
      taken: context.takenServiceNames,
      own: new Map(ownServices),
    },
  );
  const policies = prepared.flatMap(({ preparation, ...source }) =>
    renderNetworkPolicies({ ...source, ...preparation }, edges, context),
  );
  return {
    objects: [...ownObjects, ...services.objects, ...policies],
    warnings: [
      ...components.flatMap(({ warnings }) => warnings),
      ...services.warnings,
    ],
  };
}

function describe(
  name: string,
  preparation: Preparation,
  rest: {
    edges: readonly Edge[];
    objects: readonly DesiredObject[];
    type: DesiredComponent['type'];
  },
): DesiredComponent {
  return {
    name,
    type: rest.type,
    ...(preparation.image === undefined ? {} : { image: preparation.image }),
    ...(preparation.chart === undefined ? {} : { chart: preparation.chart }),
    dependsOn: dependsOn(name, rest.edges),
    ...(preparation.kind === 'blocked' ? { blocked: preparation.blocked } : {}),
    objects: rest.objects
      .filter(({ component }) => component === name)
      .map(({ object }) => refOf(object)),
  };
}

interface Attempt extends ResolvedEdges, Rendering {
  readonly preparations: Preparations;
}

/** Renders, and again without the components whose objects would overwrite each other, until none are left. */
function attempt(
  preparations: Preparations,
  dependencies: readonly ParsedDependency[],
  scope: RenderScope,
): Attempt {
  const resolved = resolveEdges(dependencies, {
    application: scope.application,
    components: preparations,
  });
  const unblocked = blockCallers(preparations, resolved.refusals);
  const rendering = renderComponents(
    preparedOf(unblocked, scope),
    resolved.edges,
    scope,
  );
  const conflicts = findNameConflicts(rendering.objects);
  if (conflicts.length === 0) {
    return { ...resolved, ...rendering, preparations: unblocked };
  }
  const next = attempt(
    blockCallers(preparations, conflicts),
    dependencies,
    scope,
  );
  return { ...next, refusals: [...conflicts, ...next.refusals] };
}

/**
 * What an Application means in one namespace: every object that should exist, in the order of application, and everything
 * that is refused with the reason. The same input gives the same bytes; no input makes it throw.
 *
 * Objects carry neither ownerReferences nor hashes: the planner adds them, it knows the Application's uid.
 */
export function renderApplication(
  application: Application,
  context: ResolveContext,
): Desired {
  const { spec, metadata } = application;
  const scope: RenderScope = {
    application: metadata.name,
    deletionPolicy: spec.deletionPolicy,
    context,
  };
  const preparations: Preparations = new Map(
    spec.components.map(component => [
      component.name,
      prepareComponent(component, scope),
    ]),
  );
  const { parsed, refusals } = parseDependencies(application);
  const rendered = attempt(preparations, parsed, scope);
  const objects = [...rendered.objects].sort((a, b) =>
    compareByOrder(refOf(a.object), refOf(b.object)),
  );
  const blocked = [...preparations.values()].flatMap(entry =>
    entry.kind === 'blocked' ? entry.refusals : [],
  );
  return {
    application,
    namespace: context.namespace,
    tenant: context.tenant,
    components: spec.components.flatMap(({ name, type }) => {
      const preparation = rendered.preparations.get(name);
      return preparation === undefined
        ? []
        : [
            describe(name, preparation, {
              edges: rendered.edges,
              objects,
              type,
            }),
          ];
    }),
    edges: rendered.edges,
    objects,
    refusals: [...refusals, ...blocked, ...rendered.refusals],
    warnings: rendered.warnings,
  };
}
