import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  Entity,
} from '@backstage/catalog-model';
import {
  Application,
  ApplicationSpec,
  childName,
  Component,
  ownerRef,
  parseDependency,
} from '@understage/plugin-paas-common';
import {
  ANNOTATION_ENTITY_CLUSTER,
  ANNOTATION_ENTITY_TENANT,
} from '@understage/plugin-paas-node';
import {
  componentName,
  domainName,
  EntityPlace,
  systemName,
} from './entityNames';
import { resourceType } from './resourceType';

/** Joins an entity to an application: `[cluster/]namespace/name`. */
export const ANNOTATION_APPLICATION = 'understage.dev/application';
/** The component of that application. */
export const ANNOTATION_COMPONENT = 'understage.dev/component';

/** An application, and what the catalog has to know of its surroundings. */
export interface ApplicationSource {
  readonly application: Pick<Application, 'metadata' | 'spec'>;
  readonly place: EntityPlace;
  /** `[cluster/]namespace/name`. */
  readonly ref: string;
  readonly tenant: string;
  /** Where the tenant is one; absent when no cluster has the namespace, so that nobody's insides are told. */
  readonly cluster?: string;
  /** Whole entity reference. */
  readonly owner: string;
  /** `understage:<cluster>/<namespace>/<name>`; absent when the catalog knows the location itself. */
  readonly location?: string;
  /** Type of a component of another application in the namespace; absent when it is not known. */
  readonly foreignType?: (
    application: string,
    component: string,
  ) => Component['type'] | undefined;
}

/**
 * The entities of an application: a System in its tenant's Domain, a Component or Resource for each component, an API
 * for each exposed one. A function of the specification: the same from a cluster and from a file, and never of state.
 */
export function applicationEntities(source: ApplicationSource): Entity[] {
  const { components } = source.application.spec;
  return [
    systemEntity(source),
    ...components.map(component => componentEntity(component, source)),
    ...components.flatMap(component => apiEntity(component, source)),
  ];
}

function systemEntity(source: ApplicationSource): Entity {
  const { application, place, owner, tenant } = source;
  const { description, docs } = application.spec;
  const { name } = application.metadata;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'System',
    metadata: {
      name: systemName(name, place),
      namespace: place.namespace,
      ...(description && { description }),
      ...linksOf(application.spec),
      annotations: {
        ...originAnnotations(source),
        [ANNOTATION_APPLICATION]: source.ref,
        ...(docs && { 'backstage.io/techdocs-ref': docs }),
      },
    },
    spec: { owner, domain: `domain:default/${domainName(tenant, place)}` },
  };
}

function componentEntity(
  component: Component,
  source: ApplicationSource,
): Entity {
  const { application, place, owner } = source;
  const { name } = application.metadata;
  const isChart = component.type === 'HelmChart';
  const dependsOn = dependsOnOf(component.name, source);
  const apis = isExposed(component) ? [apiRef(component, source)] : [];
  const spec = {
    owner,
    system: `system:${place.namespace}/${systemName(name, place)}`,
    ...(dependsOn.length > 0 && { dependsOn }),
  };
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: isChart ? 'Resource' : 'Component',
    metadata: {
      name: componentName(name, component.name, place),
      namespace: place.namespace,
      description: `${describe(component)} of ${name}`,
      annotations: {
        ...originAnnotations(source),
        ...joinAnnotations(component, source),
      },
    },
    spec: isChart
      ? { type: resourceType(component.chart), ...spec }
      : {
          type: typeOf(component),
          lifecycle: 'production',
          ...spec,
          ...(apis.length > 0 && { providesApis: apis }),
        },
  };
}

function apiEntity(component: Component, source: ApplicationSource): Entity[] {
  if (!isExposed(component)) return [];
  const { application, place, owner } = source;
  const { name } = application.metadata;
  const { host, path, tls } = component.expose;
  const address = `${tls ? 'https' : 'http'}://${host}${path}`;
  return [
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'API',
      metadata: {
        name: componentName(name, component.name, place),
        namespace: place.namespace,
        description: `What ${name} offers at ${host}`,
        links: [{ url: address, title: host }],
        annotations: {
          ...originAnnotations(source),
          ...joinAnnotations(component, source),
        },
      },
      spec: {
        type: 'http',
        lifecycle: 'production',
        owner,
        system: `system:${place.namespace}/${systemName(name, place)}`,
        definition: address,
      },
    },
  ];
}

function joinAnnotations(component: Component, source: ApplicationSource) {
  const { name } = source.application.metadata;
  return {
    [ANNOTATION_APPLICATION]: source.ref,
    [ANNOTATION_COMPONENT]: component.name,
    'backstage.io/kubernetes-id': childName({
      application: name,
      component: component.name,
    }),
    'backstage.io/kubernetes-namespace': source.place.namespace,
  };
}

/** Whose an entity is: the permission policy shows it to the people of this tenant. */
export function tenancyAnnotations(
  cluster: string | undefined,
  tenant: string,
): Record<string, string> {
  return cluster === undefined
    ? {}
    : {
        [ANNOTATION_ENTITY_TENANT]: tenant,
        [ANNOTATION_ENTITY_CLUSTER]: cluster,
      };
}

function originAnnotations(source: ApplicationSource): Record<string, string> {
  const { cluster, tenant } = source;
  return {
    ...locationAnnotations(source),
    ...tenancyAnnotations(cluster, tenant),
  };
}

function locationAnnotations({
  location,
}: ApplicationSource): Record<string, string> {
  return location === undefined
    ? {}
    : {
        [ANNOTATION_LOCATION]: location,
        [ANNOTATION_ORIGIN_LOCATION]: location,
      };
}

function dependsOnOf(component: string, source: ApplicationSource): string[] {
  const { dependencies } = source.application.spec;
  const refs = dependencies.flatMap((dependency, index) => {
    const parsed = parseDependency(dependency, `spec.dependencies[${index}]`);
    if (!parsed.ok || parsed.value.from !== component) return [];
    const ref = targetRef(parsed.value.to, source);
    return ref === undefined ? [] : [ref];
  });
  return [...new Set(refs)];
}

type Target = Extract<
  ReturnType<typeof parseDependency>,
  { ok: true }
>['value']['to'];

// What stands outside the platform is no entity of ours.
function targetRef(to: Target, source: ApplicationSource): string | undefined {
  if (to.kind === 'external') return undefined;
  const { application, place, foreignType } = source;
  const { spec, metadata } = application;
  const name = to.kind === 'application' ? to.application : metadata.name;
  const type =
    to.kind === 'application'
      ? foreignType?.(to.application, to.component)
      : spec.components.find(other => other.name === to.component)?.type;
  const kind = type === 'HelmChart' ? 'resource' : 'component';
  return `${kind}:${place.namespace}/${componentName(
    name,
    to.component,
    place,
  )}`;
}

type ExposedComponent = Extract<Component, { expose?: unknown }> & {
  readonly expose: { host: string; path: string; tls: boolean };
};

function isExposed(component: Component): component is ExposedComponent {
  return 'expose' in component && component.expose !== undefined;
}

function apiRef(
  component: Component,
  { application, place }: ApplicationSource,
): string {
  const { name } = application.metadata;
  return `api:${place.namespace}/${componentName(name, component.name, place)}`;
}

function typeOf({ type }: Component): string {
  return type === 'Job' || type === 'CronJob' ? 'job' : 'service';
}

function describe(component: Component): string {
  return component.type === 'HelmChart'
    ? `${component.name} (chart ${component.chart})`
    : component.name;
}

function linksOf({ links }: ApplicationSpec) {
  return links.length === 0
    ? {}
    : {
        links: links.map(({ title, url }) =>
          title ? { title, url } : { url },
        ),
      };
}

/** The owner of an application's entities: the namespace's, else its own, else the configured one. */
export function chooseOwner(
  declared: string | undefined,
  inherited: string | undefined,
  fallback: string,
): string {
  return ownerRef(inherited || declared || fallback);
}
