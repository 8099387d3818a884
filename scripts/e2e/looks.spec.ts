import fs from 'node:fs';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { Page } from '@playwright/test';
import { accessibilityRules, expect, test } from './world';

const userService = '/paas/playground/shop/user-service';

/** Every view of ours, and what is on it when it is complete. */
const views: readonly {
  readonly name: string;
  readonly address: string;
  readonly ready: (page: Page) => ReturnType<Page['getByText']>;
  /** Brings the view into the shape that is looked at. */
  readonly prepare?: (page: Page) => Promise<void>;
  /** Part of the page that is ours, where the rest is not. */
  readonly ours?: string;
}[] = [
  {
    name: 'applications',
    address: '/paas',
    ready: page => page.getByText('12 applications'),
  },
  {
    name: 'no applications found',
    address: '/paas?text=no-such-thing',
    ready: page => page.getByText('0 applications'),
  },
  {
    name: 'application',
    address: userService,
    ready: page => page.getByText(':6379'),
  },
  {
    name: 'application in trouble',
    address: '/paas/playground/shop/loyalty',
    ready: page => page.getByText(/did you mean/).first(),
  },
  {
    name: 'objects',
    address: `${userService}/objects`,
    ready: page => page.getByRole('tree'),
  },
  {
    name: 'releases',
    address: `${userService}/releases`,
    ready: page => page.getByRole('row', { name: /^#1/ }),
  },
  {
    name: 'events',
    address: '/paas/playground/shop/recommendations/events',
    ready: page => page.getByRole('row').nth(1),
  },
  {
    name: 'yaml',
    address: `${userService}/yaml`,
    ready: page => page.getByText('kind: Application').first(),
  },
  {
    name: 'plan',
    address: '/paas/new',
    ready: page => page.getByRole('region', { name: 'Plan' }),
    prepare: async page => {
      await page.getByLabel('Namespace').fill('data-prod');
      await page.getByRole('button', { name: 'Preview plan' }).click();
    },
  },
  {
    name: 'problems',
    address: '/paas/new',
    ready: page => page.getByRole('region', { name: 'Problems' }),
    prepare: async page => {
      await page
        .getByRole('textbox', { name: 'Application (YAML)' })
        .fill('apiVersion: paas/v1\nkind: Applicatoin\n');
      await page.getByRole('button', { name: 'Preview plan' }).click();
    },
  },
  {
    name: 'delete dialog',
    address: userService,
    ready: page => page.getByRole('dialog'),
    prepare: page =>
      page.getByRole('button', { name: 'Delete', exact: true }).click(),
  },
  {
    name: 'missing application',
    address: '/paas/playground/shop/nothing-here',
    ready: page => page.getByRole('heading', { name: /was not found/ }),
  },
  {
    name: 'entity tab',
    address: '/catalog/shop/component/user-service.frontend/application',
    ready: page => page.getByText(':6379'),
    ours: '[aria-label="Health"], [aria-label="Topology"], [aria-label="Component"]',
  },
];

const pictured = ['applications', 'application'];
const images = path.resolve(__dirname, '../../docs/images');

/** What axe has against the page (or the part that is ours), a line each. */
async function violationsOf(page: Page, ours?: string): Promise<string[]> {
  const all = new AxeBuilder({ page }).withTags([...accessibilityRules]);
  const { violations } = await (ours ? all.include(ours) : all).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`),
  );
}

/** Keeps what the page shows for the docs; as WebP, half the size of PNG, which the browser itself can write. */
async function takePicture(page: Page, file: string): Promise<void> {
  const shot = (await page.screenshot()).toString('base64');
  const canvas = await page.context().newPage();
  const written = await canvas.evaluate(async png => {
    const image = new Image();
    image.src = `data:image/png;base64,${png}`;
    await image.decode();
    const board = document.createElement('canvas');
    board.width = image.width;
    board.height = image.height;
    board.getContext('2d')?.drawImage(image, 0, 0);
    return board.toDataURL('image/webp', 0.92);
  }, shot);
  await canvas.close();
  const [, bytes] = written.split(',');
  fs.mkdirSync(images, { recursive: true });
  fs.writeFileSync(path.join(images, file), Buffer.from(bytes, 'base64'));
}

/** How far the page can be scrolled sideways, in pixels. */
const sideways = (page: Page) =>
  page.evaluate(
    () =>
      document.documentElement.scrollWidth -
      document.documentElement.clientWidth,
  );

for (const { name, address, ready, prepare, ours } of views) {
  for (const theme of ['light', 'dark'] as const) {
    test.describe(`in the ${theme} theme, the view "${name}"`, () => {
      test.use({ colorScheme: theme });

      test('has no accessibility violations, and fits a small screen', async ({
        page,
      }) => {
        await page.goto(address);
        await prepare?.(page);
        await expect(ready(page)).toBeVisible();
        expect(await violationsOf(page, ours)).toEqual([]);
        if (process.env.UNDERSTAGE_SCREENSHOTS && pictured.includes(name)) {
          await takePicture(page, `${name}-${theme}.webp`);
        }
        await page.setViewportSize({ width: 360, height: 740 });
        await expect(ready(page)).toBeVisible();
        await expect.poll(() => sideways(page)).toBe(0);
      });
    });
  }
}

test('every entry of the menu can be read whole', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto('/paas');
  const menu = page.getByTestId('sidebar-root');
  await expect(menu.getByText('Applications')).toBeVisible();
  const cut = await menu.locator('a, button').evaluateAll(entries =>
    entries
      .flatMap(entry => [...entry.querySelectorAll('*')])
      .filter(
        part =>
          part.textContent !== '' && part.scrollWidth > part.clientWidth + 1,
      )
      .map(part => part.textContent),
  );
  expect(cut).toEqual([]);
});

test('tabs of the browser can be told apart', async ({ page }) => {
  await page.goto('/paas');
  await expect(page).toHaveTitle('Applications | Understage');
  await page.goto(`${userService}/releases`);
  await expect(page).toHaveTitle(
    'user-service | Releases | Applications | Understage',
  );
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page).toHaveTitle('Understage');
});

test('an application leads to its owner, its place and its entity, and an event to its object', async ({
  page,
}) => {
  await page.goto('/paas/playground/shop/recommendations');
  const to = (name: string) => page.getByRole('link', { name, exact: true });
  await expect(to('team-shop')).toHaveAttribute(
    'href',
    '/catalog/default/group/team-shop',
  );
  await expect(to('recommendations')).toHaveAttribute(
    'href',
    '/catalog/shop/system/recommendations',
  );
  await page.goto('/paas/playground/shop/recommendations/events');
  await page
    .getByRole('link', { name: /^Pod recommendations-/ })
    .first()
    .click();
  const drawer = page.getByRole('dialog');
  await expect(drawer).toContainText('kind: Pod');
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  await page.goBack();
  await expect(page).toHaveURL(/\/events$/);
});
