import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { freePort } from '../stack/ports';
import { GiveUpError, waitFor } from '../stack/waitFor';
import { PostgresPrograms } from './findPostgres';

/** A PostgreSQL of our own on 127.0.0.1, with an empty cluster and one superuser. */
export interface Postgres {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Its folder; it goes away with the server. */
  readonly directory: string;
  readonly pid: number;
  stop(): Promise<void>;
}

interface Account {
  readonly uid: number;
  readonly gid: number;
}

// PostgreSQL refuses to run as root. `nobody` has this number wherever there is a `nobody`.
const nobody: Account = { uid: 65534, gid: 65534 };
const HOST = '127.0.0.1';
const USER = 'understage';
const PASSWORD = 'only-for-tests';

// Standard input is a pipe from us. It ends when we stop the server or are gone, even by SIGKILL; then the server is
// stopped and its folder removed.
const keeper = `
folder=$1; shift
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
{ cat <&3 >/dev/null; kill -INT $server; } &
wait $server
rm -rf "$folder"
`;

function accountToUse(): Account | undefined {
  return process.getuid?.() === 0 ? nobody : undefined;
}

/** Another account can not be expected to see a checkout: what it runs is copied to where it can. */
function programsFor(
  account: Account | undefined,
  programs: PostgresPrograms,
  directory: string,
): PostgresPrograms {
  if (!account || !programs.movable) return programs;
  const copy = path.join(directory, 'native');
  fs.cpSync(programs.movable, copy, {
    recursive: true,
    verbatimSymlinks: true,
  });
  // It removes them in the end.
  spawnSync('chown', ['-R', `${account.uid}:${account.gid}`, copy]);
  return {
    initdb: path.join(copy, 'bin/initdb'),
    postgres: path.join(copy, 'bin/postgres'),
  };
}

function createCluster(
  { initdb }: PostgresPrograms,
  { directory, account }: { directory: string; account: Account | undefined },
): string {
  const data = path.join(directory, 'data');
  const passwordFile = path.join(directory, 'password');
  fs.writeFileSync(passwordFile, PASSWORD, { mode: 0o644 });
  const args = ['-D', data, '-U', USER, `--pwfile=${passwordFile}`];
  const options = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C'];
  const { status, stderr, error } = spawnSync(
    initdb,
    [...args, ...options, '--no-sync'],
    { ...account, cwd: directory, encoding: 'utf8' },
  );
  if (status !== 0) {
    throw new Error(
      `initdb could not create a cluster in ${data} (exit code ${status}): ${
        stderr || error?.message
      }`,
      { cause: error },
    );
  }
  return data;
}

function listens(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = net.connect(port, HOST);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/**
 * Starts a PostgreSQL for a test, in a temporary folder. It does not outlive us. Throws with the last lines of its log
 * when it does not start within 30 s.
 */
export async function startPostgres(
  found: PostgresPrograms,
): Promise<Postgres> {
  const directory = fs.mkdtempSync(
    path.join(os.tmpdir(), 'understage-postgres-'),
  );
  const account = accountToUse();
  try {
    if (account) fs.chownSync(directory, account.uid, account.gid);
    const programs = programsFor(account, found, directory);
    const data = createCluster(programs, { directory, account });
    return await serve(programs, { directory, account, data });
  } catch (error) {
    fs.rmSync(directory, { recursive: true, force: true });
    throw error;
  }
}

async function serve(
  { postgres }: PostgresPrograms,
  options: { directory: string; account: Account | undefined; data: string },
): Promise<Postgres> {
  const { directory, account, data } = options;
  const port = await freePort();
  const logFile = path.join(directory, 'postgres.log');
  const log = fs.openSync(logFile, 'a');
  const settings = ['-h', HOST, '-p', `${port}`, '-k', '', '-F'];
  const child = spawn(
    '/bin/sh',
    ['-c', keeper, 'keeper', directory, postgres, '-D', data, ...settings],
    { ...account, cwd: '/', stdio: ['pipe', log, log], detached: true },
  );
  fs.closeSync(log);
  // A keeper that is gone closes the pipe; that is not an error of ours.
  child.stdin?.on('error', () => {});
  let over = false;
  const ended = new Promise<void>(resolve => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  }).then(() => {
    over = true;
  });
  const stop = async () => {
    child.stdin?.end();
    await ended;
  };
  let said = '';
  const ready = async () => {
    if (over) throw new GiveUpError('it ended by itself');
    said = fs.readFileSync(logFile, 'utf8');
    return (await listens(port)) ? true : undefined;
  };
  try {
    const what = `PostgreSQL to listen on ${HOST}:${port}`;
    await waitFor(ready, { what, timeoutMs: 30_000, intervalMs: 50 });
  } catch (cause) {
    await stop();
    throw new Error(`PostgreSQL did not start. It said:\n${said}`, { cause });
  }
  const login = { host: HOST, port, user: USER, password: PASSWORD };
  return { ...login, directory, pid: child.pid ?? -1, stop };
}
