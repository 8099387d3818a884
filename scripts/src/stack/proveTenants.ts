import { z } from 'zod';
import { gitHost } from './gitServer';
import { PortalApi, signIn } from './portalApi';
import { clusterName } from './portalProcess';
import { Progress } from './progress';
import { runTemplate } from './runTemplate';
import { waitFor } from './waitFor';

const name = 'smoke';
const path = `/api/paas/tenants/${clusterName}/${name}`;

const tenantForm = {
  cluster: clusterName,
  name,
  owner: 'group:default/team-shop',
  description: 'What the smoke test needs',
  members: [{ group: 'group:default/team-shop-developers', role: 'developer' }],
  environments: [{ name: 'main' }],
  cpu: '8',
  memory: '16Gi',
  pods: 20,
};

const serviceForm = {
  cluster: clusterName,
  name: 'hello',
  owner: 'group:default/team-shop',
  description: 'Says hello',
  namespace: name,
  // As Backstage's publish actions name a repository: of the Git server beside the stack.
  repoUrl: `${gitHost}?owner=shop&repo=hello`,
};

const summarySchema = z.object({
  summary: z.object({ state: z.string(), message: z.string() }),
});

function readyAt(api: PortalApi, address: string, what: string) {
  return waitFor(
    async () => {
      const { summary } = summarySchema.parse(await api.get(address));
      if (summary.state === 'Ready') return true;
      throw new Error(`the API says ${summary.state}: ${summary.message}`);
    },
    { what, timeoutMs: 60_000 },
  );
}

/** True when the API answers as if there were nothing. */
async function isMissing(api: PortalApi, address: string): Promise<boolean> {
  try {
    await api.get(address);
    return false;
  } catch (error) {
    if (String(error).includes('HTTP 404')) return true;
    throw error;
  }
}

/**
 * The proof for tenants: a platform engineer gives one out, a developer makes a service from its template, and it runs, an outsider sees nothing
 * of either, and it is taken back.
 */
export async function proveTenants(
  portal: string,
  progress: Progress,
): Promise<void> {
  const [engineer, developer, outsider] = await Promise.all(
    ['ada', 'sam', 'otto'].map(who => signIn(portal, `user:default/${who}`)),
  );
  await progress.step(
    'a tenant from its template, isolation verified',
    async () => {
      await runTemplate(engineer, {
        template: 'new-tenant',
        values: tenantForm,
      });
      await readyAt(engineer, path, 'the tenant to be Ready');
    },
  );
  const page = `/api/paas/applications/${clusterName}/${name}/hello`;
  await progress.step(
    'a developer makes a service from its template, and it runs',
    async () => {
      await runTemplate(developer, {
        template: 'new-nodejs-service',
        values: serviceForm,
      });
      await readyAt(developer, page, 'the service to be Ready');
    },
  );
  await progress.step('an outsider sees nothing of it', async () => {
    for (const address of [path, page]) {
      if (!(await isMissing(outsider, address))) {
        throw new Error(`an outsider was answered ${address}`);
      }
    }
  });
  await progress.step('the tenant is offboarded', async () => {
    await engineer.send('DELETE', `${path}?confirm=${name}`);
    await waitFor(
      async () => ((await isMissing(engineer, path)) ? true : undefined),
      { what: 'the tenant to be gone', timeoutMs: 60_000 },
    );
  });
}
