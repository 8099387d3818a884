import AxeBuilder from '@axe-core/playwright';
import { Page } from '@playwright/test';
import { accessibilityRules, expect, test } from './world';

const shop = '/paas/tenants/playground/shop';

/** Every view of tenants, and what is on it when it is complete. */
const views: readonly {
  readonly address: string;
  readonly ready: (page: Page) => ReturnType<Page['getByText']>;
}[] = [
  ...['/paas/tenants', shop, `${shop}/members`, `${shop}/isolation`].map(
    address => ({
      address,
      ready: (page: Page) => page.getByText(/enforced/i).first(),
    }),
  ),
  {
    address: `${shop}/yaml`,
    ready: page => page.getByText('kind: Tenant').first(),
  },
  ...[`${shop}/audit`, '/paas/tenants/audit'].map(address => ({
    address,
    ready: (page: Page) =>
      page.getByRole('heading', { name: 'Audit trail' }).first(),
  })),
  {
    address: '/catalog/default/domain/shop',
    ready: page => page.getByRole('link', { name: 'Open tenant' }),
  },
];

for (const theme of ['light', 'dark'] as const) {
  for (const { address, ready } of views) {
    test.describe(`in the ${theme} theme, ${address}`, () => {
      test.use({ colorScheme: theme });

      test('has no accessibility violations, and fits a small screen', async ({
        page,
      }) => {
        await page.goto(address);
        await expect(ready(page)).toBeVisible();
        if (address.startsWith('/paas')) {
          const { violations } = await new AxeBuilder({ page })
            .withTags([...accessibilityRules])
            .analyze();
          expect(violations.map(({ id, help }) => `${id}: ${help}`)).toEqual(
            [],
          );
        }
        const { UNDERSTAGE_E2E_PICTURES: folder } = process.env;
        const name = address.replaceAll('/', '-').slice(1);
        if (folder) {
          await page.screenshot({
            path: `${folder}/${name}-${theme}.png`,
            fullPage: true,
          });
        }
        await page.setViewportSize({ width: 360, height: 740 });
        await expect(ready(page)).toBeVisible();
        if (folder) {
          await page.screenshot({ path: `${folder}/${name}-${theme}-360.png` });
        }
        await expect
          .poll(() =>
            page.evaluate(
              () =>
                document.documentElement.scrollWidth -
                document.documentElement.clientWidth,
            ),
          )
          .toBe(0);
      });
    });
  }
}

test('what happens to a tenant is on screen without being asked for again', async ({
  page,
  world,
}) => {
  const asked: string[] = [];
  page.on('request', request => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/api/paas/tenants')) asked.push(pathname);
  });
  await page.goto('/paas/tenants');
  const row = page.getByRole('row', { name: /^data/ });
  await expect(row).toBeVisible();

  const giveTo = (owner: string) =>
    world.kubectl([
      'patch',
      'tenant',
      'data',
      '--type=merge',
      `--patch={"spec":{"owner":"${owner}"}}`,
    ]);
  const before = await world.kubectl([
    'get',
    'tenant',
    'data',
    '-o=jsonpath={.spec.owner}',
  ]);
  await giveTo('group:default/team-shop');
  await expect(row).toContainText('team-shop');
  await giveTo(before);

  await expect(row).toContainText('team-data');
  expect(asked).toEqual(['/api/paas/tenants']);
});

test.describe('a viewer of shop who tries to change something', () => {
  test.use({ person: 'user:default/vera' });

  test('stands in the audit trail that its admins read', async ({
    page,
    browser,
  }) => {
    await page.goto('/paas/playground/shop/user-service');
    await page.getByRole('button', { name: 'Pause' }).click();
    await expect(page.getByText(/paas.application.update/)).toBeVisible();

    const context = await browser.newContext();
    const admin = await context.newPage();
    await admin.goto(`${page.url().split('/paas')[0]}${shop}/audit`);
    await admin.getByRole('button', { name: /^Sign in as Grace/ }).click();
    await expect(
      admin.getByRole('row', { name: /vera.*pause an application.*Refused/ }),
    ).toBeVisible();
    await context.close();
  });
});

test('a platform engineer sees every tenant, and how full each is', async ({
  page,
}) => {
  await page.goto('/paas/tenants');
  await expect(page.getByRole('row', { name: /^shop/ })).toContainText(
    'enforced',
  );
  await expect(page.getByRole('row', { name: /^data/ })).toBeVisible();
});

test.describe('a developer of shop', () => {
  test.use({ person: 'user:default/sam' });

  test('sees shop alone, and may not offboard it', async ({ page }) => {
    await page.goto('/paas/tenants');
    await page.getByRole('link', { name: 'shop' }).click();
    await expect(
      page.getByRole('table', { name: /^Quota of environment/ }),
    ).toBeVisible();
    await expect(page.getByRole('button', { name: 'Offboard' })).toHaveCount(0);
    await page.goto('/paas/tenants/playground/data');
    await expect(
      page.getByRole('heading', { name: 'Tenant data was not found' }),
    ).toBeVisible();
  });
});

test.describe('nobody yet', () => {
  test.use({ person: '' });

  test('chooses who to be', async ({ page }) => {
    await page.goto('/paas/tenants');
    await page.getByRole('button', { name: /^Sign in as Vera/ }).click();
    await expect(page.getByRole('link', { name: 'shop' })).toBeVisible();
  });
});
