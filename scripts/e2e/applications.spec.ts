import { Page } from '@playwright/test';
import { expect, test } from './world';

const table = (page: Page) => page.getByRole('table', { name: 'Applications' });
const links = (page: Page) => table(page).getByRole('link');
const named = (page: Page, name: string) =>
  table(page).getByRole('link', { name, exact: true });
const states = (page: Page) =>
  page.getByRole('group', { name: 'Filter by state' });

test.describe('the Applications page', () => {
  test('is where the portal opens, and lists what runs with what needs attention first', async ({
    page,
  }) => {
    await page.goto('/');
    await expect(page).toHaveURL(/\/paas$/);
    await expect(page.getByText('12 applications')).toBeVisible();
    const rows = table(page)
      .getByRole('row')
      .filter({
        has: page.getByRole('link'),
      });
    await expect(rows.first()).toContainText('Failed');
    await expect(
      table(page).getByText(
        /can not keep running: container scorer exits with code 1/,
      ),
    ).toBeVisible();
    const order = ['Failed', 'Degraded', 'Paused', 'Ready'];
    const shown = (await rows.allTextContents()).map(text =>
      order.findIndex(state => text.includes(state)),
    );
    expect(shown).toHaveLength(12);
    expect(shown).toEqual([...shown].sort((a, b) => a - b));
  });

  test('counts the applications of each state, and narrows to the pressed ones', async ({
    page,
  }) => {
    await page.goto('/paas');
    await expect(
      states(page).getByRole('button', { name: /^All\s*12$/ }),
    ).toHaveAttribute('aria-pressed', 'true');
    await states(page)
      .getByRole('button', { name: /Paused\s*1$/ })
      .click();
    await expect(
      page.getByText('1 application', { exact: true }),
    ).toBeVisible();
    await expect(named(page, 'reports')).toBeVisible();
    await states(page)
      .getByRole('button', { name: /Degraded\s*1$/ })
      .click();
    await expect(page.getByText('2 applications')).toBeVisible();
    await expect(page).toHaveURL(/state=Degraded&state=Paused/);
    await page.reload();
    await expect(page.getByText('2 applications')).toBeVisible();
    await expect(named(page, 'features')).toBeVisible();
    await page.goBack();
    await expect(
      page.getByText('1 application', { exact: true }),
    ).toBeVisible();
  });

  test('finds by text as it is typed, and says when nothing is found', async ({
    page,
  }) => {
    await page.goto('/paas');
    const search = page.getByRole('searchbox', { name: /^Search name/ });
    await search.fill('did you mean');
    await expect(
      page.getByText('1 application', { exact: true }),
    ).toBeVisible();
    await expect(named(page, 'loyalty')).toBeVisible();
    await expect(page).toHaveURL(/text=did\+you\+mean/);
    await search.fill('no such thing');
    await expect(page.getByRole('heading', { name: /no/i })).toBeVisible();
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await expect(page.getByText('12 applications')).toBeVisible();
    await expect(search).toHaveValue('');
    await expect(page).toHaveURL(/\/paas$/);
  });

  test('narrows to a tenant, and keeps that over a reload', async ({
    page,
  }) => {
    await page.goto('/paas');
    await expect(page.getByText('12 applications')).toBeVisible();
    await page.getByRole('button', { name: /Tenant/ }).click();
    await page.getByRole('option', { name: 'data', exact: true }).click();
    await expect(page).toHaveURL(/tenant=data/);
    await expect(page.getByText('5 applications')).toBeVisible();
    await expect(named(page, 'user-service')).toHaveCount(0);
    await page.reload();
    await expect(page.getByText('5 applications')).toBeVisible();
    await expect(named(page, 'features')).toBeVisible();
  });

  test('sorts by name, there and back again', async ({ page }) => {
    await page.goto('/paas');
    const sort = table(page)
      .getByRole('columnheader', { name: 'Application' })
      .getByRole('button');
    await sort.click();
    await expect(links(page).first()).toHaveText('catalogue');
    await sort.click();
    await expect(links(page).first()).toHaveText('user-service');
    await expect(
      table(page).getByRole('columnheader', { name: 'Application' }),
    ).toHaveAttribute('aria-sort', 'descending');
    await expect(page).toHaveURL(/sort=-name/);
    await sort.click();
    await expect(links(page).first()).not.toHaveText('user-service');
  });

  test('is walked with the keyboard to an application and its tabs', async ({
    page,
  }) => {
    await page.goto('/paas?text=user-service');
    await expect(named(page, 'user-service')).toBeVisible();
    const focused = page.locator(':focus');
    const walkTo = async (name: string) => {
      for (let steps = 0; steps < 60; steps += 1) {
        await page.keyboard.press('Tab');
        if ((await focused.textContent().catch(() => '')) === name) return;
      }
      throw new Error(`60 times Tab did not lead to ${name}`);
    };
    await walkTo('user-service');
    await expect(named(page, 'user-service')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(
      page.getByRole('heading', { name: 'user-service' }),
    ).toBeVisible();
    await walkTo('Objects');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('tree', { name: 'Objects' })).toBeVisible();
  });
});
