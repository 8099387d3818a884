import AxeBuilder from '@axe-core/playwright';
import { accessibilityRules, expect, test } from './world';

const shop = '/paas/tenants/playground/shop';

const pages = ['/paas/tenants', shop, `${shop}/members`, `${shop}/isolation`];

for (const theme of ['light', 'dark'] as const) {
  test.describe(`in the ${theme} theme`, () => {
    test.use({ colorScheme: theme });

    test('the tenants pages are accessible', async ({ page }) => {
      for (const address of pages) {
        await page.goto(address);
        await expect(page.getByText(/enforced/i).first()).toBeVisible();
        const { violations } = await new AxeBuilder({ page })
          .withTags([...accessibilityRules])
          .analyze();
        expect(violations.map(({ id, help }) => `${id}: ${help}`)).toEqual([]);
        const { UNDERSTAGE_E2E_PICTURES: folder } = process.env;
        if (folder) {
          const name = address.replaceAll('/', '-').slice(1);
          await page.screenshot({
            path: `${folder}/${name}-${theme}.png`,
            fullPage: true,
          });
        }
      }
    });
  });
}

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
