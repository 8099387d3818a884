import type { Entity } from '@backstage/catalog-model';
import type { EntitiesSearchFilter } from '@backstage/plugin-catalog-node';
import { PermissionCriteria } from '@backstage/plugin-permission-common';
import {
  createConditionFactory,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { z } from 'zod';

/** On every entity that comes from a cluster: name of the tenant that it belongs to. */
export const ANNOTATION_ENTITY_TENANT = 'understage.dev/tenant';
/** On every entity that comes from a cluster: name of the cluster, as in app-config. */
export const ANNOTATION_ENTITY_CLUSTER = 'understage.dev/cluster';

// The catalog's own; said here once more because operator and CLI load this package, and not the catalog's.
const entityResourceRef = createPermissionResourceRef<
  Entity,
  EntitiesSearchFilter
>().with({ pluginId: 'catalog', resourceType: 'catalog-entity' });

const annotation = (entity: Entity, key: string) =>
  entity.metadata.annotations?.[key];
const keyOf = (name: string) => `metadata.annotations.${name}`;

/** Entities of certain tenants of one cluster: one question to the catalog's database, however many tenants. */
export const isEntityOfTenant = createPermissionRule({
  name: 'IS_OF_TENANT',
  description: 'Allow entities of these tenants of a cluster',
  resourceRef: entityResourceRef,
  paramsSchema: z.object({
    cluster: z.string().describe('Name of the cluster'),
    tenants: z.array(z.string()).describe('Names of tenants'),
  }),
  apply: (entity, { cluster, tenants }) =>
    annotation(entity, ANNOTATION_ENTITY_CLUSTER) === cluster &&
    tenants.includes(annotation(entity, ANNOTATION_ENTITY_TENANT) ?? ''),
  toQuery: ({
    cluster,
    tenants,
  }): PermissionCriteria<EntitiesSearchFilter> => ({
    allOf: [
      { key: keyOf(ANNOTATION_ENTITY_CLUSTER), values: [cluster] },
      { key: keyOf(ANNOTATION_ENTITY_TENANT), values: tenants },
    ],
  }),
});

/** Entities of any tenant, of any cluster. */
export const isEntityOfSomeTenant = createPermissionRule({
  name: 'IS_OF_SOME_TENANT',
  description: 'Allow entities that belong to a tenant',
  resourceRef: entityResourceRef,
  paramsSchema: z.object({}),
  apply: entity => annotation(entity, ANNOTATION_ENTITY_TENANT) !== undefined,
  toQuery: (): EntitiesSearchFilter => ({
    key: keyOf(ANNOTATION_ENTITY_TENANT),
  }),
});

/** Entities that come from a cluster. */
export const isEntityInCluster = createPermissionRule({
  name: 'IS_FROM_CLUSTER',
  description: 'Allow entities that come from a cluster',
  resourceRef: entityResourceRef,
  paramsSchema: z.object({
    cluster: z.string().describe('Name of the cluster'),
  }),
  apply: (entity, { cluster }) =>
    annotation(entity, ANNOTATION_ENTITY_CLUSTER) === cluster,
  toQuery: ({ cluster }): EntitiesSearchFilter => ({
    key: keyOf(ANNOTATION_ENTITY_CLUSTER),
    values: [cluster],
  }),
});

/** Certain entities, by reference. */
export const isEntity = createPermissionRule({
  name: 'IS_ENTITY',
  description: 'Allow the entities of these references',
  resourceRef: entityResourceRef,
  paramsSchema: z.object({
    refs: z.array(z.string()).min(1).describe('Whole entity references'),
  }),
  apply: (entity, { refs }) => refs.some(ref => isRefOf(entity, ref)),
  toQuery: ({ refs }): PermissionCriteria<EntitiesSearchFilter> => {
    const [first, ...others] = [...namesByPlace(refs)].map(([, each]) => each);
    return { anyOf: [first, ...others] };
  },
});

type Names = {
  readonly allOf: [
    EntitiesSearchFilter,
    EntitiesSearchFilter,
    { readonly key: string; readonly values: string[] },
  ];
};

// References of one kind and namespace are one question.
function namesByPlace(refs: readonly string[]): Map<string, Names> {
  const places = new Map<string, Names>();
  for (const ref of refs) {
    const [kind, namespace, name] = partsOf(ref);
    const place = `${kind}:${namespace}`;
    const known = places.get(place);
    if (known) known.allOf[2].values.push(name);
    else {
      places.set(place, {
        allOf: [
          { key: 'kind', values: [kind] },
          { key: 'metadata.namespace', values: [namespace] },
          { key: 'metadata.name', values: [name] },
        ],
      });
    }
  }
  return places;
}

function isRefOf({ kind, metadata }: Entity, ref: string): boolean {
  const { namespace = 'default', name } = metadata;
  const parts = [kind, namespace, name].map(part => part.toLowerCase());
  return partsOf(ref).every((part, index) => part === parts[index]);
}

function partsOf(ref: string): [string, string, string] {
  const match = /^([^:]*):([^/]*)\/(.*)$/.exec(ref.toLowerCase());
  const [, kind = '', namespace = '', name = ''] = match ?? [];
  return [kind, namespace, name];
}

/** The rules, for registration in the catalog. */
export const entityRules = {
  isEntityOfTenant,
  isEntityOfSomeTenant,
  isEntityInCluster,
  isEntity,
};

/** Conditions for policies, beside the catalog's own. */
export const paasEntityConditions = {
  isOfTenant: createConditionFactory(isEntityOfTenant),
  isOfSomeTenant: createConditionFactory(isEntityOfSomeTenant),
  isInCluster: createConditionFactory(isEntityInCluster),
  isEntity: createConditionFactory(isEntity),
};
