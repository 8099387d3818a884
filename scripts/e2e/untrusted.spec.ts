import { ConsoleMessage, Page } from '@playwright/test';
import { expect, test } from './world';

const markup = '<img src=x onerror="window.hit=1">';
const arabic = 'مرحبا بالعالم';
const override = '\u202Egnp.exe';
const long = 'word'.repeat(20);

const spec = {
  owner: 'group:default/team-shop',
  description: `${markup} ${arabic} ${override} ${long.repeat(6)}`,
  links: [
    {
      title: '<b>runbook</b>',
      url: 'https://runbooks.example.com/?q=<script>window.hit=2</script>',
    },
    { title: `${arabic} ${long}`, url: 'https://long.example.com/' },
  ],
  components: [
    {
      name: 'web',
      type: 'Deployment',
      image: 'registry.example.com/x:1',
      env: [{ name: 'A', value: `<svg onload=window.hit=3> ${override}` }],
      files: [{ path: '/etc/x', content: `</textarea>${markup}` }],
    },
  ],
};

/** Everything that should not happen to a page that shows text. */
function troublesOf(page: Page): string[] {
  const troubles: string[] = [];
  page.on('pageerror', error => troubles.push(`error: ${error}`));
  page.on('console', (message: ConsoleMessage) => {
    if (message.type() === 'error') troubles.push(message.text());
  });
  page.on('dialog', async dialog => {
    troubles.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  return troubles;
}

const hit = (page: Page) => page.evaluate(() => Reflect.get(window, 'hit'));
const sideways = (page: Page) =>
  page.evaluate(
    () =>
      document.documentElement.scrollWidth -
      document.documentElement.clientWidth,
  );

test.describe('what strangers write', () => {
  test('S24: is shown as text on every tab of the page, and moves nothing out of place', async ({
    page,
    make,
  }) => {
    await make({ name: 'stranger', spec });
    const troubles = troublesOf(page);
    const path = '/paas/playground/shop/stranger';
    await page.goto(path);
    await expect(
      page.getByRole('link', { name: '<b>runbook</b>' }),
    ).toHaveAttribute('href', /^https:/);
    await expect(page.getByRole('link', { name: long })).toBeVisible();
    expect(await sideways(page)).toBe(0);
    for (const tab of ['objects', 'releases', 'events', 'yaml']) {
      await page.goto(`${path}/${tab}`);
      await expect(
        page.getByRole('heading', { name: 'stranger' }),
      ).toBeVisible();
    }
    const yaml = page.getByRole('region', {
      name: 'YAML of application stranger',
    });
    await expect(yaml).toContainText(markup.slice(0, 14));
    await page.getByRole('button', { name: 'Edit' }).click();
    await expect(
      page.getByRole('textbox', { name: 'Application (YAML)' }),
    ).toHaveValue(/<\/textarea><img/);
    expect(await sideways(page)).toBe(0);
    await expect(
      page.locator('img[src="x"], a[href^="javascript:"]'),
    ).toHaveCount(0);
    expect(await hit(page)).toBeUndefined();
    expect(troubles).toEqual([]);
  });

  test('in the address of the list is text to search for', async ({ page }) => {
    const troubles = troublesOf(page);
    await page.goto(
      `/paas?text=${encodeURIComponent(markup)}&tenant=${encodeURIComponent(
        markup,
      )}`,
    );
    await expect(
      page.getByRole('searchbox', { name: /^Search name/ }),
    ).toHaveValue(markup);
    await expect(page.getByText('0 applications')).toBeVisible();
    await expect(page.getByRole('button', { name: /Tenant/ })).toContainText(
      '<img src=x',
    );
    expect(await hit(page)).toBeUndefined();
    expect(troubles).toEqual([]);
  });

  test('S24: as a link with javascript: is refused before it is written', async ({
    page,
    make,
  }) => {
    await expect(
      make({
        name: 'stranger',
        spec: {
          ...spec,
          links: [{ title: 'click me', url: 'javascript:window.hit=4' }],
        },
      }),
    ).rejects.toThrow(/links/);
    await page.goto('/paas/new');
    await page
      .getByRole('textbox', { name: 'Application (YAML)' })
      .fill(
        [
          'apiVersion: paas/v1',
          'kind: Application',
          'metadata: { name: stranger, namespace: shop }',
          'spec:',
          '  links: [{ title: click me, url: "javascript:window.hit=4" }]',
          '  components: [{ name: web, type: Deployment, image: registry.example.com/x:1 }]',
        ].join('\n'),
      );
    await page.getByRole('button', { name: 'Preview plan' }).click();
    await expect(page.getByRole('region', { name: 'Problems' })).toContainText(
      'spec.links[0].url',
    );
  });
});
