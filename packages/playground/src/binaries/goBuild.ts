import { spawn, spawnSync } from 'node:child_process';
import type { BinarySource, Toolset } from './toolsets';

/** The part of the build command that decides what comes out; it is part of the cache's key. */
export function buildArguments(toolset: Toolset): string[] {
  // readonly: the pinned go.mod and go.sum of the checkout are never changed by a build.
  return [
    'build',
    '-mod=readonly',
    '-trimpath',
    '-ldflags',
    toolset.linkerFlags,
  ];
}

/**
 * The environment of every build: the installed Go and no other, no C compiler (whose headers are often missing where
 * the compiler is not), no version control lookup.
 */
export const buildEnvironment = {
  GOTOOLCHAIN: 'local',
  GOFLAGS: '-buildvcs=false',
  GOWORK: 'off',
  CGO_ENABLED: '0',
};

const OLDEST_GO_MINOR = 26;

const WAYS_ON =
  'Install Go >= 1.26 (https://go.dev/dl) and start again; or use a cluster that you have: npm start -- --kubeconfig FILE.';

/** Fails with the two ways on when the machine has no Go, or one that is too old for the pinned modules. */
export function requireGo(env: NodeJS.ProcessEnv = process.env): void {
  const found = spawnSync('go', ['env', 'GOVERSION'], {
    encoding: 'utf8',
    env: { ...env, GOTOOLCHAIN: 'local' },
  });
  if (found.error || found.status !== 0) {
    throw new Error(
      `The playground builds Kubernetes from source on first use and found no Go on this machine (tried "go env GOVERSION"). ${WAYS_ON}`,
      { cause: found.error },
    );
  }
  const version = /^go1\.(\d+)/.exec(found.stdout.trim());
  if (!version || Number(version[1]) < OLDEST_GO_MINOR) {
    throw new Error(
      `The playground builds Kubernetes from source on first use and needs Go >= 1.${OLDEST_GO_MINOR}; this machine has ${found.stdout.trim()}. ${WAYS_ON}`,
    );
  }
}

/** What one build needs. */
export interface GoBuildOptions {
  readonly toolset: Toolset;
  readonly binary: BinarySource;
  /** The folder with go.mod and go.sum. */
  readonly moduleDirectory: string;
  /** The file to write. */
  readonly output: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
}

/** Builds one program; rejects with the last lines of the compiler. */
export function goBuild(options: GoBuildOptions): Promise<void> {
  const { toolset, binary, moduleDirectory, output, signal } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(
      'go',
      [...buildArguments(toolset), '-o', output, binary.goPackage],
      {
        cwd: moduleDirectory,
        env: { ...options.env, ...buildEnvironment },
        stdio: ['ignore', 'ignore', 'pipe'],
        signal,
      },
    );
    let tail = '';
    child.stderr.on('data', chunk => {
      tail = (tail + String(chunk)).slice(-4000);
    });
    child.once('error', cause =>
      reject(
        new Error(`Could not build ${binary.name}: ${cause.message}`, {
          cause,
        }),
      ),
    );
    child.once('close', code => {
      if (code === 0) resolve();
      else
        reject(
          new Error(
            `Building ${binary.name} (go build ${
              binary.goPackage
            }) failed with exit code ${code}. Its last lines:\n${tail.trim()}`,
          ),
        );
    });
  });
}
