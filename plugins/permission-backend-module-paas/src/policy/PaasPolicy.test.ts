import {
  AuthorizeResult,
  createPermission,
  Permission,
} from '@backstage/plugin-permission-common';
import { createConditionAuthorizer } from '@backstage/plugin-permission-node';
import {
  applicationReadPermission,
  applicationUpdatePermission,
  auditReadPermission,
  clusterReadPermission,
  paasPermissions,
  permissionGrants,
  tenantCreatePermission,
  tenantPermissions,
  tenantReadPermission,
  tenantUpdatePermission,
} from '@understage/plugin-paas-common';
import {
  applicationRules,
  OwnedApplication,
  OwnedTenant,
  tenantRules,
} from '@understage/plugin-paas-node';
import {
  clusters,
  directory,
  everybody,
  people,
  person,
  Person,
  signedIn,
  tenant,
} from '../__testUtils__/people';
import { PaasPolicy } from './PaasPolicy';
import { KnownCluster } from './TenantDirectory';

function createPolicy(known: readonly KnownCluster[] = clusters) {
  const warnings: unknown[] = [];
  const policy = new PaasPolicy({
    directory: directory(known),
    platformAdmins: ['group:default/platform-engineers'],
    logger: { warn: (_message, meta) => warnings.push(meta) },
  });
  return { policy, warnings };
}

const application = (
  cluster: string,
  tenantName: string,
  owner?: string,
): OwnedApplication => ({
  tenant: tenantName,
  owner,
  ref: { cluster, namespace: tenantName, name: 'checkout' },
});
const team = (name: string) => `group:default/team-${name}`;
const applications = {
  'eu/shop': application('eu', 'shop', team('shop')),
  'eu/data': application('eu', 'data', team('data')),
  // Shop's people are nobody in the tenant of that name over there.
  'us/shop': application('us', 'shop', team('data')),
  // Somebody of data says that shop owns it: that opens nothing.
  'eu/data for shop': application('eu', 'data', team('shop')),
  // No Tenant: whoever owns the namespace.
  'eu/old': application('eu', 'old', team('shop')),
  'eu/nobody': application('eu', 'nobody'),
  'moon/shop': application('moon', 'shop', team('shop')),
};
const tenants: Record<string, OwnedTenant> = {
  'eu/shop': { ref: { cluster: 'eu', name: 'shop' }, owner: team('shop') },
  'eu/data': { ref: { cluster: 'eu', name: 'data' }, owner: team('data') },
  'us/shop': { ref: { cluster: 'us', name: 'shop' }, owner: team('data') },
};

const overApplications = createConditionAuthorizer(
  Object.values(applicationRules),
);
const overTenants = createConditionAuthorizer(Object.values(tenantRules));

async function allowed(
  name: Person,
  permission: Permission,
  known?: readonly KnownCluster[],
): Promise<string[]> {
  const { policy } = createPolicy(known);
  const decision = await policy.handle({ permission }, person(name));
  if (permission.name.startsWith('paas.application.')) {
    return Object.entries(applications).flatMap(([key, each]) =>
      overApplications(decision, each) ? [key] : [],
    );
  }
  return Object.entries(tenants).flatMap(([key, each]) =>
    overTenants(decision, each) ? [key] : [],
  );
}

const everyApplication = Object.keys(applications);
const everyTenant = Object.keys(tenants);

describe('the default policy', () => {
  it.each<[Person, Permission, string[]]>([
    ['ada', applicationReadPermission, everyApplication],
    ['grace', applicationReadPermission, ['eu/shop', 'eu/old']],
    ['sam', applicationReadPermission, ['eu/shop', 'eu/old']],
    ['vera', applicationReadPermission, ['eu/shop', 'eu/old']],
    [
      'linus',
      applicationReadPermission,
      ['eu/data', 'us/shop', 'eu/data for shop'],
    ],
    ['otto', applicationReadPermission, []],
    ['ada', applicationUpdatePermission, everyApplication],
    ['grace', applicationUpdatePermission, ['eu/shop', 'eu/old']],
    ['sam', applicationUpdatePermission, ['eu/shop', 'eu/old']],
    // A viewer owns what the team owns, and is a viewer all the same.
    ['vera', applicationUpdatePermission, ['eu/old']],
    ['otto', applicationUpdatePermission, []],
    ['ada', tenantReadPermission, everyTenant],
    ['grace', tenantReadPermission, ['eu/shop']],
    ['vera', tenantReadPermission, ['eu/shop']],
    ['linus', tenantReadPermission, ['eu/data', 'us/shop']],
    ['otto', tenantReadPermission, []],
    ['grace', tenantUpdatePermission, ['eu/shop']],
    ['sam', tenantUpdatePermission, []],
    ['grace', auditReadPermission, ['eu/shop']],
    ['sam', auditReadPermission, []],
    ['vera', auditReadPermission, []],
  ])('gives %s %j', async (name, permission, expected) => {
    expect(await allowed(name, permission)).toEqual(expected);
  });

  it('gives everything to platform engineers, also what it does not know', async () => {
    const { policy, warnings } = createPolicy();
    const permission = createPermission({ name: 'some.thing', attributes: {} });
    expect(await policy.handle({ permission }, person('ada'))).toEqual({
      result: AuthorizeResult.ALLOW,
    });
    expect(warnings).toEqual([]);
  });

  it('gives nothing to whoever is not signed in', async () => {
    const { policy } = createPolicy();
    for (const permission of [...paasPermissions, ...tenantPermissions]) {
      expect(await policy.handle({ permission })).toEqual({
        result: AuthorizeResult.DENY,
      });
    }
  });

  it('has nobody for a platform engineer unless one is named', async () => {
    const policy = new PaasPolicy({
      directory: directory(),
      platformAdmins: [],
      logger: { warn() {} },
    });
    const permission = tenantCreatePermission;
    for (const name of everybody) {
      expect((await policy.handle({ permission }, person(name))).result).toBe(
        AuthorizeResult.DENY,
      );
    }
  });

  it('gives nothing by tenants of a cluster that was never read, and nothing by ownership in it', async () => {
    const known = clusters.filter(({ cluster }) => cluster === 'us');
    expect(await allowed('sam', applicationReadPermission, known)).toEqual([]);
    expect(await allowed('sam', tenantReadPermission, known)).toEqual([]);
    expect(await allowed('sam', applicationReadPermission, [])).toEqual([]);
  });

  it('knows the strongest of several roles, by oneself and by groups', async () => {
    const { members, ...shop } = tenant('shop');
    const both = { ...shop, members: [...members].reverse() };
    const withSelf = {
      ...shop,
      members: [
        ...members,
        { user: 'user:default/vera', role: 'admin' as const },
      ],
    };
    const only = (each: typeof shop & { members: typeof members }) => [
      { cluster: 'eu', tenants: [each], owners: [] },
    ];
    expect(await allowed('vera', tenantUpdatePermission, only(both))).toEqual(
      [],
    );
    expect(
      await allowed('vera', tenantUpdatePermission, only(withSelf)),
    ).toEqual(['eu/shop']);
  });

  it('compares references as the catalog does: the case of letters says nothing, everything else does', async () => {
    const { policy } = createPolicy();
    const permission = tenantReadPermission;
    const ask = async (group: string) =>
      (await policy.handle({ permission }, signedIn('x', [group]))).result;
    expect(await ask('Group:Default/Team-Shop-Viewers')).toBe(
      AuthorizeResult.CONDITIONAL,
    );
    for (const other of [
      'group:other/team-shop-viewers',
      'user:default/team-shop-viewers',
      'team-shop-viewers',
      'group:default/team-shop-viewer',
      'group:default/team-sh\u043Ep-viewers',
    ]) {
      expect(await ask(other)).toBe(AuthorizeResult.DENY);
    }
  });

  it('shows clusters to members of any tenant, and to nobody else', async () => {
    const { policy } = createPolicy();
    const permission = clusterReadPermission;
    const results = await Promise.all(
      everybody.map(async name => [
        name,
        (await policy.handle({ permission }, person(name))).result,
      ]),
    );
    expect(Object.fromEntries(results)).toEqual({
      ada: 'ALLOW',
      grace: 'ALLOW',
      sam: 'ALLOW',
      vera: 'ALLOW',
      linus: 'ALLOW',
      otto: 'DENY',
    });
  });

  it('denies what it does not know, and says so once', async () => {
    const { policy, warnings } = createPolicy();
    const unknown = ['slo.read', 'paas.future', '__proto__', 'constructor', ''];
    for (const name of [...unknown, ...unknown]) {
      const permission = createPermission({ name, attributes: {} });
      expect((await policy.handle({ permission }, person('sam'))).result).toBe(
        AuthorizeResult.DENY,
      );
    }
    expect(warnings).toHaveLength(unknown.length);
  });

  it('is not told by whoever asks what a permission is about', async () => {
    const { policy } = createPolicy();
    for (const name of ['paas.application.read', 'catalog.entity.read']) {
      const basic = createPermission({ name, attributes: {} });
      const other = createPermission({
        name,
        attributes: {},
        resourceType: 'anything',
      });
      for (const permission of [basic, other]) {
        expect(
          (await policy.handle({ permission }, person('sam'))).result,
        ).toBe(AuthorizeResult.DENY);
      }
    }
  });

  it('lists every permission of ours', () => {
    const ours = [...paasPermissions, ...tenantPermissions];
    expect(Object.keys(permissionGrants)).toEqual(
      expect.arrayContaining(ours.map(({ name }) => name)),
    );
  });

  it('decides the same whatever the order of tenants, members and groups', async () => {
    const { policy } = createPolicy();
    const turned = createPolicy(
      clusters.map(each => ({
        ...each,
        tenants: [...each.tenants]
          .reverse()
          .map(one => ({ ...one, members: [...one.members].reverse() })),
      })),
    ).policy;
    const groups = [...people.grace, ...people.linus];
    for (const permission of [...paasPermissions, ...tenantPermissions]) {
      expect(
        await turned.handle({ permission }, signedIn('x', groups.reverse())),
      ).toEqual(await policy.handle({ permission }, signedIn('x', groups)));
    }
  });

  it('decides within milliseconds for somebody among 1,000 tenants', async () => {
    const many = Array.from({ length: 1_000 }, (_, index) =>
      tenant(`team-${index}`),
    );
    const { policy } = createPolicy([
      { cluster: 'eu', tenants: many, owners: [] },
    ]);
    const groups = ['group:default/team-team-7-developers'];
    const permission = applicationReadPermission;
    await policy.handle({ permission }, signedIn('x', groups));
    const began = performance.now();
    const rounds = 20;
    for (let round = 0; round < rounds; round += 1) {
      await policy.handle({ permission }, signedIn('x', groups));
    }
    expect((performance.now() - began) / rounds).toBeLessThan(25);
  });
});
