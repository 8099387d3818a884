import { expect, test } from './world';

test.describe('in the catalog', () => {
  test('the application is a System with its Component, its Resource and the dependency between them', async ({
    page,
  }) => {
    await page.goto('/catalog?filters%5Bkind%5D=system&filters%5Buser%5D=all');
    await page.getByRole('link', { name: /^(shop\/)?user-service$/ }).click();
    await expect(page).toHaveURL('/catalog/shop/system/user-service');
    const links = page.getByRole('article').or(page.getByRole('main'));
    await expect(
      links.getByRole('link', { name: /user-service\.frontend/ }).first(),
    ).toBeVisible();
    await expect(
      links.getByRole('link', { name: /user-service\.redis/ }).first(),
    ).toBeVisible();
    await page.goto('/catalog/shop/component/user-service.frontend');
    await expect(
      page.getByRole('link', { name: /user-service\.redis/ }).first(),
    ).toBeVisible();
  });

  test('its entity shows how it is, live, and leads to its page', async ({
    page,
  }) => {
    await page.goto('/catalog/shop/system/user-service');
    await expect(page.getByText('Both components are ready.')).toBeVisible();
    await page.getByRole('link', { name: 'Open application' }).click();
    await expect(page).toHaveURL('/paas/playground/shop/user-service');
  });

  test('the tab of a component speaks of that component', async ({ page }) => {
    await page.goto(
      '/catalog/shop/component/user-service.frontend/application',
    );
    await expect(page.getByRole('region', { name: 'Health' })).toContainText(
      '3 of 3 pods ready',
    );
    await expect(
      page
        .getByRole('region', { name: 'Table of components' })
        .getByRole('row'),
    ).toHaveCount(2);
  });
});
