import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InMemoryKube, KubeObject } from '@understage/kube';
import { namespaceType, tenantType } from '@understage/plugin-paas-node';
import { parseAllDocuments } from 'yaml';
import { applications, resourceQuotas } from '../../cluster/resourceTypes';
import {
  createTestWorld,
  TestWorldOptions,
} from '../../testing/createTestWorld';
import { shopFile } from '../../testing/fixtures';

const shopTenant = `apiVersion: paas/v1
kind: Tenant
metadata: { name: shop }
spec:
  owner: team-shop
  members: [{ group: team-shop-admins, role: admin }]
  environments: [{ name: production }]
  quota: { pods: 20 }
`;

const check = (id: string, dimension: string, result: string) => ({
  id,
  dimension,
  title: `Somebody tries ${id}.`,
  result,
  ...(result === 'enforced' ? { by: 'rbac' } : {}),
  evidence: `the words about ${id}`,
});

function statusOf(state: string, checks: readonly unknown[] = []) {
  const message = state === 'Ready' ? 'All is well.' : 'Something is not.';
  return {
    observedGeneration: 1,
    state,
    message,
    environments: [
      {
        name: 'production',
        namespace: 'shop',
        state,
        reason: state,
        message,
        checks,
      },
    ],
    conditions: [
      {
        type: 'Ready',
        status: state === 'Ready' ? 'True' : 'False',
        reason: state,
        message,
        observedGeneration: 1,
        lastTransitionTime: '2026-11-23T09:00:00Z',
      },
    ],
  };
}

const ownedBy = (uid: string | undefined) => ({
  annotations: { 'understage.dev/tenant-uid': uid ?? '' },
});

/** A cluster with the tenant and an application in the namespace of its name, which is its own, or of another tenant. */
function clusterOfShop(
  options: {
    readonly spec?: object;
    readonly status?: ReturnType<typeof statusOf>;
    readonly foreign?: boolean;
  } = {},
) {
  const cluster = new InMemoryKube({
    now: () => new Date('2026-11-23T09:00:00Z'),
  });
  const tenant: KubeObject = {
    apiVersion: 'paas.understage.dev/v1',
    kind: 'Tenant',
    metadata: { name: 'shop', generation: 1 },
    spec: {
      owner: 'group:default/team-shop',
      members: [{ group: 'group:default/team-shop-admins', role: 'admin' }],
      environments: [{ name: 'production' }],
      ...options.spec,
    },
    ...(options.status ? { status: options.status } : {}),
  };
  const { metadata } = cluster.seed(tenantType, tenant);
  const owned = ownedBy(options.foreign ? 'of-another' : metadata.uid);
  cluster.seed(namespaceType, {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop', ...owned },
  });
  cluster.seed(resourceQuotas, {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'understage-quota', namespace: 'shop', ...owned },
    spec: { hard: { pods: '20' } },
    status: { hard: { pods: '20' }, used: { pods: '19' } },
  });
  cluster.seed(applications, {
    apiVersion: 'paas.understage.dev/v1',
    kind: 'Application',
    metadata: { name: 'checkout', namespace: 'shop' },
    spec: { components: [{ name: 'web', type: 'Job' }] },
  });
  return cluster;
}

describe('paas tenant', () => {
  let cwd: string;
  beforeAll(async () => {
    cwd = await mkdtemp(path.join(tmpdir(), 'paas-tenant-'));
    await writeFile(path.join(cwd, 'shop.yaml'), shopTenant);
    await writeFile(
      path.join(cwd, 'both.yaml'),
      `${shopTenant}---\n${shopFile}`,
    );
  });
  afterAll(() => rm(cwd, { recursive: true }));

  const world = (options: TestWorldOptions = {}) =>
    createTestWorld({ cwd, ...options });
  const stored = (cluster: InMemoryKube) =>
    cluster.get(tenantType, { name: 'shop' });

  describe('on files', () => {
    it('says that a file is valid', async () => {
      expect(await world().run('tenant', 'validate', 'shop.yaml')).toEqual({
        code: 0,
        out: 'valid shop (shop.yaml:1)\n',
        err: '',
      });
    });

    it('is not needed to validate: both kinds are checked by one verb', async () => {
      const { code, out } = await world().run('validate', 'both.yaml');
      expect([code, out.match(/^valid \w+/gm)]).toEqual([
        0,
        ['valid shop', 'valid checkout'],
      ]);
    });

    it('is named where an Application was expected', async () => {
      const { code, err } = await world().run('apply', '-f', 'both.yaml');
      expect(code).toBe(1);
      expect(err).toContain('Tenants are for paas tenant plan');
    });

    it('tells every problem at its place, and writes nothing', async () => {
      const cluster = new InMemoryKube();
      const { code, err } = await world({
        cluster,
        stdin: shopTenant.replace('admin }', 'boss }').replace('20', '-1'),
      }).run('tenant', 'apply', '-f', '-');
      expect(code).toBe(1);
      expect(err).toMatch(/^stdin:6:\d+ error spec.members\[0\].role/m);
      expect(err).toMatch(/^stdin:8:\d+ error spec.quota.pods/m);
      expect(await stored(cluster)).toBeUndefined();
    });
  });

  it('plans what a tenant consists of', async () => {
    const { code, out } = await world().run(
      'tenant',
      'plan',
      '-f',
      'shop.yaml',
    );
    expect(code).toBe(0);
    expect(out).toContain('+ Namespace shop');
    expect(out).toContain('+ ResourceQuota understage-quota');
  });

  it('says 2 for a namespace that somebody else has', async () => {
    const { code, out } = await world({
      cluster: clusterOfShop({ foreign: true }),
    }).run('tenant', 'plan', 'shop');
    expect(code).toBe(2);
    expect(out).toContain('! Namespace shop NamespaceTaken');
  });

  it('applies once; the second time nothing changes', async () => {
    const shop = world();
    const apply = () => shop.run('tenant', 'apply', '-f', 'shop.yaml');
    expect((await apply()).out).toBe('tenant shop created\n');
    expect((await apply()).out).toBe('tenant shop unchanged\n');
  });

  it('waits until it is ready, or says 4 with what is the matter', async () => {
    const apply = ['tenant', 'apply', '-f', 'shop.yaml', '--wait'];
    const status = { ...statusOf('Ready'), observedGeneration: 9 };
    const good = await world({ cluster: clusterOfShop({ status }) }).run(
      ...[...apply, '--force-conflicts'],
    );
    expect([good.code, good.err]).toEqual([0, 'ready shop: All is well.\n']);
    const late = await world().run(...apply, '--timeout', '1s');
    expect(late.code).toBe(4);
    expect(late.err).toContain('the operator has not seen it yet');
    expect(late.err).toContain('Try paas tenant get shop');
  });

  it('shows members, quota and what was tried, by dimension', async () => {
    const { code, out } = await world({
      cluster: clusterOfShop({
        status: statusOf('Degraded', [
          check('one', 'identity', 'enforced'),
          check('two', 'network', 'notEnforced'),
          check('three', 'storage', 'unknown'),
        ]),
      }),
    }).run('tenant', 'get', 'shop');
    expect(code).toBe(0);
    expect(out).toMatch(/^shop +Degraded/);
    expect(out).toMatch(/group:default\/team-shop-admins +admin/);
    expect(out).toMatch(/pods +19 +20 +95 %/);
    expect(out).toMatch(
      /network +Somebody tries two\. +LET THROUGH +the words about two[^]*identity +Somebody tries one\. +refused by rbac[^]*storage +Somebody tries three\. +unknown/,
    );
  });

  it("shows no figures of a namespace that is another tenant's", async () => {
    const { out } = await world({
      cluster: clusterOfShop({ foreign: true, status: statusOf('Failed') }),
    }).run('tenant', 'get', 'shop');
    expect(out).toContain('namespace shop');
    expect(out).not.toContain('QUOTA');
  });

  it('lists all, and prints for programs', async () => {
    const shop = world({
      cluster: clusterOfShop({
        status: statusOf('Ready', [check('one', 'network', 'enforced')]),
      }),
    });
    const { out } = await shop.run('tenant', 'list');
    expect(out).toMatch(
      /shop +Ready +group:default\/team-shop +production +1\/1 .*All is well\./,
    );
    const json = await shop.run('tenant', 'list', '-o', 'json');
    expect(JSON.parse(json.out)).toMatchObject([
      { metadata: { name: 'shop' } },
    ]);
    expect(json.out).not.toContain('managedFields');
  });

  it('says which name was meant', async () => {
    const { code, err } = await world({ cluster: clusterOfShop() }).run(
      ...['tenant', 'get', 'shpo'],
    );
    expect([code, err]).toEqual([
      1,
      'error: There is no tenant shpo: did you mean shop?\n',
    ]);
  });

  it('exports what was written, with its applications, to be applied again', async () => {
    const { out } = await world({ cluster: clusterOfShop() }).run(
      ...['tenant', 'export', 'shop'],
    );
    const documents = parseAllDocuments(out).map(each => each.toJS());
    expect(documents.map(({ kind }) => kind)).toEqual([
      'Tenant',
      'Application',
    ]);
    expect(Object.keys(documents[0])).toEqual([
      ...['apiVersion', 'kind', 'metadata', 'spec'],
    ]);
    const again = await world({ stdin: out }).run('validate', '-');
    expect(again.code).toBe(0);
  });

  it("exports nothing that runs in another tenant's namespace", async () => {
    const { out } = await world({
      cluster: clusterOfShop({ foreign: true }),
    }).run('tenant', 'export', 'shop');
    expect(out).not.toContain('checkout');
  });

  describe('delete', () => {
    const remove = ['tenant', 'delete', 'shop'];

    it('shows what there is and asks for the name', async () => {
      const cluster = clusterOfShop();
      const shop = world({ cluster, terminal: true, answer: 'shpo' });
      const { code, out } = await shop.run(...remove);
      expect(code).toBe(0);
      expect(shop.questions).toEqual([
        'Type the name of the tenant to offboard it: ',
      ]);
      expect(out).toContain('Stays: shop.');
      expect(out).toContain('1 application\n  shop/checkout\n0 volumes');
      expect(out).toContain('Nothing was done.');
      expect(await stored(cluster)).toBeDefined();
    });

    it('goes on when the name was typed', async () => {
      const cluster = clusterOfShop();
      const { out } = await world({
        cluster,
        terminal: true,
        answer: 'shop',
      }).run(...remove);
      expect(out).toContain('tenant shop is being offboarded');
      expect(await stored(cluster)).toBeUndefined();
    });

    it.each([
      [[], 'There is no terminal to ask on: say --yes shop.'],
      [['--yes', 'data'], '--yes names data, and the tenant is shop'],
    ])('does nothing with %j and no terminal', async (flags, sentence) => {
      const cluster = clusterOfShop();
      const { code, err } = await world({ cluster }).run(...remove, ...flags);
      expect(code).toBe(1);
      expect(err).toContain(sentence);
      expect(await stored(cluster)).toBeDefined();
    });

    it('says in so many words that namespaces go, and shows only with --dry-run', async () => {
      const cluster = clusterOfShop({ spec: { deletionPolicy: 'Delete' } });
      const { code, out } = await world({ cluster }).run(
        ...[...remove, '--dry-run'],
      );
      expect(code).toBe(0);
      expect(out).toContain('Goes: shop, with everything in it.');
      expect(out).toContain('- Namespace shop');
      expect(await stored(cluster)).toBeDefined();
    });

    it("names nothing of a namespace that is another tenant's", async () => {
      const { out } = await world({
        cluster: clusterOfShop({
          foreign: true,
          spec: { deletionPolicy: 'Delete' },
        }),
      }).run(...remove, '--dry-run');
      expect(out).toContain('It has no namespaces.\n0 applications');
      expect(out).not.toContain('- Namespace');
    });
  });
});
