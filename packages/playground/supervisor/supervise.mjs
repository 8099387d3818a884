// The owner of a playground's processes: a small program of its own, so that they end with their playground however it
// ends. It starts them in its own process group, and lives as long as its standard input is open. The other end of that
// pipe is held by the process that started the playground; the kernel closes it even when that process is killed.
//
// Standard input: one request a line.   {"id":1,"verb":"start","name":"etcd","command":"...","args":[],"log":"FILE"}
//                                       {"id":2,"verb":"signal","name":"etcd","signal":"SIGKILL"}
// Standard output: one message a line.  {"id":1,"pid":123}  {"id":2}  {"id":1,"error":"..."}  {"exited":"etcd","pid":123,"code":1,"signal":null}
//
// Usage: node supervise.mjs PIDS_FOLDER [FOLDER_TO_REMOVE_AT_THE_END]
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';

const [pidFolder, folderToRemove] = process.argv.slice(2);
const children = new Map();
let ending = false;

// Where Linux offers it, the kernel kills each child when this process dies: for the case that somebody kills *this* one.
const withParentDeathSignal =
  process.platform === 'linux' &&
  spawnSync('setpriv', ['--pdeathsig', 'KILL', 'true']).status === 0;

function send(message) {
  // Nobody may be listening any more; then the end of standard input follows.
  process.stdout.write(`${JSON.stringify(message)}\n`, () => {});
}

function pidFile(name) {
  return path.join(pidFolder, `${name}.pid`);
}

function start({ name, command, args, log }) {
  const sink = openSync(log, 'a');
  const child = withParentDeathSignal
    ? spawn('setpriv', ['--pdeathsig', 'KILL', command, ...args], {
        stdio: ['ignore', sink, sink],
        cwd: path.dirname(log),
      })
    : spawn(command, args, {
        stdio: ['ignore', sink, sink],
        cwd: path.dirname(log),
      });
  closeSync(sink);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => {
      children.set(name, child);
      writeFileSync(pidFile(name), `${child.pid}\n`);
      resolve({ pid: child.pid });
    });
    child.once('exit', (code, endedBy) => {
      if (children.get(name) === child) {
        children.delete(name);
        rmSync(pidFile(name), { force: true });
      }
      send({ exited: name, pid: child.pid, code, signal: endedBy });
      if (ending && children.size === 0) leave();
    });
  });
}

function signal({ name, signal: which }) {
  children.get(name)?.kill(which);
  return {};
}

function leave() {
  rmSync(pidFile('supervisor'), { force: true });
  if (folderToRemove) rmSync(folderToRemove, { recursive: true, force: true });
  process.exit(0);
}

function end() {
  if (ending) return;
  ending = true;
  // Nothing here has anything to save: what the playground keeps is written through the system's page cache.
  for (const child of children.values()) child.kill('SIGKILL');
  if (children.size === 0) leave();
}

const verbs = { start, signal };

async function answer(line) {
  const request = JSON.parse(line);
  try {
    send({ id: request.id, ...(await verbs[request.verb](request)) });
  } catch (error) {
    send({ id: request.id, error: error.message });
  }
}

writeFileSync(pidFile('supervisor'), `${process.pid}\n`);
process.stdout.on('error', () => {});
process.on('SIGTERM', end);
process.on('SIGINT', end);
process.on('SIGHUP', end);
createInterface({ input: process.stdin })
  .on('line', line => {
    if (!ending) answer(line);
  })
  .on('close', end);
