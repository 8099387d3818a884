import { expect, test } from './world';

const path = '/paas/playground/shop/user-service';

test.describe('while the API server is gone', () => {
  test.setTimeout(120_000);
  test.afterEach(async ({ world }) => {
    // A test that failed in between must not take the others with it; a server that runs is left alone.
    await world
      .kubectl(['get', '--raw', '/readyz'])
      .catch(() => world.restart('kube-apiserver'));
  });

  test('a page keeps what it shows and says how old it is; then it is live again', async ({
    page,
    world,
  }) => {
    await page.goto(path);
    const health = page.getByRole('region', { name: 'Health' });
    await expect(health).toContainText('Both components are ready.');
    const age = page
      .getByRole('status')
      .filter({ hasText: /^Cluster playground: what you see is .* old/ });

    await test.step('what is on screen stays, with its age', async () => {
      await world.kill('kube-apiserver');
      await expect(age).toBeVisible({ timeout: 30_000 });
      await expect(health).toContainText('Both components are ready.');
    });

    await test.step('so does what is opened anew', async () => {
      await page.reload();
      await expect(age).toBeVisible();
      await expect(health).toContainText('Both components are ready.');
      await page.goto('/paas');
      await expect(page.getByText('12 applications')).toBeVisible();
      await expect(age).toBeVisible();
    });

    await test.step('a change says that it could not be made', async () => {
      await page.goto(path);
      await page.getByRole('button', { name: 'Pause' }).click();
      await expect(page.getByRole('alert')).toContainText('Pausing failed');
      await page.getByRole('button', { name: 'Dismiss' }).click();
    });

    await test.step('back again, the page is live without being asked', async () => {
      await world.restart('kube-apiserver');
      await expect(age).toHaveCount(0, { timeout: 60_000 });
      await page.getByRole('link', { name: 'YAML' }).click();
      const mark = page.getByText('e2e.example.com/back: again');
      const annotate = (annotation: string) =>
        world.kubectl([
          'annotate',
          'application/user-service',
          '-n',
          'shop',
          annotation,
        ]);
      await annotate('e2e.example.com/back=again');
      await expect(mark).toBeVisible();
      await annotate('e2e.example.com/back-');
      await expect(mark).toHaveCount(0);
    });
  });
});
