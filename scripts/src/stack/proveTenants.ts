import { z } from 'zod';
import { PortalApi, signIn } from './portalApi';
import { clusterName } from './portalProcess';
import { Progress } from './progress';
import { waitFor } from './waitFor';

const name = 'smoke';
const path = `/api/paas/tenants/${clusterName}/${name}`;

const tenant = {
  apiVersion: 'paas/v1',
  kind: 'Tenant',
  metadata: { name },
  spec: {
    owner: 'group:default/team-shop',
    members: [
      { group: 'group:default/team-shop-developers', role: 'developer' },
    ],
    environments: [{ name: 'main' }],
    quota: { pods: 20 },
  },
};

const service = {
  apiVersion: 'paas/v1',
  kind: 'Application',
  metadata: { name: 'hello', namespace: name },
  spec: {
    components: [
      {
        name: 'web',
        type: 'Deployment',
        image: 'registry.example.com/smoke/hello:1',
        ports: [{ port: 8080 }],
      },
    ],
  },
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
 * The proof for tenants: a platform engineer gives one out, a developer of it makes a service run, an outsider sees nothing
 * of either, and it is taken back.
 */
export async function proveTenants(
  portal: string,
  progress: Progress,
): Promise<void> {
  const [engineer, developer, outsider] = await Promise.all(
    ['ada', 'sam', 'otto'].map(who => signIn(portal, `user:default/${who}`)),
  );
  await progress.step('a tenant is given out, isolation verified', async () => {
    await engineer.send('POST', '/api/paas/tenants/apply', {
      cluster: clusterName,
      tenant,
    });
    await readyAt(engineer, path, 'the tenant to be Ready');
  });
  const page = `/api/paas/applications/${clusterName}/${name}/hello`;
  await progress.step('a developer of it makes a service run', async () => {
    await developer.send('POST', '/api/paas/apply', {
      cluster: clusterName,
      application: service,
    });
    await readyAt(developer, page, 'the service to be Ready');
  });
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
