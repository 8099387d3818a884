import { expect, test } from './world';

const file = (image: string, replicas: number) => `apiVersion: paas/v1
kind: Application
metadata:
  name: guestbook
spec:
  components:
    - name: web
      type: Deployment
      image: ${image}
      replicas: ${replicas}
      ports:
        - port: 8080
`;

test.describe.serial('an application made in the portal', () => {
  test('is refused with line, column and the nearest name when the file is wrong', async ({
    page,
  }) => {
    await page.goto('/paas/new');
    const editor = page.getByRole('textbox', { name: /YAML/ });
    await editor.fill(
      file('registry.example.com/guestbook:1', 2).replace(
        'replicas',
        'replcias',
      ),
    );
    await page.getByLabel('Namespace').fill('shop');
    await page.getByRole('button', { name: 'Preview plan' }).click();
    await expect(
      page.getByText(/replcias.*did you mean/i).first(),
    ).toBeVisible();
    await expect(page.getByText(/line 10/i).first()).toBeVisible();
    await expect(
      page.getByRole('button', { name: 'Apply', exact: true }),
    ).toBeDisabled();
  });

  test('shows its plan, is applied and becomes ready', async ({ page }) => {
    await page.goto('/paas/new');
    await page
      .getByRole('textbox', { name: /YAML/ })
      .fill(file('registry.example.com/guestbook:1', 2));
    await page.getByLabel('Namespace').fill('shop');
    await page.getByRole('button', { name: 'Preview plan' }).click();
    await expect(page.getByText(/to create/).first()).toBeVisible();
    await page.getByRole('button', { name: 'Apply', exact: true }).click();
    await expect(page).toHaveURL(/playground\/shop\/guestbook/);
    await expect(page.getByText('2 of 2 pods ready').first()).toBeVisible();
  });

  test('is paused and goes on, by the person who is signed in', async ({
    page,
    world,
  }) => {
    await page.goto('/paas/playground/shop/guestbook');
    await page.getByRole('button', { name: 'Pause' }).click();
    await expect(page.getByText(/Paused/).first()).toBeVisible();
    const paused = await world.kubectl([
      'get',
      'application',
      'guestbook',
      '-n',
      'shop',
      '-o',
      'jsonpath={.spec.paused}',
    ]);
    expect(paused).toBe('true');
    await page.getByRole('button', { name: 'Resume' }).click();
    await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  });

  test('is deleted by typing its name', async ({ page, world }) => {
    await page.goto('/paas/playground/shop/guestbook');
    await page.getByRole('button', { name: 'Delete' }).click();
    const confirm = page.getByRole('button', { name: 'Delete application' });
    await expect(confirm).toBeDisabled();
    await page.getByLabel('Type guestbook to confirm').fill('guestbook');
    await confirm.click();
    await expect
      .poll(() =>
        world.kubectl([
          'get',
          'application',
          'guestbook',
          '-n',
          'shop',
          '--ignore-not-found',
          '-o',
          'name',
        ]),
      )
      .toBe('');
  });
});

test.describe('what strangers write', () => {
  test('is shown as text, and a dangerous link is none', async ({
    page,
    world,
  }) => {
    const problems: string[] = [];
    page.on('pageerror', error => problems.push(String(error)));
    page.on('dialog', dialog => {
      problems.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await world.kubectl(
      ['apply', '--server-side', '-n', 'shop', '-f', '-'],
      JSON.stringify({
        apiVersion: 'paas.understage.dev/v1',
        kind: 'Application',
        metadata: { name: 'stranger' },
        spec: {
          owner: 'group:default/team-shop',
          description: '<img src=x onerror=alert(1)>',
          links: [
            {
              title: '<b>runbook</b>',
              url: 'https://runbooks.example.com/?q=<script>alert(2)</script>',
            },
          ],
          components: [
            {
              name: 'web',
              type: 'Deployment',
              image: 'registry.example.com/x:1',
              env: [{ name: 'A', value: '<svg onload=alert(3)>' }],
            },
          ],
        },
      }),
    );
    await page.goto('/paas/playground/shop/stranger');
    await expect(page.getByRole('heading', { name: 'stranger' })).toBeVisible();
    await expect(page.getByText('<b>runbook</b>')).toBeVisible();
    await page.getByRole('link', { name: 'YAML', exact: true }).click();
    await expect(
      page.getByText('<img src=x onerror=alert(1)>').first(),
    ).toBeVisible();
    expect(await page.locator('a[href^="javascript:"]').count()).toBe(0);
    expect(problems).toEqual([]);
    await world.kubectl(['delete', 'application', 'stranger', '-n', 'shop']);
  });
});
