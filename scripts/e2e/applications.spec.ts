import { expect, test } from './world';

test.describe('the Applications page', () => {
  test('lists what runs, with what needs attention first', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByText('12 applications')).toBeVisible();
    await expect(
      page.getByRole('link', { name: 'user-service' }),
    ).toBeVisible();
    const rows = page.getByRole('row').filter({ has: page.getByRole('link') });
    await expect(rows.first()).toContainText('Failed');
    await expect(
      page.getByText(
        /can not keep running: container scorer exits with code 1/,
      ),
    ).toBeVisible();
  });

  test('filters by text and state, and keeps both in the address', async ({
    page,
  }) => {
    await page.goto('/paas?text=user-service');
    await expect(
      page.getByText('1 application', { exact: true }),
    ).toBeVisible();
    await page.goto('/paas?state=Failed');
    await expect(
      page.getByRole('link', { name: 'recommendations' }),
    ).toBeVisible();
    await expect(page.getByRole('link', { name: 'user-service' })).toHaveCount(
      0,
    );
    await page.reload();
    await expect(
      page.getByRole('link', { name: 'recommendations' }),
    ).toBeVisible();
    await expect(page).toHaveURL(/state=Failed/);
  });

  test('shows a new application without being asked again', async ({
    page,
    world,
  }) => {
    await page.goto('/paas');
    await expect(page.getByText('12 applications')).toBeVisible();
    const requests: string[] = [];
    page.on('request', request => requests.push(request.url()));
    await world.kubectl(
      ['apply', '--server-side', '-n', 'shop', '-f', '-'],
      'apiVersion: paas.understage.dev/v1\nkind: Application\nmetadata: { name: e2e-live }\nspec: { components: [{ name: web, type: Deployment, image: "registry.example.com/e2e:1" }] }\n',
    );
    await expect(page.getByText('13 applications')).toBeVisible();
    await world.kubectl(['delete', 'application', 'e2e-live', '-n', 'shop']);
    await expect(page.getByText('12 applications')).toBeVisible();
    expect(requests.filter(url => url.includes('/api/paas/'))).toEqual([]);
  });
});
