import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type GitServer, startGitServer } from './startGitServer';

const run = promisify(execFile);
let folder: string;
let server: GitServer;
let authorization: string;

const git = (...args: string[]) =>
  run('git', args, {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      GIT_TERMINAL_PROMPT: '0',
      GIT_AUTHOR_NAME: 'a',
      GIT_AUTHOR_EMAIL: 'a@example.com',
      GIT_COMMITTER_NAME: 'a',
      GIT_COMMITTER_EMAIL: 'a@example.com',
    },
  });

const create = (owner: string, name: unknown, headers = { authorization }) =>
  fetch(`${server.url}/api/v1/orgs/${owner}/repos`, {
    method: 'POST',
    body: JSON.stringify({ name, private: false }),
    headers,
  });

const withCredentials = () =>
  server.url.replace('//', `//${server.username}:${server.password}@`);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'git-server-'));
  server = await startGitServer({ directory: join(folder, 'repositories') });
  const login = `${server.username}:${server.password}`;
  authorization = `basic ${Buffer.from(login).toString('base64')}`;
  expect((await create('shop', 'api')).status).toBe(201);
  const work = join(folder, 'work');
  mkdirSync(join(work, 'docs'), { recursive: true });
  writeFileSync(join(work, 'catalog-info.yaml'), 'kind: Component\n');
  writeFileSync(join(work, 'docs/index.md'), '# Hello\n');
  await git('init', '-q', '-b', 'main', work);
  await git('-C', work, 'add', '.');
  await git('-C', work, 'commit', '-q', '-m', 'first');
  await git(
    '-C',
    work,
    'push',
    '-q',
    `${withCredentials()}/shop/api.git`,
    'main',
  );
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const get = (path: string) => fetch(`${server.url}${path}`);

describe('the Git server', () => {
  it('gives a clone of what was pushed, without an account', async () => {
    await git('clone', '-q', `${server.url}/shop/api.git`, 'clone');
    expect(readFileSync(join(folder, 'clone/docs/index.md'), 'utf8')).toBe(
      '# Hello\n',
    );
  });

  it("answers Backstage's Gitea reader: file, commit, archive, page", async () => {
    const { stdout } = await git('-C', 'work', 'rev-parse', 'HEAD');
    const api = '/api/v1/repos/shop/api';
    const file = await get(`${api}/contents/docs/index.md?ref=main`);
    const { encoding, content } = await file.json();
    expect([encoding, Buffer.from(content, 'base64').toString()]).toEqual([
      'base64',
      '# Hello\n',
    ]);
    const commit = await get(`${api}/git/commits/main`);
    expect((await commit.json()).sha).toBe(stdout.trim());
    const archive = await get(`${api}/archive/main.tar.gz`);
    const target = join(folder, 'archive.tar.gz');
    writeFileSync(target, Buffer.from(await archive.arrayBuffer()));
    const listed = await run('tar', ['-tzf', target]);
    expect(listed.stdout.split('\n')).toContain('api/docs/index.md');
    expect(await (await get('/shop/api/src/branch/main')).text()).toBe(
      'catalog-info.yaml\ndocs\n',
    );
    expect((await get('/api/v1/orgs/shop')).status).toBe(200);
    expect((await get(api)).status).toBe(200);
  });

  it('creates an empty repository once more, and none over one with content', async () => {
    expect((await create('shop', 'empty')).status).toBe(201);
    expect((await create('shop', 'empty')).status).toBe(201);
    const taken = await create('shop', 'api');
    expect(taken.status).toBe(409);
    expect((await taken.json()).message).toContain('choose another name');
  });

  it('takes no repository and no push without the credentials of the run', async () => {
    const wrong = { authorization: 'basic dW5kZXJzdGFnZTp4' };
    expect((await create('shop', 'other', wrong)).status).toBe(401);
    const plain = `${server.url}/shop/api.git`;
    await expect(
      git('-C', 'work', 'push', '-q', plain, 'main:other'),
    ).rejects.toThrow();
    const direct = await fetch(`${plain}/git-receive-pack`, { method: 'POST' });
    expect(direct.status).toBe(401);
  });

  it('answers no other name of the host: a rebound name reads nothing', async () => {
    const { port } = new URL(server.url);
    const status = await new Promise(done => {
      http.get(
        {
          port,
          host: '127.0.0.1',
          path: '/api/v1/orgs/shop',
          headers: { host: 'evil.example' },
        },
        response => done(response.resume().statusCode),
      );
    });
    expect(status).toBe(421);
  });
});

describe('S15, S17, S19: names and paths that are attacks', () => {
  const names = [
    '..',
    '.',
    '../x',
    '/etc',
    '-u',
    '--upload-pack=touch x',
    'a b',
    'a;id',
    'a\nb',
    'x.git',
    'ext::sh -c id',
    'file:///etc',
    'a/../../b',
    '',
    'a'.repeat(101),
    'pässe',
    7,
    null,
  ];
  it.each(names)('repository %j is refused', async name => {
    expect((await create('shop', name)).status).toBe(422);
    const organisation = await create(encodeURIComponent(`${name}`), 'x');
    if (typeof name === 'string') expect(organisation.status).not.toBe(201);
    expect(readdirSync(folder).sort()).not.toContain('x');
  });

  it.each([
    '/api/v1/repos/shop/api/contents/..%2f..%2fHEAD?ref=main',
    '/api/v1/repos/shop/api/contents/%2fetc%2fpasswd?ref=main',
    '/api/v1/repos/shop/api/contents/docs%00?ref=main',
    '/api/v1/repos/shop/api/contents/a?ref=--output=x',
    '/api/v1/repos/shop/api/contents/a?ref=main%5E%7B/x%7D',
    '/api/v1/repos/shop/api/contents/catalog-info.yaml?ref=HEAD:docs',
    '/api/v1/repos/shop/api/git/commits/--all',
    '/api/v1/repos/shop/api/archive/--remote=x.tar.gz',
    '/api/v1/repos/shop/api/archive/--output=%2ftmp%2fx.tar.gz',
    '/api/v1/repos/..%2fshop/api/contents/catalog-info.yaml?ref=main',
    '/api/v1/repos/shop/%zz/contents/a',
    '/shop/api.git/config',
    '/shop/api.git/HEAD',
    '/shop/api.git/objects/info/packs',
    '/shop/..%2fapi.git/info/refs?service=git-upload-pack',
    '/%2e%2e/etc.git/info/refs?service=git-upload-pack',
  ])('%s is not found', async path => {
    const answer = await get(path);
    expect(answer.status).toBe(404);
    expect(existsSync('x')).toBe(false);
  });

  it('a link in a repository is a text, and nothing is read through it', async () => {
    await git('clone', '-q', `${withCredentials()}/shop/api.git`, 'links');
    await run('ln', ['-s', '/etc/passwd', join(folder, 'links/link')]);
    await git('-C', 'links', 'add', '.');
    await git('-C', 'links', 'commit', '-q', '-m', 'link');
    await git('-C', 'links', 'push', '-q', 'origin', 'HEAD:links');
    const answer = await get('/api/v1/repos/shop/api/contents/link?ref=links');
    const { content } = await answer.json();
    expect(Buffer.from(content, 'base64').toString()).toBe('/etc/passwd');
  });
});
