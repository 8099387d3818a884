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

const NODE_VERSION = '24.21.0';
const YARN_VERSION = '4.13.0';
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const cache = path.join(
  process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'),
  'understage',
);

function fail(sentence) {
  process.stderr.write(`understage: ${sentence}\n`);
  process.exit(1);
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
      if (code !== 0) {
        const tail = verbose
          ? ''
          : fs.readFileSync(log, 'utf8').split('\n').slice(-25).join('\n');
        fail(
          `${what} failed (exit code ${code}).\n${tail}\nThe whole log: ${log}`,
        );
      }
      resolve();
    });
  });
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
  fs.mkdirSync(path.dirname(home), { recursive: true });
  const fresh = fs.mkdtempSync(`${home}.`);
  fs.writeFileSync(path.join(fresh, 'package.json'), '{"private":true}\n');
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
      env: process.env,
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
    fs.rmSync(fresh, { recursive: true, force: true });
  }
  done();
  return tools;
}

function environment(tools) {
  const env = {
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
  const files = ['yarn.lock', 'package.json', '.yarnrc.yml'];
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
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted) return;

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
  fs.writeFileSync(stamp, wanted);
  done();
}

/** Runs the command under Node 24 and ends as it ended. The terminal sends Ctrl-C to both; the child decides what it means. */
function handOver({ tools, env, script, args }) {
  const child = spawn(
    tools.node,
    [
      '--require',
      path.join(root, 'node_modules/@backstage/cli/config/nodeTransform.cjs'),
      script,
      ...args,
    ],
    { stdio: 'inherit', env, cwd: process.cwd() },
  );
  const forward = signal => child.kill(signal);
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
if (!Object.hasOwn(scripts, command ?? '')) {
  fail(
    `there is no command "${command ?? ''}". There are: ${Object.keys(
      scripts,
    ).join(', ')}.`,
  );
}
const tools = await ensureToolchain();
const env = environment(tools);
await ensureInstalled(tools, env);
handOver({ tools, env, script: path.join(root, scripts[command]), args });
