import { Page, Request } from '@playwright/test';
import { expect, test } from './world';

const path = '/paas/playground/shop/e2e-live';
const application = {
  name: 'e2e-live',
  spec: {
    components: [
      {
        name: 'web',
        type: 'Deployment',
        image: 'registry.example.com/e2e:1',
        replicas: 2,
      },
    ],
  },
};
const isStream = (request: Request) =>
  new URL(request.url()).pathname === '/api/paas/stream';

/** Requests that the page makes from now on, as text. */
function requestsFromNow(page: Page): readonly string[] {
  const seen: string[] = [];
  page.on('request', request =>
    seen.push(`${request.method()} ${request.url()}`),
  );
  return seen;
}

test.describe('without being asked, over one stream', () => {
  test('the page of an application follows pods, replicas and pause', async ({
    page,
    world,
    make,
  }) => {
    await make(application);
    const streams: Request[] = [];
    page.on('request', request => {
      if (isStream(request)) streams.push(request);
    });
    await page.goto(`${path}/objects`);
    const pods = page.getByRole('treeitem', { name: /^Pod .* Ready/ });
    await expect(pods).toHaveCount(2);
    await expect(page.getByText('Live', { exact: true })).toBeVisible();
    expect(streams).toHaveLength(1);
    const requests = requestsFromNow(page);

    await test.step('pods that are deleted are replaced', async () => {
      const podsOf = [
        '-n',
        'shop',
        '-l',
        'understage.dev/application=e2e-live',
      ];
      const names = await world.kubectl([
        'get',
        'pods',
        ...podsOf,
        '-o',
        'name',
      ]);
      await world.kubectl(['delete', 'pods', ...podsOf, '--wait=false']);
      for (const name of names.trim().split('\n')) {
        await expect(
          page.getByRole('treeitem', { name: name.replace('pod/', '') }),
        ).toHaveCount(0);
      }
      await expect(pods).toHaveCount(2);
    });

    await test.step('more replicas', async () => {
      await world.kubectl([
        'patch',
        'application',
        'e2e-live',
        '-n',
        'shop',
        '--type=json',
        '-p',
        '[{"op":"replace","path":"/spec/components/0/replicas","value":4}]',
      ]);
      await expect(pods).toHaveCount(4);
    });

    await test.step('a pause', async () => {
      await world.kubectl([
        'patch',
        'application',
        'e2e-live',
        '-n',
        'shop',
        '--type=merge',
        '-p',
        '{"spec":{"paused":true}}',
      ]);
      await expect(page.getByRole('region', { name: 'Health' })).toContainText(
        'Paused',
      );
      await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();
    });

    await test.step('a deletion, which leaves the last state to read', async () => {
      await world.kubectl(['delete', 'application', 'e2e-live', '-n', 'shop']);
      await expect(
        page.getByText(/This application was deleted/),
      ).toBeVisible();
      await expect(
        page.getByRole('heading', { name: 'e2e-live' }),
      ).toBeVisible();
    });

    expect(requests).toEqual([]);
    expect(streams).toHaveLength(1);
  });

  test('the list shows a new application, its way to Ready, and that it is gone', async ({
    page,
    world,
    make,
  }) => {
    await page.goto('/paas');
    await expect(page.getByText('12 applications')).toBeVisible();
    await expect(page.getByText('Live', { exact: true })).toBeVisible();
    const requests = requestsFromNow(page);
    await make(application);
    await expect(page.getByText('13 applications')).toBeVisible();
    const row = page.getByRole('row').filter({
      has: page.getByRole('link', { name: 'e2e-live', exact: true }),
    });
    await expect(row).toContainText('Ready');
    await expect(row).toContainText('2/2');
    await world.kubectl(['delete', 'application', 'e2e-live', '-n', 'shop']);
    await expect(page.getByText('12 applications')).toBeVisible();
    await expect(row).toHaveCount(0);
    expect(requests).toEqual([]);
  });
});
