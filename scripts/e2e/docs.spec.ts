import { expect, test } from './world';

test.describe('documentation', () => {
  test('is in the portal, with a section for the word that a service shows', async ({
    page,
  }) => {
    await page.goto(
      '/docs/default/system/understage/guides/why-not-running#crashloop',
    );
    await expect(
      page.getByRole('heading', { name: 'Why is my service not running?' }),
    ).toBeVisible();
    await expect(
      page.getByRole('heading', { name: 'CrashLoop' }),
    ).toBeInViewport();
  });

  test('is found by search', async ({ page }) => {
    // Search collects what is new every two minutes.
    test.setTimeout(180_000);
    await expect(async () => {
      await page.goto('/search?query=CrashLoop&types%5B%5D=techdocs');
      await expect(
        page.getByRole('link', { name: /CrashLoop/ }).first(),
      ).toBeVisible({ timeout: 5_000 });
    }).toPass({ timeout: 150_000 });
    await page
      .getByRole('link', { name: /CrashLoop/ })
      .first()
      .click();
    await expect(page).toHaveURL(/why-not-running/);
  });
});
