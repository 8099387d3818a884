import { shortenedName } from '@understage/plugin-paas-common';

/** Where an application stands: names of its entities depend on this and on nothing else. */
export interface EntityPlace {
  /** Kubernetes namespace: the namespace of the entities too, so equal names in two namespaces do not meet. */
  readonly namespace: string;
  /** Name of the cluster; absent for the first one configured, and for files. */
  readonly cluster?: string;
}

const NAME_LIMIT = 63;

/**
 * Name of an entity: the parts joined by dots. Names of applications, components and clusters hold no dots, so
 * different parts never give the same name, in whatever order they are seen. Longer ones end in a hash.
 */
function entityName(...parts: readonly (string | undefined)[]): string {
  return shortenedName(
    parts.filter(part => part !== undefined).join('.'),
    NAME_LIMIT,
  );
}

/** Name of an application's System. */
export function systemName(application: string, place: EntityPlace): string {
  return entityName(application, place.cluster);
}

/** Name of a tenant's Domain: the same name in two clusters is two tenants. */
export function domainName(
  tenant: string,
  { cluster }: Pick<EntityPlace, 'cluster'>,
): string {
  return entityName(tenant, cluster);
}

/** Name of a component's entity, and of the API that it exposes. */
export function componentName(
  application: string,
  component: string,
  { cluster }: EntityPlace,
): string {
  return entityName(application, component, cluster);
}
