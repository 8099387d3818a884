import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './world';

const pages = [
  { name: 'applications', address: '/paas', ready: '12 applications' },
  {
    name: 'application',
    address: '/paas/playground/shop/user-service',
    ready: /components are ready/,
  },
  { name: 'create', address: '/paas/new', ready: /YAML/i },
] as const;
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

for (const theme of ['light', 'dark'] as const) {
  test.describe(`in the ${theme} theme`, () => {
    test.use({ colorScheme: theme });

    for (const { name, address, ready } of pages) {
      test(`the page "${name}" has no accessibility violations`, async ({
        page,
      }) => {
        await page.goto(address);
        await expect(page.getByText(ready).first()).toBeVisible();
        const { violations } = await new AxeBuilder({ page })
          .withTags(tags)
          .analyze();
        expect(
          violations.map(
            ({ id, nodes }) =>
              `${id}: ${nodes
                .map(node => node.html.slice(0, 120))
                .join(' | ')}`,
          ),
        ).toEqual([]);
        if (process.env.UNDERSTAGE_SCREENSHOTS && name !== 'create') {
          await page.screenshot({
            path: path.resolve(
              __dirname,
              `../../docs/images/${name}-${theme}.png`,
            ),
          });
        }
      });
    }
  });
}

test.describe('on a small screen', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  for (const { name, address, ready } of pages) {
    test(`the page "${name}" does not scroll sideways`, async ({ page }) => {
      await page.goto(address);
      await expect(page.getByText(ready).first()).toBeVisible();
      const overflow = await page.evaluate(
        () =>
          document.documentElement.scrollWidth -
          document.documentElement.clientWidth,
      );
      expect(overflow).toBeLessThanOrEqual(0);
    });
  }
});
