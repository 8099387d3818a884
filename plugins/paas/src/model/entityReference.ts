import { Entity } from '@backstage/catalog-model';
import {
  ApplicationRef,
  parseApplicationRef,
  parseTenantRef,
  TenantRef,
} from '@understage/plugin-paas-common';

/** On a catalog entity: the application it stands for, `cluster/namespace/name`. */
export const ANNOTATION_APPLICATION = 'understage.dev/application';
/** Beside it, on Components and Resources: which component of the application. */
export const ANNOTATION_COMPONENT = 'understage.dev/component';

/** The application behind an entity, and its component; `undefined` when the annotation is absent or malformed. */
export function applicationOf(
  entity: Entity,
): { readonly ref: ApplicationRef; readonly component?: string } | undefined {
  const { annotations = {} } = entity.metadata;
  const ref = parseApplicationRef(annotations[ANNOTATION_APPLICATION] ?? '');
  if (!ref) return undefined;
  const component = annotations[ANNOTATION_COMPONENT];
  return component ? { ref, component } : { ref };
}

/** True for entities that the tab and the card are shown on. */
export function hasApplication(entity: Entity): boolean {
  return Boolean(entity.metadata.annotations?.[ANNOTATION_APPLICATION]);
}

/** The tenant that a Domain stands for; `undefined` for every other entity. */
export function tenantOf(entity: Entity): TenantRef | undefined {
  if (entity.kind.toLocaleLowerCase('en-US') !== 'domain') return undefined;
  const { annotations = {} } = entity.metadata;
  const cluster = annotations['understage.dev/cluster'] ?? '';
  const name = annotations['understage.dev/tenant'] ?? '';
  return parseTenantRef(`${cluster}/${name}`);
}

/** True for entities that the tenant's card is shown on. */
export function hasTenant(entity: Entity): boolean {
  return tenantOf(entity) !== undefined;
}
