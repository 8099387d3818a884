import { applicationRules, OwnedApplication } from './applicationRules';

const checkout: OwnedApplication = {
  tenant: 'shop',
  owner: 'group:default/team-shop',
  ref: { cluster: 'eu', namespace: 'shop', name: 'checkout' },
};
const orphan: OwnedApplication = {
  tenant: 'data',
  ref: { cluster: 'us', namespace: 'data', name: 'orphan' },
};
const { isInTenant, isOwner, isInCluster } = applicationRules;

const cases = [
  {
    rule: isInTenant,
    params: { tenants: ['shop', 'x'] },
    allows: [true, false],
  },
  { rule: isInTenant, params: { tenants: [] }, allows: [false, false] },
  {
    rule: isOwner,
    params: { claims: ['user:default/ada', 'Group:default/Team-Shop'] },
    allows: [true, false],
  },
  { rule: isOwner, params: { claims: [] }, allows: [false, false] },
  { rule: isInCluster, params: { clusters: ['us'] }, allows: [false, true] },
];

/** Both forms of a rule, as the permission framework calls them. */
function judge({ rule, params }: (typeof cases)[number]) {
  const apply = (application: OwnedApplication) =>
    Reflect.apply(rule.apply, rule, [application, params]);
  const filter = Reflect.apply(rule.toQuery, rule, [params]);
  return { apply, filter };
}

describe('permission rules', () => {
  it.each(cases)('$rule.name with $params allows $allows', testCase => {
    const { apply } = judge(testCase);
    expect([apply(checkout), apply(orphan)]).toEqual(testCase.allows);
  });

  it.each(cases)('$rule.name with $params filters as it applies', testCase => {
    const { apply, filter } = judge(testCase);
    for (const application of [checkout, orphan]) {
      expect(filter(application)).toBe(apply(application));
    }
  });
});
