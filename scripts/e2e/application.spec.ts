import { expect, test } from './world';

const userService = '/paas/playground/shop/user-service';

test.describe('the page of an application', () => {
  test('says how it is and what it is made of', async ({ page }) => {
    await page.goto(userService);
    await expect(
      page.getByRole('heading', { name: 'user-service' }),
    ).toBeVisible();
    await expect(page.getByText(/components are ready/).first()).toBeVisible();
    await expect(page.getByText(':6379').first()).toBeVisible();
    await expect(
      page.getByText('registry.example.com/shop/frontend:latest'),
    ).toBeVisible();
  });

  test('shows the objects down to pods, and the policy that the dependency implies', async ({
    page,
  }) => {
    await page.goto(userService);
    await page.getByRole('link', { name: 'Objects', exact: true }).click();
    const tree = page.getByRole('tree');
    await expect(tree).toBeVisible();
    await expect(tree.getByText(/NetworkPolicy/).first()).toBeVisible();
  });

  test('shows its YAML', async ({ page }) => {
    await page.goto(userService);
    await page.getByRole('link', { name: 'YAML', exact: true }).click();
    await expect(page.getByText('chart: bitnami/redis').first()).toBeVisible();
  });

  for (const { name, namespace, cause } of [
    {
      name: 'recommendations',
      namespace: 'shop',
      cause: /can not keep running: container scorer exits with code 1/,
    },
    { name: 'training', namespace: 'data', cause: /can not be scheduled/ },
    {
      name: 'features',
      namespace: 'data-lab',
      cause: /the quota team of the namespace is used up/,
    },
    {
      name: 'loyalty',
      namespace: 'shop',
      cause: /no chart "rediss": did you mean bitnami\/redis/,
    },
    { name: 'sessions', namespace: 'data', cause: /ran out of memory/ },
    { name: 'media', namespace: 'shop', cause: /can not pull the image/ },
  ]) {
    test(`names the root cause of ${name}`, async ({ page }) => {
      await page.goto(`/paas/playground/${namespace}/${name}`);
      await expect(page.getByText(cause).first()).toBeVisible();
    });
  }

  test('follows a change of the cluster at once', async ({ page, world }) => {
    await page.goto(userService);
    await expect(page.getByText('3 of 3 pods ready').first()).toBeVisible();
    await world.kubectl([
      'patch',
      'application',
      'user-service',
      '-n',
      'shop',
      '--type=json',
      '-p',
      '[{"op":"replace","path":"/spec/components/0/replicas","value":4}]',
    ]);
    await expect(page.getByText('4 of 4 pods ready').first()).toBeVisible();
    await world.kubectl([
      'patch',
      'application',
      'user-service',
      '-n',
      'shop',
      '--type=json',
      '-p',
      '[{"op":"replace","path":"/spec/components/0/replicas","value":3}]',
    ]);
    await expect(page.getByText('3 of 3 pods ready').first()).toBeVisible();
  });

  test('keeps what it shows, marked as stale, while the API server is gone', async ({
    page,
    world,
  }) => {
    await page.goto(userService);
    await expect(page.getByText(/components are ready/).first()).toBeVisible();
    await world.kill('kube-apiserver');
    await expect(page.getByText(/what you see is .* old/)).toBeVisible({
      timeout: 30_000,
    });
    await expect(
      page.getByRole('heading', { name: 'user-service' }),
    ).toBeVisible();
    await world.restart('kube-apiserver');
    await expect(page.getByText(/what you see is .* old/)).toHaveCount(0, {
      timeout: 50_000,
    });
  });

  test('that does not exist says so', async ({ page }) => {
    await page.goto('/paas/playground/shop/nothing-here');
    await expect(page.getByText(/nothing-here/).first()).toBeVisible();
  });
});

test('the catalog shows the application as a System with its parts', async ({
  page,
}) => {
  await page.goto('/catalog?filters%5Bkind%5D=system&filters%5Buser%5D=all');
  await expect(
    page.getByRole('link', { name: /user-service/ }).first(),
  ).toBeVisible({ timeout: 50_000 });
});
