import type { Entity } from '@backstage/catalog-model';
import type { EntitiesSearchFilter } from '@backstage/plugin-catalog-node';
import { PermissionCriteria } from '@backstage/plugin-permission-common';
import { entityRules } from './entityRules';

function entity(ref: string, annotations?: Record<string, string>): Entity {
  const [kind, rest] = ref.split(':');
  const [namespace, name] = rest.split('/');
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { namespace, name, ...(annotations && { annotations }) },
  };
}

const ofTenant = (cluster: string, tenant: string) => ({
  'understage.dev/cluster': cluster,
  'understage.dev/tenant': tenant,
});

const entities: Record<string, Entity> = {
  shop: entity('System:shop/checkout', ofTenant('eu', 'shop')),
  data: entity('System:data/training', ofTenant('eu', 'data')),
  shopElsewhere: entity('System:shop/checkout.us', ofTenant('us', 'shop')),
  cluster: entity('Resource:default/eu', { 'understage.dev/cluster': 'eu' }),
  group: entity('Group:default/Team-Shop'),
  user: entity('User:default/team-shop'),
  byHand: entity('Component:default/by-hand', { 'other.dev/tenant': 'shop' }),
};

const { isEntityOfTenant, isEntityOfSomeTenant, isEntityInCluster, isEntity } =
  entityRules;

const cases = [
  {
    rule: isEntityOfTenant,
    params: { cluster: 'eu', tenants: ['shop', 'x'] },
    allows: ['shop'],
  },
  {
    rule: isEntityOfTenant,
    params: { cluster: 'eu', tenants: ['shop', 'data'] },
    allows: ['shop', 'data'],
  },
  {
    rule: isEntityOfTenant,
    params: { cluster: 'eu', tenants: [] },
    allows: [],
  },
  {
    rule: isEntityOfSomeTenant,
    params: {},
    allows: ['shop', 'data', 'shopElsewhere'],
  },
  {
    rule: isEntityInCluster,
    params: { cluster: 'eu' },
    allows: ['shop', 'data', 'cluster'],
  },
  {
    rule: isEntity,
    params: { refs: ['group:default/team-shop', 'system:data/training'] },
    allows: ['data', 'group'],
  },
  {
    rule: isEntity,
    params: { refs: ['group:default/team', 'team-shop', ''] },
    allows: [],
  },
];

/** A filter as the catalog's database understands it: over flattened fields, in lower case. */
function matches(
  subject: Entity,
  criteria: PermissionCriteria<EntitiesSearchFilter>,
): boolean {
  const check = (each: PermissionCriteria<EntitiesSearchFilter>) =>
    matches(subject, each);
  if ('allOf' in criteria) return criteria.allOf.every(check);
  if ('anyOf' in criteria) return criteria.anyOf.some(check);
  if ('not' in criteria) return !check(criteria.not);
  const { kind, metadata } = subject;
  const fields = new Map(
    [
      ['kind', kind],
      ['metadata.name', metadata.name],
      ['metadata.namespace', metadata.namespace ?? 'default'],
      ...Object.entries(metadata.annotations ?? {}).map(([key, value]) => [
        `metadata.annotations.${key}`,
        value,
      ]),
    ].map(([key, value]) => [key.toLowerCase(), value.toLowerCase()]),
  );
  const found = fields.get(criteria.key.toLowerCase());
  if (found === undefined) return false;
  return criteria.values?.includes(found) ?? true;
}

describe('permission rules of entities', () => {
  it.each(cases)(
    '$rule.name with $params allows $allows, one by one and as a query',
    ({ rule, params, allows }) => {
      const names = Object.keys(entities);
      const applied = names.filter(name =>
        Reflect.apply(rule.apply, rule, [entities[name], params]),
      );
      const query = Reflect.apply(rule.toQuery, rule, [params]);
      const found = names.filter(name => matches(entities[name], query));
      expect(applied).toEqual(allows);
      expect(found).toEqual(allows);
    },
  );
});
