import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { binaryCache, ensureBinaries } from './ensureBinaries';
import { findInstalled } from './findInstalled';
import { requireGo } from './goBuild';
import { binaryNames, toolsets } from './toolsets';
import type { BinaryName } from './toolsets';

let directory: string;
let env: NodeJS.ProcessEnv;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'binaries-'));
  mkdirSync(join(directory, 'bin'));
  env = {
    XDG_CACHE_HOME: join(directory, 'cache'),
    PATH: `${join(directory, 'bin')}:/usr/bin:/bin`,
  };
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

/** A program that prints a line and ends. */
function writeProgram(folder: string, name: string, script: string) {
  const file = join(directory, folder, name);
  mkdirSync(join(directory, folder), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

function source(name: BinaryName) {
  const found = toolsets.flatMap(t => t.binaries).find(b => b.name === name);
  if (!found) throw new Error(name);
  return found;
}

describe('a program that is installed', () => {
  it.each<[BinaryName, string, boolean]>([
    ['kube-apiserver', 'Kubernetes v1.36.3', true],
    ['kube-apiserver', 'Kubernetes v1.36.0', true],
    ['kube-apiserver', 'Kubernetes v1.35.9', false],
    ['kube-apiserver', 'Kubernetes v0.0.0-master+$Format:%H$', false],
    ['kubectl', 'Client Version: v1.36.1', true],
    ['kubectl', 'Client Version: v1.20.2', false],
    ['etcd', 'etcd Version: 3.6.8', true],
    ['etcd', 'etcd Version: 3.4.23', false],
    ['kwok', 'kwok version v0.7.0 go1.26.8 (linux/amd64)', true],
    ['kwok', 'kwok version v0.6.1', false],
    ['helm', 'version.BuildInfo{Version:"v4.3.1"}', true],
    ['helm', 'version.BuildInfo{Version:"v3.17.0"}', false],
  ])('called %s that says "%s" fits: %s', (name, says, fits) => {
    const file = writeProgram('bin', name, `echo '${says}'`);
    expect(findInstalled(source(name), env)).toBe(fits ? file : undefined);
  });

  it('that fails to say its version is passed over', () => {
    writeProgram('bin', 'etcd', "echo 'etcd Version: 3.6.8'; exit 1");
    expect(findInstalled(source('etcd'), env)).toBeUndefined();
  });

  it('is taken from KUBEBUILDER_ASSETS before PATH', () => {
    writeProgram('bin', 'etcd', "echo 'etcd Version: 3.6.1'");
    const preferred = writeProgram(
      'assets',
      'etcd',
      "echo 'etcd Version: 3.6.2'",
    );
    expect(
      findInstalled(source('etcd'), {
        ...env,
        KUBEBUILDER_ASSETS: join(directory, 'assets'),
      }),
    ).toBe(preferred);
  });

  it('is used instead of building', async () => {
    const file = writeProgram('bin', 'helm', "echo 'v4.2.0'");
    const lines: string[] = [];
    expect(
      await ensureBinaries({ only: ['helm'], env, log: l => lines.push(l) }),
    ).toEqual({ helm: file });
    expect(lines).toEqual([]);
  });
});

describe('building', () => {
  // A Go that writes what it was asked to, after the version question.
  const FAKE_GO = `
if [ "$1" = env ]; then echo go1.26.4; exit 0; fi
while [ $# -gt 0 ]; do if [ "$1" = -o ]; then shift; echo built > "$1"; fi; shift; done`;

  it('happens once, into the cache, with a line before and after', async () => {
    writeProgram('bin', 'go', FAKE_GO);
    const lines: string[] = [];
    const options = {
      only: ['kwok'] as const,
      env,
      log: (l: string) => lines.push(l),
    };
    const first = await ensureBinaries(options);
    expect(first.kwok.startsWith(binaryCache(env))).toBe(true);
    expect(lines.map(line => line.replace(/\d+ s$/, 'n s'))).toEqual([
      'building kwok (1 of 1), minutes when nothing is cached',
      'built kwok (1 of 1) in n s',
    ]);
    expect(await ensureBinaries(options)).toEqual(first);
    expect(lines).toHaveLength(2);
    expect(
      readdirSync(binaryCache(env)).filter(f => f.includes('lock')),
    ).toEqual([]);
  });

  it('happens once when two ask at the same time', async () => {
    const count = join(directory, 'count');
    writeProgram(
      'bin',
      'go',
      `[ "$1" = env ] || { echo x >> ${count}; sleep 0.3; }${FAKE_GO}`,
    );
    const options = { only: ['kwok'] as const, env };
    const [a, b] = await Promise.all([
      ensureBinaries(options),
      ensureBinaries(options),
    ]);
    expect(a).toEqual(b);
    expect(readFileSync(count, 'utf8')).toBe('x\n');
  });

  it('that fails shows the compiler and leaves nothing that looks built', async () => {
    writeProgram(
      'bin',
      'go',
      'if [ "$1" = env ]; then echo go1.26.4; exit 0; fi; echo "undefined: frob" >&2; exit 2',
    );
    await expect(ensureBinaries({ only: ['kwok'], env })).rejects.toThrow(
      /Building kwok .* failed with exit code 2[^]*undefined: frob/,
    );
    writeProgram('bin', 'go', FAKE_GO);
    await ensureBinaries({ only: ['kwok'], env });
  });

  it.each([
    ['no Go', undefined, /found no Go on this machine/],
    [
      'a Go that is too old',
      'echo go1.22.1',
      /needs Go >= 1\.26; this machine has go1\.22\.1/,
    ],
  ])('with %s names the two ways on', async (_, script, sentence) => {
    if (script) writeProgram('bin', 'go', script);
    const only = { ...env, PATH: join(directory, 'bin') };
    expect(() => requireGo(only)).toThrow(sentence);
    await expect(ensureBinaries({ only: ['etcd'], env: only })).rejects.toThrow(
      /Install Go >= 1\.26 .*npm start -- --kubeconfig FILE/,
    );
  });
});

describe('the toolsets', () => {
  it('know every program once', () => {
    expect(new Set(binaryNames).size).toBe(binaryNames.length);
    expect([...binaryNames].sort()).toEqual([
      'etcd',
      'helm',
      'kube-apiserver',
      'kube-controller-manager',
      'kube-scheduler',
      'kubectl',
      'kwok',
    ]);
  });
});
