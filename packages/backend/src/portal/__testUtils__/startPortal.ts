import { createBackend } from '@backstage/backend-defaults';
import {
  BackendFeature,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import authPlugin from '@backstage/plugin-auth-backend';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import permissionPlugin from '@backstage/plugin-permission-backend';
import authModulePlayground from '@understage/plugin-auth-backend-module-playground';
import {
  ClustersDouble,
  createClustersDouble,
  paasClustersServiceRef,
} from '@understage/plugin-paas-node';
import permissionModulePaas from '@understage/plugin-permission-backend-module-paas';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import request from 'supertest';

const people = path.resolve(__dirname, '../../../../../examples/org.yaml');

/** A token of something outside of the portal, which may see tenants and nothing else. */
export const NARROW_TOKEN = 'narrow-token-of-a-dashboard';
const narrowAccess = {
  type: 'static',
  options: { token: NARROW_TOKEN, subject: 'dashboard' },
  accessRestrictions: [{ plugin: 'paas', permission: 'paas.tenant.read' }],
};

export interface PortalOptions {
  /** Plugins to test: they ask the real permission backend, which asks the policy. */
  readonly features: readonly BackendFeature[];
  readonly clusters?: ClustersDouble;
  /** Files with entities, beside the people of the playground. */
  readonly files?: readonly string[];
  readonly config?: object;
}

type Method = 'get' | 'post' | 'delete';
type Headers = Record<string, string | string[]>;

/** A portal as it runs, over clusters that the test fills: real tokens, real permission service, the default policy. */
export async function startPortal(options: PortalOptions) {
  const { clusters = createClustersDouble() } = options;
  const { NODE_ENV } = process.env;
  Object.assign(process.env, { NODE_ENV: 'development' });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const backend = createBackend();
  const features: BackendFeature[] = [
    authPlugin,
    authModulePlayground,
    catalogPlugin,
    permissionPlugin,
    permissionModulePaas,
    mockServices.rootLogger.factory(),
    mockServices.rootConfig.factory({ data: configOf(options, url, port) }),
    createServiceFactory({
      service: paasClustersServiceRef,
      deps: {},
      factory: () => clusters,
    }),
    ...options.features,
  ];
  features.forEach(feature => backend.add(feature));
  await backend.start();
  const tokens = new Map<string, string>();
  const signIn = async (name: string): Promise<string> => {
    const known = tokens.get(name);
    if (known !== undefined) return known;
    const { body } = await request(url)
      .get('/api/auth/playground/refresh')
      .set('x-understage-person', `user:default/${name}`);
    const { token } = body.backstageIdentity ?? {};
    if (typeof token !== 'string') {
      throw new Error(`${name} can not sign in: ${JSON.stringify(body)}`);
    }
    tokens.set(name, token);
    return token;
  };
  await until('people', async () => {
    const { body } = await request(url).get('/api/auth/playground/people');
    return body.items?.some(({ groups }: { groups: [] }) => groups.length > 0);
  });
  return {
    url,
    clusters,
    signIn,
    /** A request as a person, by name; without one it has no credentials. */
    async send(
      method: Method,
      address: string,
      as?: string,
      more: { readonly body?: object; readonly headers?: Headers } = {},
    ) {
      const { body, headers = {} } = more;
      const call = request(url)[method](address).set(headers);
      if (as !== undefined) {
        call.set('authorization', `Bearer ${await signIn(as)}`);
      }
      return call.send(body);
    },
    async stop() {
      await backend.stop();
      Object.assign(process.env, { NODE_ENV });
    },
  };
}

/** Waits for a condition, half a minute at most. */
export async function until(
  what: string,
  check: () => Promise<boolean | undefined>,
): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

function configOf(
  { files = [], config }: PortalOptions,
  url: string,
  port: number,
) {
  const locations = [people, ...files].map(target => ({
    type: 'file',
    target,
    rules: [{ allow: ['User', 'Group', 'Component', 'Template'] }],
  }));
  return {
    app: { baseUrl: url },
    auth: { providers: { playground: {} } },
    backend: {
      actions: { pluginSources: ['paas'] },
      auth: { externalAccess: [narrowAccess] },
      baseUrl: url,
      listen: { host: '127.0.0.1', port },
      database: { client: 'better-sqlite3', connection: ':memory:' },
    },
    catalog: {
      locations,
      processingInterval: { seconds: 1 },
      stitchingStrategy: { mode: 'immediate' },
    },
    paas: { platformAdmins: ['group:default/platform-engineers'] },
    permission: { enabled: true },
    ...config,
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
}
