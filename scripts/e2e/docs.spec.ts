import { expect, test } from './world';

test.describe('documentation', () => {
  test('is in the portal, with a section for the word that a service shows', async ({
    page,
  }) => {
    await page.goto(
      '/docs/default/system/understage/guides/why-not-running#crashloop',
    );
    await expect(
      page.getByRole('heading', { name: 'Why is my service not running?' }),
    ).toBeVisible();
    await expect(
      page.getByRole('heading', { name: 'CrashLoop' }),
    ).toBeInViewport();
  });

  test('is found by search', async ({ page }) => {
    // Search collects what is new every two minutes.
    test.setTimeout(180_000);
    await expect(async () => {
      await page.goto('/search?query=CrashLoop&types%5B%5D=techdocs');
      await expect(
        page.getByRole('link', { name: /CrashLoop/ }).first(),
      ).toBeVisible({ timeout: 5_000 });
    }).toPass({ timeout: 150_000 });
    await page
      .getByRole('link', { name: /CrashLoop/ })
      .first()
      .click();
    await expect(page).toHaveURL(/why-not-running/);
  });

  test('S25: of a stranger runs nothing, frames nothing and loads nothing', async ({
    page,
  }) => {
    const asked: string[] = [];
    page.on('request', request => {
      if (request.url().includes('elsewhere.example.com'))
        asked.push(request.url());
    });
    // What a generator without any care would have published.
    const evil = `<!doctype html><html><body><article class="md-content">
      <h1>Harmless</h1>
      <script>window.hit = 1</script>
      <img src="x" onerror="window.hit = 2">
      <svg onload="window.hit = 3"><script>window.hit = 4</script></svg>
      <iframe src="https://elsewhere.example.com/frame"></iframe>
      <a href="javascript:window.hit = 5">click me</a>
      <form action="https://elsewhere.example.com/form"><button>send</button></form>
      <style>@import url(https://elsewhere.example.com/style.css); h1 { background: url(https://elsewhere.example.com/spy) }</style>
      <object data="https://elsewhere.example.com/object"></object>
    </article></body></html>`;
    await page.route('**/api/techdocs/static/docs/**/recipes/**', route =>
      route.fulfill({ contentType: 'text/html', body: evil }),
    );
    await page.goto('/docs/default/system/understage/recipes/add-a-reason');
    await expect(page.getByRole('heading', { name: 'Harmless' })).toBeVisible();
    const link = page.getByText('click me');
    if (await link.count()) await link.click();
    expect(await page.evaluate(() => Reflect.get(window, 'hit'))).toBe(
      undefined,
    );
    await expect(page.locator('iframe')).toHaveCount(0);
    expect(asked).toEqual([]);
  });
});
