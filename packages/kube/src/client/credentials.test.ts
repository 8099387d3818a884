import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json, startHttpWorld, status } from '../testing/httpWorld';
import { configMap, configMaps } from '../testing/objects';
import { connectCluster } from './connectCluster';
import { loadCredentials } from './credentials';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'understage-credentials-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

function kubeconfig(
  user: Readonly<Record<string, unknown>>,
  cluster: Readonly<Record<string, unknown>> = {},
): string {
  const path = join(directory, 'kubeconfig');
  writeFileSync(
    path,
    JSON.stringify({
      clusters: [
        {
          name: 'c',
          cluster: { server: 'https://one.example:6443/', ...cluster },
        },
      ],
      users: [{ name: 'u', user }],
      contexts: [
        { name: 'main', context: { cluster: 'c', user: 'u' } },
        {
          name: 'shop',
          context: { cluster: 'c', user: 'u', namespace: 'shop' },
        },
      ],
      'current-context': 'main',
    }),
  );
  return path;
}

describe('loadCredentials', () => {
  it('finds server, context and namespace', async () => {
    const path = kubeconfig({ token: 't' });
    expect(await loadCredentials({ kubeconfig: path })).toMatchObject({
      server: 'https://one.example:6443',
      context: 'main',
      namespace: 'default',
      tls: { rejectUnauthorized: true },
    });
    expect(
      await loadCredentials({ kubeconfig: path, context: 'shop' }),
    ).toMatchObject({ context: 'shop', namespace: 'shop' });
  });

  it.each([
    ['a token', { token: 't' }, 'Bearer t'],
    [
      'a name and a password',
      { username: 'ada', password: 'p' },
      `Basic ${Buffer.from('ada:p').toString('base64')}`,
    ],
  ])('proves who we are by %s', async (_how, user, expected) => {
    const credentials = await loadCredentials({ kubeconfig: kubeconfig(user) });
    expect(await credentials.headers()).toMatchObject({
      Authorization: expected,
    });
  });

  it('acts as whom the kubeconfig says, with groups, uid and attributes', async () => {
    const path = kubeconfig({
      token: 't',
      as: 'ada',
      'as-uid': '1234',
      'as-groups': ['platform', 'team shop'],
      'as-user-extra': { 'acme.com/Project': ['a', 'b'], "it's": ['c'] },
    });
    const credentials = await loadCredentials({ kubeconfig: path });
    expect(await credentials.headers()).toEqual({
      Authorization: 'Bearer t',
      'impersonate-user': 'ada',
      'impersonate-uid': '1234',
      'impersonate-group': ['platform', 'team shop'],
      'impersonate-extra-acme.com%2Fproject': ['a', 'b'],
      'impersonate-extra-it%27s': ['c'],
    });
  });

  it('acts as whom the first of several files says', async () => {
    const path = kubeconfig({ token: 't', as: 'ada', 'as-groups': ['x'] });
    const other = join(directory, 'other');
    writeFileSync(
      other,
      JSON.stringify({ clusters: [], contexts: [], users: [] }),
    );
    const before = process.env.KUBECONFIG;
    process.env.KUBECONFIG = `${path}:${other}`;
    try {
      const credentials = await loadCredentials({});
      expect(await credentials.headers()).toMatchObject({
        'impersonate-user': 'ada',
        'impersonate-group': ['x'],
      });
    } finally {
      if (before === undefined) delete process.env.KUBECONFIG;
      else process.env.KUBECONFIG = before;
    }
  });

  it.each([
    ['groups without a name', { 'as-groups': ['x'] }, 'say whom to act as'],
    ['a uid without a name', { 'as-uid': '1' }, 'say whom to act as'],
    ['groups that are text', { as: 'a', 'as-groups': 'x' }, 'as-groups'],
    ['a line break', { as: 'a\nb' }, 'can not act as "a\\nb" (as)'],
    ['an empty group', { as: 'a', 'as-groups': [''] }, '(as-groups)'],
  ])('refuses to act as half of somebody: %s', async (_, user, sentence) => {
    const loading = loadCredentials({ kubeconfig: kubeconfig(user) });
    await expect(loading).rejects.toMatchObject({
      name: 'KubeError',
      message: expect.stringContaining(sentence),
    });
  });

  it('mixes nothing of whom the kubeconfig acts as into another identity', async () => {
    const seen: (string | undefined)[] = [];
    const world = await startHttpWorld(({ headers }, response) => {
      seen.push(
        Object.entries(headers)
          .filter(([name]) => name.startsWith('impersonate-'))
          .map(([name, value]) => `${name}: ${value}`)
          .join('; '),
      );
      json(response, 404, status(404, 'NotFound'));
    });
    try {
      const path = kubeconfig(
        { as: 'ada', 'as-uid': '1', 'as-groups': ['masters', 'team'] },
        { server: world.cluster.server, 'insecure-skip-tls-verify': true },
      );
      const cluster = await connectCluster({ name: 'x', kubeconfig: path });
      const key = { namespace: 'a', name: 'b' };
      await cluster.get(configMaps, key);
      await cluster.as({ user: 'sam' }).get(configMaps, key);
      await cluster.as({ user: 'sam', groups: ['x'] }).get(configMaps, key);
      await cluster.close();
      expect(seen).toEqual([
        'impersonate-user: ada; impersonate-uid: 1; impersonate-group: masters, team',
        'impersonate-user: sam',
        'impersonate-user: sam; impersonate-group: x',
      ]);
    } finally {
      await world.close();
    }
  });

  it('asks a program when the kubeconfig names one', async () => {
    const program = join(directory, 'login');
    const answer = {
      apiVersion: 'client.authentication.k8s.io/v1',
      kind: 'ExecCredential',
      status: { token: 'from-a-program' },
    };
    writeFileSync(program, `#!/bin/sh\necho '${JSON.stringify(answer)}'\n`);
    chmodSync(program, 0o755);
    const path = kubeconfig({
      exec: {
        apiVersion: 'client.authentication.k8s.io/v1',
        command: program,
        interactiveMode: 'Never',
      },
    });
    const credentials = await loadCredentials({ kubeconfig: path });
    expect(await credentials.headers()).toMatchObject({
      Authorization: 'Bearer from-a-program',
    });
  });

  it('says when the program fails', async () => {
    const path = kubeconfig({
      exec: {
        apiVersion: 'client.authentication.k8s.io/v1',
        command: join(directory, 'missing'),
      },
    });
    await expect(loadCredentials({ kubeconfig: path })).rejects.toThrow(
      'the credentials of the kubeconfig could not be obtained',
    );
  });

  it('says which file can not be read', async () => {
    const path = join(directory, 'nowhere');
    await expect(loadCredentials({ kubeconfig: path })).rejects.toMatchObject({
      name: 'KubeError',
      message: expect.stringContaining(
        `the kubeconfig ${path} can not be read`,
      ),
    });
  });

  it('says which contexts there are when there is none of that name', async () => {
    await expect(
      loadCredentials({ kubeconfig: kubeconfig({}), context: 'other' }),
    ).rejects.toThrow(
      'the kubeconfig has no context "other"; it has: main, shop',
    );
  });

  it('refuses to pass a proxy by that the kubeconfig asks for', async () => {
    const path = kubeconfig({}, { 'proxy-url': 'http://proxy.example:3128' });
    await expect(
      connectCluster({ name: 'x', kubeconfig: path }),
    ).rejects.toThrow(
      'through the proxy http://proxy.example:3128, which is not supported',
    );
  });
});

describe('an expired login', () => {
  it('is renewed for the next request', async () => {
    const tokens: (string | undefined)[] = [];
    const world = await startHttpWorld((request, response) => {
      tokens.push(request.headers.authorization);
      if (tokens.length === 1) json(response, 401, status(401, 'Unauthorized'));
      else json(response, 200, configMap({ name: 'a' }));
    });
    const key = { namespace: 'shop', name: 'a' };
    await expect(world.cluster.get(configMaps, key)).rejects.toMatchObject({
      status: 401,
    });
    expect(await world.cluster.get(configMaps, key)).toBeDefined();
    expect(tokens).toEqual(['Bearer secret', 'Bearer secret']);
    await world.close();
  });
});
