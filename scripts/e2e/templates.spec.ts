import { Page } from '@playwright/test';
import {
  addDependency,
  addMiddleware,
  begin,
  decommission,
  newRepository,
  newTenant,
  Path,
} from './templateForms';
import { expect, test, World } from './world';

/** A step that has begun says for how long it has run. */
const begun = (page: Page, step: string) =>
  page.getByRole('button', { name: new RegExp(`^${step} \\d+ second`) });

/** Runs a template and watches its steps until the last one has ended. */
async function run(page: Page, path: Path): Promise<void> {
  await begin(page, path);
  for (const step of path.steps) {
    await expect(begun(page, step)).toBeVisible();
  }
  // The log shows its last lines.
  const last = path.steps.at(-1);
  await expect(page.getByText(`Finished step ${last}`)).toBeVisible();
}

/** An application that tests add something to. */
const greeter = (name: string) => ({
  name,
  spec: {
    owner: 'group:default/team-shop',
    components: [
      {
        name: 'web',
        type: 'Deployment',
        image: 'registry.example.com/shop/web:1',
        ports: [{ port: 8080 }],
      },
    ],
  },
});

async function specOf(world: World, name: string) {
  const get = ['get', 'application', name, '-n', 'shop', '-o', 'json'];
  return JSON.parse(await world.kubectl(get)).spec;
}

/** What the Git server answers for a path of a repository of shop. */
const published = (world: World, repository: string, path = '') =>
  fetch(`${world.git}/shop/${repository}/src/branch/main/${path}`);

async function seesIt(page: Page, name: string, component: string) {
  await page.goto(`/paas/playground/shop/${name}`);
  await expect(page.getByRole('heading', { name }).first()).toBeVisible();
  await expect(
    page.getByText(component, { exact: true }).first(),
  ).toBeVisible();
  await expect(page.getByText('Ready').first()).toBeVisible();
}

test('S30: a tenant from its template is given out once, however often it is asked for', async ({
  page,
  world,
}) => {
  try {
    for (const _ of ['first', 'again']) {
      await run(page, newTenant('fresh'));
      await page.goto('/paas/tenants/playground/fresh');
      await expect(
        page.getByText(/checks of isolation hold/).first(),
      ).toBeVisible();
    }
  } finally {
    const gone = ['--ignore-not-found', '--timeout=30s'];
    await world.kubectl(['delete', 'tenant', 'fresh', ...gone]);
    await world.kubectl(['delete', 'namespace', 'fresh', ...gone]);
  }
});

test.describe('a developer of shop', () => {
  test.use({ person: 'user:default/sam' });

  for (const [template, name, component, file] of [
    ['new-nodejs-service', 'hello', 'web', 'src/server.js'],
    ['new-static-site', 'pages', 'site', 'docs/index.md'],
  ] as const) {
    test(`${template}: runs, is published and in the catalog`, async ({
      page,
      world,
      forget,
    }) => {
      forget(name);
      await run(page, newRepository(template, { name, namespace: 'shop' }));
      await expect(
        page.getByRole('link', { name: 'Repository' }),
      ).toHaveAttribute('href', new RegExp(`^${world.git}/shop/${name}`));

      const { components } = await specOf(world, name);
      expect(components).toMatchObject([{ name: component }]);
      expect(await (await published(world, name, file)).text()).not.toBe('');
      const written = await published(world, name, 'application.yaml');
      expect(await written.text()).toContain(`name: "${name}"`);

      await seesIt(page, name, component);
      await page.goto(`/catalog/default/component/${name}`);
      await expect(page.getByText('Says hello').first()).toBeVisible();
    });
  }

  test('add-middleware: a Redis beside an application, once', async ({
    page,
    world,
    make,
  }) => {
    await make(greeter('cached'));
    for (const _ of ['first', 'again']) {
      await run(page, addMiddleware('shop', 'cached', 'cache'));
      expect((await specOf(world, 'cached')).components).toMatchObject([
        { name: 'web' },
        { name: 'cache', type: 'HelmChart', chart: 'bitnami/redis' },
      ]);
    }
    await seesIt(page, 'cached', 'cache');
  });

  test('add-dependency: a call to another application, once', async ({
    page,
    world,
    make,
  }) => {
    await make(greeter('caller'));
    for (const _ of ['first', 'again']) {
      await run(
        page,
        addDependency('shop', 'caller', 'web -> checkout/api:8080'),
      );
      expect((await specOf(world, 'caller')).dependencies).toEqual([
        'web -> checkout/api:8080',
      ]);
    }
    const policies = ['get', 'networkpolicies', '-n', 'shop', '-o', 'name'];
    expect(await world.kubectl(policies)).toContain('caller');
    await seesIt(page, 'caller', 'web');
  });

  test('decommission: it is gone, and gone it stays', async ({
    page,
    world,
    make,
  }) => {
    await make(greeter('past'));
    await page.goto('/paas/playground/shop/past');
    await expect(page.getByText('Ready').first()).toBeVisible();
    for (const _ of ['first', 'again']) {
      await run(page, decommission('shop', 'past'));
      await expect(specOf(world, 'past')).rejects.toThrow(/not found/);
    }
    const left = ['get', 'deployments', '-n', 'shop', '-o', 'name'];
    expect(await world.kubectl(left)).not.toContain('past');
    await page.goto('/paas/playground/shop/past');
    await expect(page.getByText(/not found/).first()).toBeVisible();
  });
});

test.describe('S8: an outsider', () => {
  test.use({ person: 'user:default/otto' });

  for (const template of ['new-nodejs-service', 'new-static-site'] as const) {
    test(`${template}: is refused, and nothing is published`, async ({
      page,
      world,
    }) => {
      const name = 'intruder';
      const path = newRepository(template, { name, namespace: 'shop' });
      await begin(page, path);
      await expect(page.getByRole('alert')).toContainText(
        'You lack the permission paas.application.create',
      );
      await expect(begun(page, 'Publish the repository')).toHaveCount(0);
      await expect(specOf(world, name)).rejects.toThrow(/not found/);
      expect((await published(world, name)).status).toBe(404);
    });
  }

  for (const path of [
    addMiddleware('shop', 'foreign', 'cache'),
    addDependency('shop', 'foreign', 'web -> checkout/api:8080'),
    decommission('shop', 'foreign'),
  ]) {
    test(`${path.template}: is answered as if there were nothing, and changes nothing`, async ({
      page,
      world,
      make,
    }) => {
      await make(greeter('foreign'));
      const before = await specOf(world, 'foreign');
      await begin(page, path);
      await expect(page.getByText(/not yours to see/).first()).toBeVisible();
      await expect(page.getByText(/^The application \w+ is gone/)).toHaveCount(
        0,
      );
      expect(await specOf(world, 'foreign')).toEqual(before);
    });
  }
});
