import { expect, test } from './world';

const address = '/paas/playground/shop/contested';
const spec = (replicas: number) => ({
  components: [
    {
      name: 'api',
      type: 'Deployment',
      image: 'registry.example.com/shop/api:1',
      replicas,
    },
  ],
});

test('what somebody else set is named, and taken over only as a second choice', async ({
  page,
  make,
  world,
}) => {
  await make({ name: 'contested', spec: spec(2) });
  await page.goto(`${address}/yaml`);
  await page.getByRole('button', { name: 'Edit' }).click();
  const field = page.getByRole('textbox', { name: 'Application (YAML)' });
  const text = await field.inputValue();
  await field.fill(text.replace('replicas: 2', 'replicas: 3'));
  await page.getByRole('button', { name: 'Preview plan' }).click();
  await expect(page.getByRole('region', { name: 'Plan' })).toBeVisible();
  await page.getByRole('button', { name: 'Apply', exact: true }).click();

  const conflict = page.getByRole('region', { name: 'Conflict' });
  await expect(conflict).toContainText('set by kubectl');
  await expect(conflict).toContainText('components[name="api"].replicas');
  await expect(conflict.getByRole('region', { name: 'Plan' })).toBeVisible();
  const pictures = process.env.UNDERSTAGE_E2E_PICTURES;
  if (pictures) await page.screenshot({ path: `${pictures}/conflict.png` });
  const replicas = () =>
    world.kubectl([
      'get',
      'application',
      'contested',
      '-n',
      'shop',
      '-o',
      'jsonpath={.spec.components[0].replicas}',
    ]);
  expect(await replicas()).toBe('2');

  await conflict.getByRole('button', { name: 'Take over and apply' }).click();
  await expect(page.getByText(/^Applied:/)).toBeVisible();
  expect(await replicas()).toBe('3');
});
