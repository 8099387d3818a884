import { Page } from '@playwright/test';
import { expect, test } from './world';

const path = '/paas/playground/shop/guestbook';

const file = (replicas: number) => `apiVersion: paas/v1
kind: Application
metadata:
  name: guestbook
spec:
  components:
    - name: web
      type: Deployment
      image: registry.example.com/guestbook:1
      replicas: ${replicas}
      ports: [{ name: http, port: 8080 }]
`;

const editorOf = (page: Page) =>
  page.getByRole('textbox', { name: 'Application (YAML)' });
const plan = (page: Page) => page.getByRole('region', { name: 'Plan' });
const health = (page: Page) => page.getByRole('region', { name: 'Health' });
const button = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true });

async function preview(page: Page, text: string): Promise<void> {
  await editorOf(page).fill(text);
  await button(page, 'Preview plan').click();
}

/** Creates the application through the editor and waits until it runs. */
async function create(page: Page, replicas: number): Promise<void> {
  await page.goto('/paas/new');
  await page.getByLabel('Namespace').fill('shop');
  await preview(page, file(replicas));
  await button(page, 'Apply').click();
  await expect(page).toHaveURL(path);
  await expect(health(page)).toContainText(
    `${replicas} of ${replicas} ${replicas === 1 ? 'pod' : 'pods'} ready`,
  );
}

test.describe('in the editor, an application', () => {
  test('with mistakes is answered with line, column and the nearest name, and can not be applied', async ({
    page,
  }) => {
    await page.goto('/paas/new');
    await page.getByLabel('Namespace').fill('shop');
    await preview(
      page,
      file(2).replace('replicas', 'replcias').replace('port: 8080', 'port: 0'),
    );
    const problems = page.getByRole('region', { name: 'Problems' });
    await expect(problems.getByRole('listitem')).toHaveCount(2);
    const misspelt = problems
      .getByRole('listitem')
      .filter({ hasText: 'replcias' });
    await expect(misspelt).toContainText(/did you mean replicas\?/i);
    await misspelt.getByRole('button', { name: 'Line 10, column 7' }).click();
    await expect(editorOf(page)).toBeFocused();
    const before = await editorOf(page).evaluate((field: HTMLTextAreaElement) =>
      field.value.slice(0, field.selectionStart),
    );
    expect(before.split('\n')).toHaveLength(10);
    await expect(
      problems.getByRole('listitem').filter({ hasText: 'port' }).last(),
    ).toContainText('Line 11');
    await expect(button(page, 'Apply')).toBeDisabled();
  });

  for (const { what, text, answer } of [
    { what: 'that is no YAML', text: 'a: [', answer: /line 1|line 2/i },
    { what: 'of another kind', text: 'kind: Pod', answer: /kind/ },
  ]) {
    test(`${what} is refused with a sentence`, async ({ page }) => {
      await page.goto('/paas/new');
      await preview(page, text);
      await expect(
        page
          .getByRole('region', { name: /Problems|Plan/ })
          .or(page.getByRole('alert')),
      ).toContainText(answer);
      await expect(page.getByText(/undefined|\[object/)).toHaveCount(0);
    });
  }

  test('is planned, applied, seen to become ready, changed with its difference shown, and rolled back', async ({
    page,
    world,
    forget,
  }) => {
    forget('guestbook');
    await test.step('nothing is written by looking at the plan', async () => {
      await page.goto('/paas/new');
      await page.getByLabel('Namespace').fill('shop');
      await preview(page, file(2));
      await expect(plan(page)).toContainText('Create Deployment guestbook-web');
      const found = await world.kubectl([
        'get',
        'deployments,applications',
        '-n',
        'shop',
        '-o',
        'name',
      ]);
      expect(found).not.toContain('guestbook');
    });

    await test.step('what was planned is applied, and its page shows it run', async () => {
      await button(page, 'Apply').click();
      await expect(page).toHaveURL(path);
      await expect(health(page)).toContainText('2 of 2 pods ready');
    });

    await test.step('an edit is planned as the fields that change', async () => {
      await page.goto(`${path}/yaml`);
      await button(page, 'Edit').click();
      const text = await editorOf(page).inputValue();
      expect(text).toContain('replicas: 2');
      await preview(page, text.replace('replicas: 2', 'replicas: 3'));
      const change = plan(page)
        .getByRole('listitem')
        .filter({ hasText: 'spec.replicas' })
        .last();
      await expect(change.locator('del')).toHaveText('2');
      await expect(change.locator('ins')).toHaveText('3');
      await expect(plan(page)).toContainText('stay as they are');
      await button(page, 'Apply').click();
      await expect(health(page)).toContainText('3 of 3 pods ready');
    });

    await test.step('a rollback shows its plan first, and pins the release', async () => {
      await page.goto(`${path}/releases`);
      await page
        .getByRole('button', { name: 'Roll back to release 1' })
        .click();
      const dialog = page.getByRole('dialog');
      await expect(dialog).toContainText('spec.replicas');
      await dialog.getByRole('button', { name: 'Roll back' }).click();
      await expect(health(page)).toContainText('2 of 2 pods ready');
      await expect(
        page.getByText('Release 1 is pinned', { exact: false }),
      ).toBeVisible();
    });

    await test.step('letting the pin go follows the file again', async () => {
      await button(page, 'Let the pin go').click();
      await expect(health(page)).toContainText('3 of 3 pods ready');
    });
  });

  test('is paused, which holds changes back, and resumed', async ({
    page,
    world,
    forget,
  }) => {
    forget('guestbook');
    await create(page, 1);
    await button(page, 'Pause').click();
    await expect(health(page)).toContainText('Paused');
    await expect(page.getByRole('status').getByText(/^Paused:/)).toBeVisible();
    const replicas = [
      { op: 'replace', path: '/spec/components/0/replicas', value: 2 },
    ];
    await world.kubectl([
      'patch',
      'application',
      'guestbook',
      '-n',
      'shop',
      '--type=json',
      '-p',
      JSON.stringify(replicas),
    ]);
    await page.goto(`${path}/yaml`);
    await expect(page.getByText('replicas: 2')).toBeVisible();
    await expect(health(page)).toContainText('1 of 1 pod ready');
    await button(page, 'Resume').click();
    await expect(health(page)).toContainText('2 of 2 pods ready');
    await expect(button(page, 'Pause')).toBeVisible();
  });

  test('is deleted only by typing its name, and its page keeps what was', async ({
    page,
    world,
    forget,
  }) => {
    forget('guestbook');
    await create(page, 1);
    await button(page, 'Delete').click();
    const dialog = page.getByRole('dialog');
    const confirm = dialog.getByRole('button', { name: 'Delete application' });
    await expect(confirm).toBeDisabled();
    await dialog.getByLabel('Type guestbook to confirm').fill('guestboo');
    await expect(confirm).toBeDisabled();
    await dialog.getByLabel('Type guestbook to confirm').fill('guestbook');
    await confirm.click();
    await expect(page.getByText(/This application was deleted/)).toBeVisible();
    const left = await world.kubectl([
      'get',
      'deployments,services,networkpolicies',
      '-n',
      'shop',
      '-l',
      'understage.dev/application=guestbook',
      '-o',
      'name',
    ]);
    expect(left).toBe('');
    await page.goto('/paas');
    await expect(page.getByText('12 applications')).toBeVisible();
  });
});
