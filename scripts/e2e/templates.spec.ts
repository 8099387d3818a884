import { Page } from '@playwright/test';
import { expect, test } from './world';

/** Walks through the form of a template and runs it. `pages` fill one page each. */
async function run(
  page: Page,
  template: string,
  pages: readonly (() => Promise<void>)[],
): Promise<void> {
  await page.goto(`/create/templates/default/${template}`);
  for (const [index, fill] of pages.entries()) {
    await fill();
    const isLast = index === pages.length - 1;
    await page
      .getByRole('button', { name: isLast ? 'Review' : 'Next' })
      .click();
  }
  await page.getByRole('button', { name: 'Create' }).click();
}

test('S30: a tenant from its template is given out once, however often it is asked for', async ({
  page,
  world,
}) => {
  const form = [
    async () => {
      await page.getByLabel('Name').fill('fresh');
      await page.getByLabel('Owner').fill('group:default/team-shop');
    },
    async () => {},
    async () => {},
  ];
  try {
    for (const _ of ['first', 'again']) {
      await run(page, 'new-tenant', form);
      await expect(
        page.getByText(/Finished step Give the tenant out/),
      ).toBeVisible();
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
