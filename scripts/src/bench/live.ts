import { connectCluster } from '@understage/kube';
import { applicationType } from '@understage/plugin-paas-node';
import { chromium, Page } from 'playwright-core';
import { browserArguments, findBrowser } from '../stack/browser';
import { ensureFrontendBundle } from '../stack/frontendBundle';
import { startPortalProcess } from '../stack/portalProcess';
import { catalogTaken } from './catalogTaken';
import { Benchmark, BenchContext, Measurement, percentile } from './Benchmark';

const CHANGES = 200;
const PROBE = { namespace: 'crowd-0', name: 'probe' };

/** Milliseconds since 1970 at which the text stood in the page, by the browser's clock: the same machine's. */
function appearance(page: Page, text: string): Promise<number> {
  return page.evaluate(
    wanted =>
      new Promise<number>(resolve => {
        const look = () => {
          if (!document.body.textContent?.includes(wanted)) return false;
          resolve(performance.timeOrigin + performance.now());
          return true;
        };
        if (look()) return;
        const observer = new MutationObserver(() => {
          if (look()) observer.disconnect();
        });
        observer.observe(document.body, {
          subtree: true,
          childList: true,
          characterData: true,
        });
      }),
    text,
  );
}

async function run({
  progress,
  crowd,
  scale,
}: BenchContext): Promise<readonly Measurement[]> {
  const { plane, applications, pods } = await crowd();
  await progress.step('portal frontend', () =>
    ensureFrontendBundle(plane.directory),
  );
  const portal = await progress.step('portal', () =>
    startPortalProcess(plane, {
      port: 0,
      onUnexpectedExit: sentence => process.stderr.write(`${sentence}\n`),
    }),
  );
  await progress.step('catalog entities', () =>
    catalogTaken(portal.url, applications),
  );
  const cluster = await connectCluster({
    name: 'bench',
    kubeconfig: plane.kubeconfig,
  });
  const browser = await chromium.launch({
    executablePath: findBrowser(),
    args: [...browserArguments],
  });
  try {
    const writer = cluster.writer({ fieldManager: 'bench' });
    const write = async (owner: string) => {
      const outcome = await writer.apply(
        {
          apiVersion: 'paas.understage.dev/v1',
          kind: 'Application',
          metadata: PROBE,
          // Paused: what is measured is the way to the screen, not the operator.
          spec: {
            paused: true,
            owner,
            components: [
              {
                name: 'web',
                type: 'Deployment',
                image: 'registry.example.com/bench/web:1',
              },
            ],
          },
        },
        { type: applicationType, force: true },
      );
      if (outcome.kind !== 'written')
        throw new Error(`writing the probe: ${outcome.message}`);
      return performance.timeOrigin + performance.now();
    };
    await write('group:default/start');
    const page = await browser.newPage({
      viewport: { width: 1440, height: 900 },
    });
    // Who to be on the playground: somebody who sees everything.
    await page.addInitScript(() =>
      sessionStorage.setItem('understage.person', 'user:default/ada'),
    );
    await page.goto(`${portal.url}/paas`);
    await page
      .getByText(`${(applications + 1).toLocaleString('en')} applications`)
      .waitFor({ timeout: 60_000 });
    await page.goto(`${portal.url}/paas?text=${PROBE.name}`);
    await page
      .getByText('start', { exact: true })
      .first()
      .waitFor({ timeout: 60_000 });
    const changes = Math.max(20, Math.round(CHANGES * Math.min(1, scale)));
    const times = await progress.step(
      `${changes} changes, from the API server's answer to the DOM`,
      async () => {
        const measured: number[] = [];
        for (let change = 0; change < changes; change += 1) {
          const owner = `owner-${change}-end`;
          const seen = appearance(page, owner);
          const accepted = await write(`group:default/${owner}`);
          measured.push(Math.max(0, (await seen) - accepted));
        }
        return measured;
      },
    );
    return [
      {
        bench: 'live',
        value: percentile(times, 95),
        unit: 'ms p95',
        goal: { atMost: 100 },
        details: {
          p50: percentile(times, 50),
          p99: percentile(times, 99),
          max: Math.max(...times),
          applications,
          pods,
        },
      },
    ];
  } finally {
    await browser.close();
    await cluster.close();
    await portal.process.stop();
  }
}

export const liveBenchmark: Benchmark = {
  name: 'live',
  about: 'A change in the cluster until it stands in the DOM of a real browser',
  run,
};
