import { type } from './templateForms';
import { expect, test } from './world';

test.use({ person: 'user:default/sam' });

test('a developer is offered what there is: their namespaces, its applications, charts and the form of their values', async ({
  page,
}) => {
  await page.goto('/create/templates/default/add-middleware');
  const field = (name: string) => page.getByRole('textbox', { name });

  await field('Namespace').click();
  await expect(page.getByRole('option')).toHaveText([
    /^shopTenant shop, you are developer$/,
  ]);
  await page.getByRole('option', { name: /^shop/ }).click();
  await expect(page.getByText(/Used there: .*pods \d+ of \d+/)).toBeVisible();
  await field('Application').click();
  await expect(
    page.getByRole('option', { name: /^user-service/ }),
  ).toBeVisible();
  await page.getByRole('option', { name: /^user-service/ }).click();
  await page.getByRole('button', { name: 'Next' }).click();

  await field('Chart').click();
  await page.getByRole('option', { name: /bitnami\/redis/ }).click();
  await field('Version').click();
  await expect(page.getByRole('option', { name: '1.0.0' })).toBeVisible();
  await page.keyboard.press('Escape');
  await type(page, 'Name of the new component', 'cache');
  await type(page, 'Size', '2Gi');
  await page.getByText('What the chart has by itself').click();
  await expect(page.getByText('How many read replicas')).toBeVisible();
  await page.getByRole('button', { name: 'Review' }).click();
  await expect(page.getByText('2Gi')).toBeVisible();
});
