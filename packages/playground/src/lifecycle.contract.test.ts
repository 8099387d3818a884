import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ensureBinaries } from './binaries/ensureBinaries';
import { createBootstrapClient } from './cluster/bootstrapClient';
import { waitFor } from './cluster/waitFor';
import { PortTaken, runComponent } from './components/runComponent';
import { writeIdentities } from './identities/writeIdentities';
import { packagePath } from './packageDirectory';
import { choosePorts } from './processes/ports';
import { isAlive } from './processes/processIdentity';
import { startSupervisor } from './processes/supervisor';
import { takeWorkDirectory } from './processes/workDirectory';
import { startPlayground } from './startPlayground';

jest.setTimeout(120_000);

const SMALL = { components: ['etcd', 'kube-apiserver'] as const };

interface Held {
  readonly parent: ChildProcess;
  readonly directory: string;
  readonly pids: Readonly<Record<string, number>>;
}

/** A playground whose parent is a process of its own. */
async function holdPlayground(): Promise<Held> {
  const parent = spawn(
    process.execPath,
    [
      '--require',
      '@backstage/cli/config/nodeTransform.cjs',
      packagePath('src', '__fixtures__', 'holdPlayground.ts'),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'], cwd: packagePath() },
  );
  const [line] = await once(createInterface(parent.stdout), 'line');
  return { parent, ...JSON.parse(line) };
}

async function allGoneWithin(pids: readonly number[], timeoutMs: number) {
  await waitFor(async () => !pids.some(isAlive), {
    what: `processes ${pids.join(', ')} to be gone`,
    timeoutMs,
  });
}

describe('the end of a playground', () => {
  it('leaves no process and no folder after stop, which may be called twice', async () => {
    const playground = await startPlayground(SMALL);
    const pids = Object.values(playground.pids());
    expect(pids).toHaveLength(3);
    expect(pids.every(isAlive)).toBe(true);
    await playground.stop();
    expect(pids.filter(isAlive)).toEqual([]);
    expect(existsSync(playground.directory)).toBe(false);
    await playground.stop();
  });

  it.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
    'leaves no process and no folder 10 s after its parent was ended with %s',
    async signal => {
      const { parent, directory, pids } = await holdPlayground();
      expect(Object.values(pids).every(isAlive)).toBe(true);
      const gone = once(parent, 'exit');
      parent.kill(signal);
      await gone;
      await allGoneWithin(Object.values(pids), 10_000);
      await waitFor(async () => !existsSync(directory), {
        what: `${directory} to be removed`,
        timeoutMs: 5_000,
      });
    },
  );

  it('leaves no component when its supervisor is killed, where the system offers that', async () => {
    if (process.platform !== 'linux') return;
    const playground = await startPlayground(SMALL);
    const { supervisor, ...components } = playground.pids();
    process.kill(supervisor, 'SIGKILL');
    await allGoneWithin(Object.values(components), 10_000);
    await playground.stop();
    expect(existsSync(playground.directory)).toBe(false);
  });

  it('comes at once when the start is called off', async () => {
    const off = new AbortController();
    const pids: number[] = [];
    const start = startPlayground({
      ...SMALL,
      signal: off.signal,
      log: () => off.abort(new Error('called off')),
    });
    await start.then(
      async playground => {
        // The API server was ready before anybody could call it off.
        pids.push(...Object.values(playground.pids()));
        await playground.stop();
      },
      () => {},
    );
    expect(pids.filter(isAlive)).toEqual([]);
  });
});

describe('a named folder', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'named-playground-'));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  it('is refused to a second playground with the number of the first, and keeps only logs and what was there before', async () => {
    writeFileSync(join(directory, 'notes.txt'), 'mine');
    const first = await startPlayground({ ...SMALL, directory });
    try {
      await expect(startPlayground({ ...SMALL, directory })).rejects.toThrow(
        `A playground already runs in ${directory}: process ${process.pid}.`,
      );
    } finally {
      await first.stop();
    }
    expect(readdirSync(directory).sort()).toEqual(['logs', 'notes.txt']);
    expect(readdirSync(first.logs).sort()).toEqual([
      'etcd.log',
      'kube-apiserver.log',
      'supervisor.log',
    ]);
  });

  it('is taken over from a playground that died, without its data', async () => {
    writeFileSync(join(directory, 'playground.lock'), '999999999 1 gone\n');
    const playground = await startPlayground({ ...SMALL, directory });
    expect(
      await playground.kubectl(['get', 'namespaces', '-o', 'name']),
    ).toContain('namespace/kube-system');
    await playground.stop();
  });
});

describe('a port that somebody else took', () => {
  it('is told from other failures, also when the other never answers', async () => {
    const work = takeWorkDirectory();
    const [etcd, etcdPeer, apiServer, controllerManager, scheduler, kwok] =
      await choosePorts(6);
    const ports = {
      etcd,
      etcdPeer,
      apiServer,
      controllerManager,
      scheduler,
      kwok,
    };
    const site = { directory: work.path, ports };
    const silent = createServer().listen(etcd, '127.0.0.1');
    await once(silent, 'listening');
    await writeIdentities(site, { name: 'x', server: 'https://127.0.0.1:1' });
    const client = createBootstrapClient(site);
    const supervisor = await startSupervisor({
      pidDirectory: join(work.path, 'pids'),
      log: join(work.path, 'logs', 'supervisor.log'),
    });
    const binaries = await ensureBinaries({ only: ['etcd'] });
    try {
      await expect(
        runComponent('etcd', {
          site,
          supervisor,
          client,
          binaryOf: () => binaries.etcd,
        }),
      ).rejects.toBeInstanceOf(PortTaken);
    } finally {
      silent.close();
      await supervisor.stop();
      await client.close();
      work.release();
    }
  });
});

describe('several playgrounds at once', () => {
  it('know nothing of each other', async () => {
    const playgrounds = await Promise.all(
      ['a', 'b', 'c'].map(name => startPlayground({ ...SMALL, name })),
    );
    try {
      await Promise.all(
        playgrounds.map(p =>
          p.kubectl(['create', 'namespace', `of-${p.name}`]),
        ),
      );
      for (const p of playgrounds) {
        const names = await p.kubectl(['get', 'namespaces', '-o', 'name']);
        expect(names.match(/of-\w/g)).toEqual([`of-${p.name}`]);
      }
    } finally {
      await Promise.all(playgrounds.map(p => p.stop()));
    }
  });
});

describe('a component that ends by itself', () => {
  it('is told about with the place of its log, and can be started again', async () => {
    const lines: string[] = [];
    const playground = await startPlayground({
      ...SMALL,
      log: line => lines.push(line),
    });
    try {
      process.kill(playground.pids().etcd, 'SIGKILL');
      await waitFor(async () => lines.some(l => l.startsWith('etcd ended')), {
        what: 'a line about etcd',
        timeoutMs: 5_000,
      });
      expect(lines.at(-1)).toContain(`${playground.logs}/etcd.log`);
      await playground.restart('etcd');
      expect(
        await playground.kubectl(['get', 'namespaces', '-o', 'name']),
      ).toContain('namespace/default');
    } finally {
      await playground.stop();
    }
  });
});
