import { Page } from '@playwright/test';
import { expect, test } from './world';

const userService = '/paas/playground/shop/user-service';

const openTab = (page: Page, name: string) =>
  page
    .getByRole('navigation', { name: 'Content navigation' })
    .getByRole('link', { name })
    .click();

test.describe('the page of an application', () => {
  test('says how it is and what it is made of', async ({ page }) => {
    await page.goto(userService);
    await expect(
      page.getByRole('heading', { name: 'user-service' }),
    ).toBeVisible();
    await expect(page.getByRole('region', { name: 'Health' })).toContainText(
      'Both components are ready.',
    );
    const components = page.getByRole('region', {
      name: 'Table of components',
    });
    await expect(
      components.getByRole('row', { name: /^frontend/ }),
    ).toContainText('registry.example.com/shop/frontend:latest');
    await expect(
      components.getByRole('row', { name: /^frontend/ }),
    ).toContainText("from the platform's convention");
    await expect(components.getByRole('row', { name: /^redis/ })).toContainText(
      '1/1',
    );
    await expect(page.getByText('Simulated')).toBeVisible();
  });

  test('shows its topology as a graph, and the same in a table', async ({
    page,
  }) => {
    await page.goto(userService);
    const topology = page.getByRole('region', { name: 'Topology' });
    const graph = topology.getByRole('group', {
      name: 'Topology: 2 boxes, 1 dependency',
    });
    await expect(graph.getByText(':6379')).toBeVisible();
    await topology.getByRole('radio', { name: 'Table' }).click();
    await expect(
      topology.getByRole('row').filter({ hasText: 'frontend -> redis:6379' }),
    ).toContainText('6379');
    await topology.getByRole('radio', { name: 'Graph' }).click();
    await graph.getByRole('link', { name: /^redis/ }).click();
    await expect(page).toHaveURL(/objects\?component=redis/);
    const tree = page.getByRole('tree', { name: 'Objects' });
    await expect(
      tree.getByRole('treeitem', { name: /StatefulSet/ }),
    ).toBeVisible();
    await expect(tree.getByRole('treeitem', { name: /frontend/ })).toHaveCount(
      0,
    );
  });

  test('shows the objects down to pods, and the policies that the dependency implies', async ({
    page,
  }) => {
    await page.goto(userService);
    await openTab(page, 'Objects');
    const tree = page.getByRole('tree', { name: 'Objects' });
    const pods = tree.getByRole('treeitem', {
      name: /^Pod user-service-frontend-/,
    });
    await expect(pods).toHaveCount(3);
    await expect(pods.first()).toHaveAttribute('aria-level', '4');
    await expect(
      tree.getByRole('treeitem', { name: /^NetworkPolicy/ }).first(),
    ).toBeVisible();
  });

  test('walks and folds the objects with the keyboard, and opens one as YAML', async ({
    page,
  }) => {
    await page.goto(`${userService}/objects`);
    const tree = page.getByRole('tree', { name: 'Objects' });
    const pods = tree.getByRole('treeitem', {
      name: /^Pod user-service-frontend-/,
    });
    await expect(pods).toHaveCount(3);
    await tree.getByRole('treeitem', { name: /^Deployment/ }).focus();
    await page.keyboard.press('ArrowLeft');
    await expect(pods).toHaveCount(0);
    await page.keyboard.press('ArrowRight');
    await expect(pods).toHaveCount(3);
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog', {
      name: 'Deployment user-service-frontend',
    });
    await expect(drawer.getByText('kind: Deployment')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(drawer).toHaveCount(0);
    await expect(
      tree.getByRole('treeitem', { name: /^Deployment/ }),
    ).toBeFocused();
  });

  test('lists its releases, with what each runs', async ({ page }) => {
    await page.goto(userService);
    await openTab(page, 'Releases');
    await expect(page.getByRole('row', { name: /^#1/ })).toContainText(
      'registry.example.com/shop/frontend:latest',
    );
  });

  test('lists its warnings, and says so when there are none', async ({
    page,
  }) => {
    await page.goto('/paas/playground/shop/recommendations/events');
    await expect(
      page.getByRole('row', { name: /BackOff Warning/ }).first(),
    ).toContainText(/Back-off restarting/);
    await page.goto(`${userService}/events`);
    await expect(
      page.getByRole('heading', { name: 'No warnings' }),
    ).toBeVisible();
  });

  test('shows its YAML, which is copied in one click', async ({
    page,
    context,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto(userService);
    await openTab(page, 'YAML');
    const label = 'YAML of application user-service';
    await expect(page.getByRole('region', { name: label })).toContainText(
      'chart: bitnami/redis',
    );
    await page.getByRole('button', { name: `Copy ${label}` }).click();
    await expect(page.getByText('Copied', { exact: true })).toBeVisible();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain('frontend -> redis:6379');
  });

  for (const { name, namespace, cause } of [
    {
      name: 'recommendations',
      namespace: 'shop',
      cause: /can not keep running: container scorer exits with code 1/,
    },
    { name: 'training', namespace: 'data-prod', cause: /can not be scheduled/ },
    {
      name: 'features',
      namespace: 'data-lab',
      cause: /the quota understage-quota of the namespace is used up/,
    },
    {
      name: 'loyalty',
      namespace: 'shop',
      cause: /no chart "rediss": did you mean bitnami\/redis/,
    },
    { name: 'sessions', namespace: 'data-prod', cause: /ran out of memory/ },
    { name: 'media', namespace: 'shop', cause: /can not pull the image/ },
  ]) {
    test(`names the root cause of ${name}, and who has to act`, async ({
      page,
    }) => {
      await page.goto(`/paas/playground/${namespace}/${name}`);
      const health = page.getByRole('region', { name: 'Health' });
      await expect(health).toContainText(cause);
      await expect(health).toContainText(/has to act/);
    });
  }

  test('of an application that does not exist says so, and fills when it is created', async ({
    page,
    make,
  }) => {
    await page.goto('/paas/playground/shop/nothing-here');
    await expect(
      page.getByRole('heading', {
        name: 'Application nothing-here was not found',
      }),
    ).toBeVisible();
    await make({
      name: 'nothing-here',
      spec: {
        components: [
          {
            name: 'web',
            type: 'Deployment',
            image: 'registry.example.com/x:1',
          },
        ],
      },
    });
    await expect(
      page.getByRole('heading', { name: 'nothing-here', exact: true }),
    ).toBeVisible();
  });
});
