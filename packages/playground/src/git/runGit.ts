import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const LARGEST_ANSWER_BYTES = 64 * 1024 * 1024;
const TIMEOUT_MS = 30_000;

/** An environment in which nobody's own settings of git, credentials included, are used. */
export function gitEnvironment(directory: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: directory,
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
  };
}

/** Runs git on a bare repository, without a shell; gives what it printed, or `undefined` when it refused. */
export async function runGit(
  repository: string,
  args: readonly string[],
): Promise<Buffer | undefined> {
  try {
    const { stdout } = await run('git', ['-C', repository, ...args], {
      encoding: 'buffer',
      env: gitEnvironment(repository),
      maxBuffer: LARGEST_ANSWER_BYTES,
      timeout: TIMEOUT_MS,
    });
    return stdout;
  } catch (error) {
    // Without git at all every answer would be "not found".
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new Error(
        'The program git was not found; install the package git.',
        {
          cause: error,
        },
      );
    }
    return undefined;
  }
}
