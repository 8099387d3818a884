#!/usr/bin/env node
// The door of every npm script: `node scripts/bootstrap.mjs COMMAND ARGS`. Runs on Node >= 18 without any dependency,
// brings the Node and Yarn that the project wants, installs when something changed, and hands over to scripts/COMMAND.ts.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { takeInstallLock } from './installLock.mjs';

const NODE_VERSION = '24.21.0';
const YARN_VERSION = '4.13.0';
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const cache = path.join(
  process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'),
  'understage',
);

/** What has to be undone when we end in the middle of a step: a half-filled folder, a lock. */
const undo = new Set();
/** The program of the step that is under way. */
let running;

function leave(code) {
  for (const step of undo) step();
  process.exit(code);
}

/** Ctrl-C: the program first, which may still write into what is then removed. */
function interrupted(signal) {
  const code = 128 + os.constants.signals[signal];
  if (!running) leave(code);
  running.removeAllListeners('close').once('close', () => leave(code));
  running.kill('SIGTERM');
  setTimeout(() => running.kill('SIGKILL'), 5000);
}

function fail(sentence) {
  process.stderr.write(`understage: ${sentence}\n`);
  leave(1);
}

/** Runs something of the file system; a folder that can not be written is told with what to do. */
function inCache(work) {
  try {
    return work();
  } catch (error) {
    return cacheFailure(error);
  }
}

function cacheFailure(error) {
  return fail(
    `can not write to the cache folder ${cache}: ${error.message}. Set XDG_CACHE_HOME to a folder that you may write to.`,
  );
}

/** A line that says what takes long, and one when it is done. Written to stderr, so that stdout stays the command's. */
function announce(what) {
  const started = Date.now();
  process.stderr.write(`- ${what} ...\n`);
  return () =>
    process.stderr.write(
      `  done in ${((Date.now() - started) / 1000).toFixed(0)} s\n`,
    );
}

/** Runs a command; its output goes to a log file and is shown only when the command fails, or live with UNDERSTAGE_VERBOSE. */
function runQuietly(command, args, { cwd, env, log, what }) {
  const verbose = Boolean(process.env.UNDERSTAGE_VERBOSE);
  const sink = verbose ? 'inherit' : fs.openSync(log, 'w');
  return new Promise(resolve => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', sink, sink],
    });
    running = child;
    const started = Date.now();
    const ticker = setInterval(() => {
      process.stderr.write(
        `  still at it: ${what} (${Math.round(
          (Date.now() - started) / 1000,
        )} s)\n`,
      );
    }, 30_000);
    child.on('error', error => {
      clearInterval(ticker);
      fail(`${what}: could not start ${command}: ${error.message}`);
    });
    child.on('close', code => {
      clearInterval(ticker);
      running = undefined;
      if (code !== 0) {
        const tail = verbose
          ? ''
          : fs.readFileSync(log, 'utf8').split('\n').slice(-25).join('\n');
        fail(
          `${what} failed (exit code ${code}).\n${tail}\n${networkHint(
            tail,
          )}The whole log: ${log}`,
        );
      }
      resolve();
    });
  });
}

/** Most first starts that fail have no network, and registries say that in many words. */
function networkHint(output) {
  return /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|RequestError|Bad response: 40[37]/.test(
    output,
  )
    ? `The package registry could not be reached or refused. The first start downloads from it: look at your network, and at "npm config get registry" (now ${
        npmRegistry() ?? 'unknown'
      }).\n`
    : '';
}

function npmRegistry() {
  const found = spawnSync('npm', ['config', 'get', 'registry'], {
    encoding: 'utf8',
    cwd: os.tmpdir(),
  });
  const registry = (found.stdout || '').trim();
  return registry.startsWith('http') ? registry : undefined;
}

function nodePackage() {
  const name = `node-${process.platform}-${process.arch}`;
  if (
    !['linux-x64', 'linux-arm64', 'darwin-arm64', 'darwin-x64'].includes(
      `${process.platform}-${process.arch}`,
    )
  ) {
    fail(
      `no Node ${NODE_VERSION} is known for ${process.platform} on ${process.arch}. Use Linux or macOS, or WSL on Windows.`,
    );
  }
  return name;
}

/** Node 24 and Yarn from the npm registry, in the user's cache; installed beside and moved into place, so two starts do not meet. */
async function ensureToolchain() {
  const name = nodePackage();
  const home = path.join(
    cache,
    'toolchain',
    `node-${NODE_VERSION}-yarn-${YARN_VERSION}`,
  );
  const tools = {
    node: path.join(home, 'node_modules', name, 'bin', 'node'),
    headers: path.join(home, 'node_modules', name),
    yarn: path.join(
      home,
      'node_modules',
      '@yarnpkg',
      'cli-dist',
      'bin',
      'yarn.js',
    ),
    bin: path.join(home, 'bin'),
  };
  if (fs.existsSync(path.join(home, 'ready'))) return tools;

  const done = announce(
    `installing Node ${NODE_VERSION} and Yarn ${YARN_VERSION} into the user cache`,
  );
  const fresh = inCache(() => {
    fs.mkdirSync(path.dirname(home), { recursive: true });
    const folder = fs.mkdtempSync(`${home}.`);
    fs.writeFileSync(path.join(folder, 'package.json'), '{"private":true}\n');
    return folder;
  });
  const remove = () => fs.rmSync(fresh, { recursive: true, force: true });
  undo.add(remove);
  await runQuietly(
    'npm',
    [
      'install',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      `${name}@${NODE_VERSION}`,
      `@yarnpkg/cli-dist@${YARN_VERSION}`,
    ],
    {
      cwd: fresh,
      env: { ...process.env, ...homelessSettings() },
      log: path.join(os.tmpdir(), `understage-toolchain-${process.pid}.log`),
      what: 'installing the toolchain with npm',
    },
  );
  const bin = path.join(fresh, 'bin');
  fs.mkdirSync(bin);
  fs.symlinkSync(`../node_modules/${name}/bin/node`, path.join(bin, 'node'));
  fs.writeFileSync(
    path.join(bin, 'yarn'),
    `#!/bin/sh\nexec node "$(dirname "$0")/../node_modules/@yarnpkg/cli-dist/bin/yarn.js" "$@"\n`,
    { mode: 0o755 },
  );
  fs.writeFileSync(path.join(fresh, 'ready'), '');
  try {
    fs.renameSync(fresh, home);
  } catch (error) {
    // Somebody else was faster; theirs is as good.
    if (!fs.existsSync(path.join(home, 'ready'))) throw error;
    remove();
  }
  undo.delete(remove);
  done();
  return tools;
}

/** Where npm, Yarn and Go keep what they download when they may not write to the home folder. */
function homelessSettings() {
  try {
    fs.accessSync(os.homedir(), fs.constants.W_OK);
    return {};
  } catch {
    return {
      npm_config_cache: path.join(cache, 'npm'),
      YARN_GLOBAL_FOLDER: path.join(cache, 'yarn'),
      GOPATH: path.join(cache, 'go'),
    };
  }
}

function environment(tools) {
  const env = {
    ...homelessSettings(),
    ...process.env,
    PATH: `${tools.bin}${path.delimiter}${process.env.PATH ?? ''}`,
    npm_config_nodedir: tools.headers,
    YARN_ENABLE_TELEMETRY: '0',
    BACKSTAGE_CLI_DISABLE_TELEMETRY: '1',
    COREPACK_ENABLE_DOWNLOAD_PROMPT: '0',
  };
  // Backstage reads an empty token as a token and then fails to start.
  if (!env.GITHUB_TOKEN) delete env.GITHUB_TOKEN;
  // npm exports its own view of the package and of the caller's Node to scripts; Yarn and node-gyp must not take it for theirs.
  for (const key of Object.keys(env)) {
    if (
      /^npm_(package|lifecycle|config_node_gyp|node_execpath|execpath)/.test(
        key,
      )
    ) {
      delete env[key];
    }
  }
  return env;
}

/** A hash over everything an installation depends on: the lockfile, each package.json, Yarn's settings, the Node version. */
function installationHash() {
  const hash = createHash('sha256').update(NODE_VERSION);
  const files = [
    'yarn.lock',
    'package.json',
    '.yarnrc.yml',
    'scripts/package.json',
  ];
  for (const folder of ['packages', 'plugins']) {
    for (const entry of fs.readdirSync(path.join(root, folder)).sort()) {
      files.push(path.join(folder, entry, 'package.json'));
    }
  }
  for (const file of files) {
    const full = path.join(root, file);
    if (fs.existsSync(full)) hash.update(file).update(fs.readFileSync(full));
  }
  return hash.digest('hex');
}

async function ensureInstalled(tools, env) {
  const stamp = path.join(root, 'node_modules', '.understage-installed');
  const wanted = installationHash();
  const isInstalled = () =>
    fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted;
  if (isInstalled()) return;
  const release = await takeInstallLock({
    root,
    folder: path.join(cache, 'locks'),
  }).catch(cacheFailure);
  undo.add(release);
  try {
    if (!isInstalled()) await install({ tools, env, stamp });
  } finally {
    undo.delete(release);
    release();
  }
}

async function install({ tools, env, stamp }) {
  const done = announce(
    'installing dependencies (a few minutes the first time)',
  );
  const registry = env.YARN_NPM_REGISTRY_SERVER ?? npmRegistry();
  await runQuietly(
    tools.node,
    [tools.yarn, 'install', ...(process.env.CI ? ['--immutable'] : [])],
    {
      cwd: root,
      env: registry ? { ...env, YARN_NPM_REGISTRY_SERVER: registry } : env,
      log: path.join(os.tmpdir(), `understage-install-${process.pid}.log`),
      what: 'installing dependencies with Yarn',
    },
  );
  // Yarn may have written the lockfile.
  fs.writeFileSync(stamp, installationHash());
  done();
}

/** Runs the command under Node 24 and ends as it ended. The terminal sends Ctrl-C to both; the child decides what it means. */
function handOver({ tools, env, command, args }) {
  const child = spawn(tools.node, [...command, ...args], {
    stdio: 'inherit',
    env,
    cwd: process.cwd(),
  });
  const forward = signal => child.kill(signal);
  ['SIGINT', 'SIGTERM', 'SIGHUP'].forEach(each =>
    process.off(each, interrupted),
  );
  process.on('SIGINT', () => {});
  process.on('SIGTERM', forward);
  process.on('SIGHUP', forward);
  child.on('error', error => fail(`could not start Node: ${error.message}`));
  child.on('close', (code, signal) => {
    process.exit(code ?? 128 + (os.constants.signals[signal] ?? 1));
  });
}

const [command, ...args] = process.argv.slice(2);
const scripts = {
  start: 'scripts/src/commands/start.ts',
  test: 'scripts/src/commands/test.ts',
  smoke: 'scripts/src/commands/smoke.ts',
  bench: 'scripts/src/commands/bench.ts',
  generate: 'scripts/src/commands/generate.ts',
  paas: 'packages/cli/src/main.ts',
};

/** What Node is to run for a command; `yarn` is the project's own Yarn, for those who have none. */
function commandLine(tools) {
  if (command === 'yarn') return [tools.yarn];
  const transform = 'node_modules/@backstage/cli/config/nodeTransform.cjs';
  return [
    '--require',
    path.join(root, transform),
    path.join(root, scripts[command]),
  ];
}

if (command !== 'yarn' && !Object.hasOwn(scripts, command ?? '')) {
  fail(
    `there is no command "${command ?? ''}". There are: ${Object.keys(
      scripts,
    ).join(', ')}, yarn.`,
  );
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, interrupted);
}
const tools = await ensureToolchain();
const env = environment(tools);
if (command === 'yarn') env.YARN_NPM_REGISTRY_SERVER ??= npmRegistry() ?? '';
await ensureInstalled(tools, env);
handOver({ tools, env, command: commandLine(tools), args });
