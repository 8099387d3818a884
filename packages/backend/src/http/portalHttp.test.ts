import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { portalHttp } from './portalHttp';

const failing = createBackendPlugin({
  pluginId: 'failing',
  register(env) {
    env.registerInit({
      deps: { http: coreServices.httpRouter },
      async init({ http }) {
        http.addAuthPolicy({ path: '/open', allow: 'unauthenticated' });
        http.use((request, response) => {
          if (request.path === '/open/fine') response.json({ stack: 'of hay' });
          else throw new Error('no', { cause: new Error('deeper') });
        });
      },
    });
  },
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
}

describe('the backend, in development', () => {
  const { NODE_ENV } = process.env;
  let url: string;
  const backend = createBackend();
  beforeAll(async () => {
    Object.assign(process.env, { NODE_ENV: 'development' });
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    backend.add(portalHttp);
    backend.add(failing);
    backend.add(mockServices.rootLogger.factory());
    backend.add(
      mockServices.rootConfig.factory({
        data: {
          backend: {
            baseUrl: url,
            listen: { host: '127.0.0.1', port },
            database: { client: 'better-sqlite3', connection: ':memory:' },
          },
        },
      }),
    );
    await backend.start();
  });
  afterAll(async () => {
    Object.assign(process.env, { NODE_ENV });
    await backend.stop();
  });

  it.each([
    ['/api/failing/open/broken', 500],
    ['/api/failing/closed', 401],
  ])('shows no stack at %s', async (path, status) => {
    const answer = await fetch(`${url}${path}`);
    const text = await answer.text();
    expect(answer.status).toBe(status);
    expect(text).not.toMatch(/stack|node_modules|\.ts/);
    expect(JSON.parse(text).error.message).not.toBe('');
  });

  it('leaves answers as they are', async () => {
    const answer = await fetch(`${url}/api/failing/open/fine`);
    expect(await answer.json()).toEqual({ stack: 'of hay' });
  });
});
