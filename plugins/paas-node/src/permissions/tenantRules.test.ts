import { OwnedTenant, tenantRules } from './tenantRules';

const shop: OwnedTenant = {
  owner: 'group:default/team-shop',
  ref: { cluster: 'eu', name: 'shop' },
};
const orphan: OwnedTenant = { ref: { cluster: 'us', name: 'orphan' } };
const { isTenant, isTenantOwner, isTenantInCluster } = tenantRules;

const cases = [
  { rule: isTenant, params: { tenants: ['shop', 'x'] }, allows: [true, false] },
  { rule: isTenant, params: { tenants: [] }, allows: [false, false] },
  // A prefix, another case and a look-alike are other names.
  {
    rule: isTenant,
    params: { tenants: ['sho', 'Shop', 'sh\u043Ep', 'shop '] },
    allows: [false, false],
  },
  {
    rule: isTenantOwner,
    params: { claims: ['user:default/ada', 'Group:default/Team-Shop'] },
    allows: [true, false],
  },
  { rule: isTenantOwner, params: { claims: [] }, allows: [false, false] },
  {
    rule: isTenantInCluster,
    params: { clusters: ['us'] },
    allows: [false, true],
  },
];

/** Both forms of a rule, as the permission framework calls them. */
function judge({ rule, params }: (typeof cases)[number]) {
  const apply = (tenant: OwnedTenant) =>
    Reflect.apply(rule.apply, rule, [tenant, params]);
  const filter = Reflect.apply(rule.toQuery, rule, [params]);
  return { apply, filter };
}

describe('permission rules of tenants', () => {
  it.each(cases)('$rule.name with $params allows $allows', testCase => {
    const { apply } = judge(testCase);
    expect([apply(shop), apply(orphan)]).toEqual(testCase.allows);
  });

  it.each(cases)('$rule.name with $params filters as it applies', testCase => {
    const { apply, filter } = judge(testCase);
    for (const tenant of [shop, orphan]) {
      expect(filter(tenant)).toBe(apply(tenant));
    }
  });
});
