import fs from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { Page } from '@playwright/test';
import { expect, test } from './world';

const userService = '/paas/playground/shop/user-service';
const pictures = process.env.UNDERSTAGE_E2E_PICTURES;

const lines = (page: Page) => page.getByRole('region', { name: 'Log lines' });

async function lookAt(page: Page, name: string): Promise<void> {
  if (!pictures) return;
  fs.mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: `${pictures}/${name}.png` });
}

test.describe('logs', () => {
  test('of the pod that matters are there, and go on by themselves', async ({
    page,
  }) => {
    await page.goto(`${userService}/logs`);
    await expect(page).toHaveURL(/logs\?pod=user-service-/);
    const count = page.getByText(/^5\d\d lines\. Live\./);
    await expect(count).toBeVisible();
    await expect(
      lines(page)
        .getByText(/^SIMULATED/)
        .first(),
    ).toBeVisible();
    // A simulated container says something every two seconds, also while the page was on its way.
    const shown = async () => parseInt(await count.innerText(), 10);
    const first = await shown();
    expect(first).toBeGreaterThanOrEqual(500);
    await expect.poll(shown).toBeGreaterThan(first);
  });

  test('are in thousands, searched, and stay where the reader is', async ({
    page,
  }) => {
    await page.goto(
      `${userService}/logs?pod=all&component=frontend&range=2000`,
    );
    await expect(page.getByText(/6,0\d\d lines\. Live\./)).toBeVisible();
    expect(await lines(page).locator('[data-index]').count()).toBeLessThan(150);

    await lines(page).evaluate(element => {
      element.scrollTop = 2_000;
    });
    const newer = page.getByRole('button', { name: /to the end/i });
    await expect(newer).toHaveText(/\d+ newer, to the end/);
    expect(await lines(page).evaluate(({ scrollTop }) => scrollTop)).toBe(
      2_000,
    );
    await newer.click();
    await expect(newer).toHaveCount(0);

    const search = page.getByRole('searchbox', { name: 'Search in the lines' });
    await search.fill('slow answer');
    await expect(page.getByText(/\d+ hits/)).toBeVisible();
    await search.press('Enter');
    await expect(page.getByText(/^1 of \d+/)).toBeVisible();
    await expect(lines(page).locator('mark').first()).toBeVisible();
  });

  test('of the run before the restart lead from the cause of trouble', async ({
    page,
    make,
  }) => {
    await make({
      name: 'crashes',
      spec: {
        components: [
          {
            name: 'api',
            type: 'Deployment',
            image: 'registry.example.com/simulate/crashloop:1',
          },
        ],
      },
    });
    await page.goto('/paas/playground/shop/crashes');
    await page.getByRole('link', { name: 'Show logs of api' }).click();
    await expect(page).toHaveURL(/logs\?pod=crashes-api-.*container=api/);
    await page.getByText('Before the restart').click();
    await expect(lines(page).getByText(/SIMULATED FATAL/)).toBeVisible();
    await expect(page.getByText(/Read to the end/)).toBeVisible();
    await lookAt(page, 'previous');
  });

  test('are reached from a pod in the tree of objects', async ({ page }) => {
    await page.goto(`${userService}/objects?component=frontend`);
    await page.getByRole('button', { name: 'Unfold all' }).click();
    await page.getByRole('treeitem', { name: /^Pod/ }).first().click();
    await page
      .getByRole('dialog')
      .getByRole('link', { name: 'frontend', exact: true })
      .click();
    await expect(page).toHaveURL(/logs\?pod=user-service-frontend-/);
    await expect(lines(page)).toBeVisible();
  });

  test('are refused with a sentence to whom the cluster refuses them', async ({
    page,
    world,
  }) => {
    const binding = ['clusterrolebinding', 'understage-platform-engineers'];
    const kept = await world.kubectl([
      'get',
      ...binding,
      '-o',
      'jsonpath={.subjects}',
    ]);
    const bind = (subjects: string) =>
      world.kubectl([
        'patch',
        ...binding,
        '--type=merge',
        '-p',
        `{"subjects":${subjects}}`,
      ]);
    await bind('[]');
    try {
      await page.goto('/paas/playground/data-prod/sessions/logs');
      await expect(
        page.getByRole('heading', { name: 'You may not see these logs' }),
      ).toBeVisible();
      await expect(
        page.getByText(/may not read logs in namespace data-prod .*pods\/log/),
      ).toBeVisible();
    } finally {
      await bind(kept);
    }
  });

  test('are saved as a file', async ({ page }) => {
    await page.goto(`${userService}/logs`);
    await expect(lines(page)).toBeVisible();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^user-service-.*\.log$/);
  });

  for (const theme of ['light', 'dark'] as const) {
    test.describe(`in the ${theme} theme`, () => {
      test.use({ colorScheme: theme });
      test('can be read by everybody', async ({ page }) => {
        await page.goto(`${userService}/logs`);
        await expect(lines(page)).toBeVisible();
        await page
          .getByRole('searchbox', { name: 'Search in the lines' })
          .fill('items');
        await expect(lines(page).locator('mark').first()).toBeVisible();
        await lookAt(page, `logs-${theme}`);
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
          .analyze();
        expect(
          violations.flatMap(({ id, nodes }) =>
            nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`),
          ),
        ).toEqual([]);
        await page.setViewportSize({ width: 390, height: 800 });
        await lookAt(page, `logs-${theme}-small`);
      });
    });
  }
});

test.describe("Backstage's own Kubernetes tab", () => {
  test('shows the workloads of a component', async ({ page }) => {
    await page.goto('/catalog/shop/component/user-service.frontend/kubernetes');
    await expect(page.getByText('playground').first()).toBeVisible();
    await expect(page.getByText(/3 pods/).first()).toBeVisible();
    await expect(page.getByText('No pods with errors').first()).toBeVisible();
    await page.getByRole('button', { name: /playground/ }).click();
    await expect(page.getByText('user-service-frontend').first()).toBeVisible();
    await expect(page.getByText(/problem/i)).toHaveCount(0);
    await lookAt(page, 'kubernetes');
  });
});
