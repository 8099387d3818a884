import { mockServices } from '@backstage/backend-test-utils';
import { checkTenant, Tenant } from '@understage/plugin-paas-common';
import { fillCatalog } from '../__testUtils__/fillCatalog';
import { CatalogDirectory } from './CatalogDirectory';
import { createDirectoryDouble } from './createDirectoryDouble';
import { Directory } from './Directory';
import { noticesAboutPeople, warnAboutPeople } from './unknownPeople';

function tenantOf(owner: string, ...members: object[]): Tenant {
  const checked = checkTenant({
    apiVersion: 'paas/v1',
    kind: 'Tenant',
    metadata: { name: 'shop' },
    spec: { owner, members, environments: [{ name: 'production' }] },
  });
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return checked.value;
}

function ofCatalog(waitMs = 1_000) {
  const catalog = fillCatalog();
  const logger = mockServices.logger.mock();
  let time = Date.parse('2026-01-01T12:00:00Z');
  const directory = new CatalogDirectory({
    catalog: catalog.service,
    auth: mockServices.auth(),
    logger,
    now: () => new Date(time),
    waitMs,
  });
  const pass = (ms: number) => {
    time += ms;
  };
  return { catalog, directory, logger, pass };
}

interface World {
  readonly directory: Directory;
  set(...refs: string[]): void;
  fail(why: string): void;
}

const worlds: readonly (readonly [string, () => World])[] = [
  [
    'the catalog',
    () => {
      const { catalog, directory } = ofCatalog();
      return {
        directory,
        set: (...refs) => {
          catalog.refs = refs;
        },
        fail: why => {
          catalog.prepare = async () => {
            throw new Error(why);
          };
        },
      };
    },
  ],
  [
    'the double',
    () => {
      const directory = createDirectoryDouble();
      const { set, fail } = directory;
      return { directory, set, fail };
    },
  ],
];

describe.each(worlds)('a directory: %s', (_, start) => {
  it('knows whole references, and nothing before the first reading', async () => {
    const { directory, set } = start();
    set('group:default/team-shop', 'user:default/sam');
    expect(directory.latest()).toBeUndefined();
    const people = await directory.read();
    expect(people).toEqual({
      kind: 'known',
      refs: new Set(['group:default/team-shop', 'user:default/sam']),
    });
    expect(directory.latest()).toEqual(people);
  });

  it('that can not be read knows nobody, which is not the same as nobody being there', async () => {
    const { directory, fail } = start();
    fail('connect ECONNREFUSED');
    expect(await directory.read()).toMatchObject({ kind: 'unknown' });
    expect(directory.latest()).toMatchObject({ kind: 'unknown' });
  });
});

describe('the catalog as directory', () => {
  it('is asked once by many, and again when its answer is old', async () => {
    const { catalog, directory, pass } = ofCatalog();
    await Promise.all([directory.read(), directory.read(), directory.read()]);
    await directory.read();
    expect(catalog.readings).toBe(1);
    pass(30_000);
    directory.latest();
    await directory.read();
    expect(catalog.readings).toBe(2);
  });

  it('delays nobody for long when it hangs, says why in the log, and is asked again soon', async () => {
    const { catalog, directory, logger, pass } = ofCatalog(20);
    const { prepare } = catalog;
    catalog.prepare = () => new Promise<void>(() => {});
    expect(await directory.read()).toEqual({
      kind: 'unknown',
      why: 'the catalog can not be read',
    });
    expect(logger.warn).toHaveBeenCalledWith(expect.any(String), {
      why: 'no answer within 20 ms',
    });
    catalog.prepare = prepare;
    expect(await directory.read()).toMatchObject({ kind: 'unknown' });
    pass(5_000);
    expect(await directory.read()).toMatchObject({ kind: 'known' });
  });

  it('that is still empty is unknown: it has just been started', async () => {
    const { catalog, directory } = ofCatalog();
    catalog.refs = [];
    expect(await directory.read()).toMatchObject({ kind: 'unknown' });
  });
});

describe('who is unknown', () => {
  const shop = tenantOf(
    'group:default/team-shop',
    { group: 'group:default/team-shpo-admins', role: 'admin' },
    { user: 'user:default/nobody-knows-me', role: 'viewer' },
    { user: 'user:default/sam', role: 'developer' },
  );
  const all = fillCatalog().refs;

  it('is warned of with the nearest name and what comes of it; who is there is not', async () => {
    const directory = createDirectoryDouble(...all);
    expect(await warnAboutPeople(shop, directory)).toEqual([
      {
        path: 'spec.members[0].group',
        found: 'group:default/team-shpo-admins',
        suggestion: 'group:default/team-shop-admins',
        message:
          'The catalog knows no group group:default/team-shpo-admins: nobody is admin by it. Did you mean group:default/team-shop-admins?',
      },
      {
        path: 'spec.members[1].user',
        found: 'user:default/nobody-knows-me',
        message:
          'The catalog knows no person user:default/nobody-knows-me: nobody is viewer by it. Add it to the catalog, or take it out of the tenant.',
      },
    ]);
  });

  it('includes an owner who was deleted, who is noticed once though a member too', async () => {
    const owner = 'group:default/team-shop';
    const tenant = tenantOf(owner, { group: owner, role: 'viewer' });
    const without = all.filter(ref => ref !== owner);
    const directory = createDirectoryDouble(...without);
    expect(await warnAboutPeople(tenant, directory)).toMatchObject([
      { path: 'spec.owner', found: owner },
      { path: 'spec.members[0].group', found: owner },
    ]);
    expect(noticesAboutPeople(tenant, directory.latest())).toEqual([
      {
        ref: {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Group',
          namespace: 'default',
          name: 'team-shop',
        },
        reason: 'UnknownMember',
        message: expect.stringContaining('the tenant has no owner'),
      },
    ]);
  });

  it('is nobody while the catalog is away: that is said, and nobody called missing', async () => {
    const directory = createDirectoryDouble();
    directory.fail('the catalog can not be read');
    const message =
      'Whether the catalog knows the owner and the members is unknown: the catalog can not be read.';
    const warnings = await warnAboutPeople(shop, directory);
    expect(warnings).toEqual([{ path: 'spec.members', message }]);
    expect(noticesAboutPeople(shop, directory.latest())).toMatchObject([
      { ref: { kind: 'Tenant', name: 'shop' }, message },
    ]);
    expect(noticesAboutPeople(shop, undefined)).toEqual([]);
  });

  it('is read anew before it is said: a group that was made a moment ago is no mistake', async () => {
    const { catalog, directory, pass } = ofCatalog();
    const { refs } = catalog;
    catalog.refs = refs.filter(ref => ref !== 'user:default/sam');
    await directory.read();
    catalog.refs = refs;
    pass(2_000);
    const tenant = tenantOf('group:default/team-shop', {
      user: 'user:default/sam',
      role: 'admin',
    });
    expect(await warnAboutPeople(tenant, directory)).toEqual([]);
  });
});
