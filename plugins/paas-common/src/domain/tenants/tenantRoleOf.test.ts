import fc from 'fast-check';
import { tenantRoles } from '../../schema/Tenant';
import { tenantRoleOf } from './tenantRoleOf';
import { arbitraryTenant, tenantOf } from './testing/tenantOf';

const tenant = tenantOf({
  members: [
    { group: 'group:default/admins', role: 'admin' },
    { group: 'group:default/developers', role: 'developer' },
    { user: 'user:default/vera', role: 'viewer' },
    { user: 'user:default/ada', role: 'viewer' },
  ],
});

describe('the role of a person in a tenant', () => {
  it.each<[string, string, readonly string[], string | undefined]>([
    ['their own', 'user:default/vera', [], 'viewer'],
    [
      'that of a group',
      'user:default/sam',
      ['group:default/developers'],
      'developer',
    ],
    [
      'the strongest of several',
      'user:default/ada',
      ['group:default/developers', 'group:default/admins'],
      'admin',
    ],
    ['the same in any case', 'User:Default/Vera', [], 'viewer'],
    [
      'none for outsiders',
      'user:default/otto',
      ['group:default/others'],
      undefined,
    ],
    [
      'none by a user who is called like a group',
      'group:default/x',
      [],
      undefined,
    ],
    ['none by the name alone', 'vera', ['admins'], undefined],
    [
      'none in another namespace of the catalog',
      'user:other/vera',
      [],
      undefined,
    ],
    ['none for nobody', '', [''], undefined],
  ])('is %s', (_, user, groups, expected) => {
    expect(tenantRoleOf(tenant, { user, groups })).toBe(expected);
  });

  it('is never weaker by one more group', () => {
    const groups = fc.subarray(
      ['a', 'b', 'c'].map(id => `group:default/team-${id}`),
    );
    const rank = (role: string | undefined) =>
      role === undefined ? 3 : tenantRoles.findIndex(each => each === role);
    fc.assert(
      fc.property(arbitraryTenant, groups, groups, (any, few, more) => {
        const user = 'user:default/sam';
        const less = tenantRoleOf(any, { user, groups: few });
        const most = tenantRoleOf(any, { user, groups: [...more, ...few] });
        expect(rank(most)).toBeLessThanOrEqual(rank(less));
      }),
    );
  });
});
