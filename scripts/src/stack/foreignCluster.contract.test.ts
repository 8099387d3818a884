import { ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { connectCluster, HttpCluster } from '@understage/kube';
import { Playground, startPlayground } from '@understage/playground';
import { repositoryRoot } from '../boundaries/workspaces';
import { runCommand } from '../checks/runCommand';
import { lookAtCluster } from './foreignCluster';
import { signIn } from './portalApi';
import { nodeCommand } from './settings';
import { waitFor } from './waitFor';

jest.setTimeout(300_000);

let playground: Playground;
let cluster: HttpCluster;
let folder: string;

// An API server that nobody else works on: whatever changes in it was changed by us.
beforeAll(async () => {
  playground = await startPlayground({
    components: ['etcd', 'kube-apiserver'],
    name: 'Somebody/Cluster',
  });
  cluster = await connectCluster({
    name: 'foreign',
    kubeconfig: playground.kubeconfig,
  });
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'understage-foreign-'));
});
const children: ChildProcess[] = [];
afterAll(async () => {
  children.forEach(child => child.kill('SIGKILL'));
  await cluster?.close();
  await playground?.stop();
  if (folder) fs.rmSync(folder, { recursive: true });
});

/** What the API server itself renews every few seconds: its own identity, and who leads. */
const isHeartbeat = (kind: string) => kind === 'Lease';

/** Every object of the cluster with its version, as text. */
async function everything(): Promise<string[]> {
  const types = await cluster.resourceTypes();
  const lists = await Promise.all(
    types
      .filter(({ kind }) => !isHeartbeat(kind))
      .map(async type => {
        const page = await cluster
          .list(type)
          // What can only be created (reviews, tokens) has nothing to list.
          .catch(() => ({ items: [] }));
        return page.items.map(
          ({ metadata }) =>
            `${type.group}/${type.kind} ${metadata.namespace ?? ''}/${
              metadata.name
            } ${metadata.uid} ${metadata.resourceVersion}`,
        );
      }),
  );
  return [...new Set(lists.flat())].sort();
}

const hashOf = (lines: readonly string[]) =>
  createHash('sha256').update(lines.join('\n')).digest('hex');

/** The state once the API server is done with what it does to itself after its start. */
async function settledState(): Promise<string[]> {
  let before = await everything();
  return waitFor(
    async () => {
      const now = await everything();
      const quiet = hashOf(before) === hashOf(now);
      before = now;
      return quiet ? now : undefined;
    },
    { what: 'the cluster to be quiet', timeoutMs: 60_000, intervalMs: 3_000 },
  );
}

interface Started {
  readonly child: ChildProcess;
  readonly portalUrl: string;
  readonly output: () => string;
  /** Ctrl-C; answers the exit code. */
  stop(): Promise<number | null>;
}

/** `npm start` as it runs behind its door. */
async function npmStart(...args: string[]): Promise<Started> {
  const [program, ...rest] = nodeCommand(
    'scripts/src/commands/start.ts',
    '--kubeconfig',
    playground.kubeconfig,
    '--port',
    '0',
    ...args,
  );
  const child = spawn(program, rest, {
    stdio: ['ignore', 'pipe', 'pipe'],
    // As from a terminal, not as from a test.
    env: { ...process.env, NODE_ENV: undefined, JEST_WORKER_ID: undefined },
  });
  children.push(child);
  let text = '';
  child.stdout.on('data', chunk => {
    text += chunk;
  });
  child.stderr.on('data', chunk => {
    text += chunk;
  });
  const ended = new Promise<number | null>(resolve => {
    child.once('exit', resolve);
  });
  const portalUrl = await waitFor(
    async () => {
      if (child.exitCode !== null) throw new Error(text);
      if (!text.includes('Ctrl-C stops everything')) return undefined;
      return /^Portal +(\S+)$/m.exec(text)?.[1];
    },
    { what: 'npm start to be up', timeoutMs: 200_000 },
  ).catch(error => {
    child.kill('SIGKILL');
    throw new Error(`${error.message}\n${text}`);
  });
  return {
    child,
    portalUrl,
    output: () => text,
    stop() {
      child.kill('SIGINT');
      return ended;
    },
  };
}

/** Our processes that a start left behind: whatever names the folder of its run. */
function processesNaming(text: string): string[] {
  return fs
    .readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(pid => {
      try {
        return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      } catch {
        return '';
      }
    })
    .filter(command => command.includes(text));
}

const runFolderOf = (output: string) =>
  /^Logs +(\S+)$/m.exec(output)?.[1] ?? 'no folder was printed';

const paas = (...args: string[]) =>
  runCommand(
    nodeCommand(
      'packages/cli/src/main.ts',
      ...args,
      '--kubeconfig',
      playground.kubeconfig,
    ),
    { cwd: repositoryRoot, logFile: '/dev/null' },
  );

const seed = path.join(
  repositoryRoot,
  'examples/applications/user-service.yaml',
);

describe('npm start on a cluster that is not ours', () => {
  it('changes nothing there without --install, and says what is missing and what to do', async () => {
    const before = await settledState();
    const started = await npmStart();
    expect(started.output()).toContain('does not know Applications');
    expect(started.output()).toContain('--install');

    const api = await signIn(started.portalUrl);
    expect(await api.get('/api/paas/clusters')).toMatchObject({
      items: [
        {
          name: 'somebody-cluster',
          freshness: {
            kind: 'unavailable',
            why: expect.stringContaining(
              'kubectl apply --server-side -f crds/',
            ),
          },
        },
      ],
    });

    for (const args of [['status'], ['apply', '-f', seed], ['doctor']]) {
      const { code, output } = await paas(...args);
      expect(code).not.toBe(0);
      expect(`${args[0]}: ${output}`).toContain('does not know Applications');
    }

    expect(await started.stop()).toBe(0);
    expect(processesNaming(runFolderOf(started.output()))).toEqual([]);
    expect(fs.existsSync(runFolderOf(started.output()))).toBe(false);
    expect(await everything()).toEqual(before);
  });

  it('installs with --install, runs the operator, and leaves what runs there alone when it ends; again it changes nothing', async () => {
    await playground.kubectl(['create', 'namespace', 'shop']);
    const first = await npmStart('--install');
    await playground.kubectl([
      'create',
      'serviceaccount',
      'understage-deployer',
      '-n',
      'shop',
    ]);
    await playground.kubectl([
      'create',
      'rolebinding',
      'understage-deployer',
      '-n',
      'shop',
      '--clusterrole=understage-deployer',
      '--serviceaccount=shop:understage-deployer',
    ]);
    const file = path.join(folder, 'web.yaml');
    fs.writeFileSync(
      file,
      'apiVersion: paas/v1\nkind: Application\nmetadata: {name: web}\nspec: {components: [{name: web, type: Deployment, image: registry.example.com/web:1}]}\n',
    );
    expect(await paas('apply', '-f', file, '-n', 'shop')).toMatchObject({
      code: 0,
    });
    const deployments = () =>
      playground.kubectl(['get', 'deployments', '-n', 'shop', '-o', 'name']);
    await waitFor(
      async () => ((await deployments()) === '' ? undefined : true),
      {
        what: 'the operator to have made the Deployment',
        timeoutMs: 30_000,
      },
    );
    expect(await first.stop()).toBe(0);
    expect(processesNaming(runFolderOf(first.output()))).toEqual([]);
    const installed = await settledState();
    expect(installed.join('\n')).toMatch(/apps\/Deployment shop\//);

    const second = await npmStart('--install');
    expect(second.output()).toMatch(/shop +web/);
    expect(await second.stop()).toBe(0);
    expect(await everything()).toEqual(installed);
  });
});

describe('a kubeconfig that does not do is refused with one sentence', () => {
  interface Part {
    readonly cluster?: object;
    readonly user?: object;
  }
  let written = 0;

  /** The kubeconfig of a user without rights, with parts of it replaced. */
  async function bent(part: Part): Promise<string> {
    const { kubeconfig } = await playground.addUser({ name: 'nobody' });
    const view = await playground.kubectl([
      'config',
      'view',
      '--kubeconfig',
      kubeconfig,
      '--raw',
      '-o',
      'json',
    ]);
    const config = JSON.parse(view);
    if (part.cluster)
      config.clusters[0].cluster = {
        ...config.clusters[0].cluster,
        ...part.cluster,
      };
    if (part.user) config.users[0].user = part.user;
    written += 1;
    const file = path.join(folder, `kubeconfig-${written}`);
    fs.writeFileSync(file, JSON.stringify(config));
    return file;
  }
  const text = (content: string) => async () => {
    written += 1;
    const file = path.join(folder, `kubeconfig-${written}`);
    fs.writeFileSync(file, content);
    return file;
  };
  const exec = (command: string, ...args: string[]) => ({
    user: {
      exec: {
        apiVersion: 'client.authentication.k8s.io/v1',
        command,
        args,
        interactiveMode: 'Never',
      },
    },
  });
  /** A port on which nothing listens. */
  async function closedPort(): Promise<number> {
    const server = net.createServer();
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as net.AddressInfo;
    await new Promise(resolve => {
      server.close(resolve);
    });
    return port;
  }

  it.each<[string, () => Promise<string>, RegExp]>([
    [
      'a file that is not there',
      async () => path.join(folder, 'nowhere'),
      /nowhere can not be read/,
    ],
    ['a folder', async () => folder, /can not be read/],
    ['an empty file', text(''), /is no kubeconfig/],
    ['a file of something else', text('hello: world\n'), /no cluster/],
    ['a file that is no YAML', text('{[\n'), /is no kubeconfig/],
    [
      'a server that is not there',
      async () =>
        bent({
          cluster: { server: `https://127.0.0.1:${await closedPort()}` },
        }),
      /there is no answer from .*refused/,
    ],
    [
      'a name that nobody knows',
      () => bent({ cluster: { server: 'https://nowhere.invalid:6443' } }),
      /there is no answer from .*the name of the server is unknown/,
    ],
    [
      'an address that is none',
      () => bent({ cluster: { server: 'not an address' } }),
      /"not an address", is no address/,
    ],
    [
      'a certificate of another authority',
      () => bent({ cluster: { 'certificate-authority-data': undefined } }),
      /not signed by the authority of the kubeconfig/,
    ],
    [
      'a login that expired',
      () => bent({ user: { token: 'expired' } }),
      /does not accept the credentials .* have expired. Log in again/,
    ],
    ['a login without rights', () => bent({}), /you may not read/],
    [
      'a login program that is not installed',
      () => bent(exec('no-such-login-program')),
      /no-such-login-program.*not installed/,
    ],
    [
      'a login program that fails',
      () => bent(exec('sh', '-c', 'echo the session is over >&2; exit 1')),
      /the session is over/,
    ],
    [
      'a login program that says nothing of use',
      () => bent(exec('echo', 'hello')),
      /the credentials of the kubeconfig could not be obtained/,
    ],
  ])('%s', async (_what, file, sentence) => {
    const began = performance.now();
    const refusal = await lookAtCluster({ kubeconfig: await file() }).then(
      () => 'it was accepted',
      error => String(error.message),
    );
    expect(refusal).toMatch(sentence);
    expect(refusal).not.toContain('\n');
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('a context that it has not', async () => {
    const { kubeconfig } = playground;
    await expect(
      lookAtCluster({ kubeconfig, context: 'prod' }),
    ).rejects.toThrow('has no context "prod"; it has: Somebody/Cluster');
  });

  it('and a login program that works is used', async () => {
    await playground.kubectl(['create', 'serviceaccount', 'reader']);
    await playground.kubectl([
      'create',
      'clusterrolebinding',
      'reader',
      '--clusterrole=cluster-admin',
      '--serviceaccount=default:reader',
    ]);
    const token = await playground.kubectl([
      'create',
      'token',
      'reader',
      '--duration=1h',
    ]);
    const credential = JSON.stringify({
      apiVersion: 'client.authentication.k8s.io/v1',
      kind: 'ExecCredential',
      status: { token: token.trim() },
    });
    const kubeconfig = await bent(exec('echo', credential));
    await expect(lookAtCluster({ kubeconfig })).resolves.toMatchObject({
      name: 'somebody-cluster',
    });
  });

  it('the command itself ends with that sentence, at once, and code 1', async () => {
    const { code, output } = await runCommand(
      nodeCommand(
        'scripts/src/commands/start.ts',
        '--kubeconfig',
        path.join(folder, 'nowhere'),
      ),
      { cwd: repositoryRoot, logFile: '/dev/null' },
    );
    expect(code).toBe(1);
    expect(output).toContain('npm start could not go on. your cluster: ');
    expect(output).not.toMatch(/\n {4}at /);
  });
});
