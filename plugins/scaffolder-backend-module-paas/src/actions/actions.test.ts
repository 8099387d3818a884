import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { ApiDouble } from '../__testUtils__/apiDouble';
import { runStep } from '../__testUtils__/runStep';
import { createActions } from './createActions';
import { tenantCreateExamples } from './examples';

const application = {
  apiVersion: 'paas/v1',
  kind: 'Application',
  metadata: { name: 'greeter', namespace: 'shop' },
  spec: {
    components: [
      { name: 'web', type: 'Deployment', ports: [{ port: 8080 }] },
      { name: 'redis', type: 'HelmChart', chart: 'bitnami/redis' },
    ],
  },
};
const ref = { cluster: 'playground', namespace: 'shop' };
const { tenant } = parse(tenantCreateExamples[0].example).steps[0].input;

let api: ApiDouble;
beforeEach(() => {
  api = new ApiDouble();
});
const apply = (more: object = {}, options = {}) =>
  runStep(
    api,
    'paas:application:apply',
    { cluster: 'playground', application, ...more },
    options,
  );
const written = () => api.calls.filter(({ route }) => route === 'POST /apply');

describe('examples', () => {
  const all = createActions({ connect: new ApiDouble().connect, portal: '' });
  const examples = all.flatMap(({ id, examples: texts = [] }) =>
    texts.map(({ description, example }) => ({ id, description, example })),
  );

  it('are there for every action, each of which can be tried out and says what it takes and gives', () => {
    expect(new Set(examples.map(({ id }) => id)).size).toBe(all.length);
    for (const { supportsDryRun, schema, description } of all) {
      expect(supportsDryRun).toBe(true);
      expect(description).toMatch(/as whoever runs the template/);
      expect(schema?.input?.properties).not.toHaveProperty('token');
      expect(schema?.output?.properties).toMatchObject({
        entityRef: {},
        links: {},
      });
    }
  });

  it.each(examples)('$id: $description', async ({ id, example }) => {
    const workspacePath = fs.mkdtempSync(path.join(os.tmpdir(), 'example-'));
    fs.writeFileSync(
      path.join(workspacePath, 'application.yaml'),
      JSON.stringify(application),
    );
    await apply({
      application: {
        ...application,
        spec: { components: [application.spec.components[0]] },
      },
    });
    if (id === 'paas:dependency:add') await apply();
    if (id !== 'paas:tenant:create') {
      await runStep(api, 'paas:tenant:create', {
        cluster: 'playground',
        tenant,
      });
    }
    const { steps } = parse(example);
    expect(steps[0].action).toBe(id);
    const { outputs } = await runStep(api, id, steps[0].input, {
      workspacePath,
    });
    expect(outputs.changed).toBe(true);
    fs.rmSync(workspacePath, { recursive: true });
  });
});

describe('paas:application:apply', () => {
  it('writes as whoever runs the template, follows it, and gives entity, page and place', async () => {
    const { log, outputs } = await apply();
    expect(outputs).toEqual({
      ...ref,
      name: 'greeter',
      changed: true,
      entityRef: 'system:shop/greeter',
      links: [
        {
          title: 'Application greeter',
          url: 'http://portal/paas/playground/shop/greeter',
        },
      ],
    });
    expect(new Set(api.calls.map(({ as }) => as))).toEqual(
      new Set(['user:default/sam']),
    );
    expect(log).toContain('Ready: It is Ready.');
  });

  it('names the entity of another cluster as the catalog does', async () => {
    const { outputs } = await apply({ cluster: 'far' });
    expect(outputs.entityRef).toBe('system:shop/greeter.far');
  });

  it('in a dry run prints the plan and writes nothing', async () => {
    const { log, outputs } = await apply({}, { isDryRun: true });
    expect(log.join('\n')).toMatch(/Service/);
    expect(log.at(-1)).toBe(
      'Dry run, nothing was written: 1 to create, 0 to change, 0 to delete.',
    );
    expect(outputs).toEqual({});
    expect(api.held.size).toBe(0);
  });

  it("refuses bad input with the API's sentences", async () => {
    const bad = {
      ...application,
      spec: { components: [{ name: 'web', type: 'Deploymnet' }] },
    };
    const run = apply({ application: bad });
    await expect(run).rejects.toThrow(InputError);
    await expect(run).rejects.toThrow(/spec\.components\[0\].*Deployment/);
  });

  it.each([
    [403, NotAllowedError],
    [404, NotFoundError],
    [409, ConflictError],
  ])('fails with the sentence of HTTP %s', async (status, kind) => {
    api.failures.push({ status, message: 'The sentence.' });
    const run = apply();
    await expect(run).rejects.toThrow(kind);
    await expect(run).rejects.toThrow('The sentence.');
  });

  it('rerun after a failure behind the write follows it and does not write again', async () => {
    const checkpoints = new Map();
    api.state = 'Progressing';
    await expect(
      apply({ timeoutSeconds: 0.001 }, { checkpoints }),
    ).rejects.toThrow(/Waited .* It is not undone/);
    api.held.forEach(held => Object.assign(held, { state: 'Ready' }));
    const { outputs } = await apply({}, { checkpoints });
    expect(outputs.changed).toBe(true);
    expect(written()).toHaveLength(1);
  });

  it('run twice from the beginning finds everything as asked', async () => {
    await apply();
    expect((await apply()).outputs.changed).toBe(false);
  });

  it('ends at once when the run is cancelled', async () => {
    api.state = 'Progressing';
    const run = new AbortController();
    const began = Date.now();
    setTimeout(() => run.abort(), 50);
    await expect(apply({}, { signal: run.signal })).rejects.toThrow(/abort/i);
    expect(Date.now() - began).toBeLessThan(2_000);
  });

  it('goes on following while the portal starts again', async () => {
    const run = apply();
    await new Promise(done => setTimeout(done, 100));
    api.failures.push({ status: 503, message: 'Starting.' });
    expect((await run).log).toEqual(
      expect.arrayContaining(['Starting.', 'Ready: It is Ready.']),
    );
  });

  it('does not wait for what answers in a form that nobody knows', async () => {
    const run = apply();
    await new Promise(done => setTimeout(done, 100));
    api.failures.push({ status: 200, message: 'Of a later version.' });
    await expect(run).rejects.toThrow(/a form that this version does not know/);
  });

  it.each([{}, { path: 'a.yaml', application }])(
    'takes one of application and path',
    async more => {
      const input = { cluster: 'playground', ...more };
      await expect(
        runStep(api, 'paas:application:apply', input),
      ).rejects.toThrow(InputError);
    },
  );
});

describe('S15: a path of the workspace', () => {
  let workspacePath: string;
  beforeEach(() => {
    workspacePath = fs.mkdtempSync(path.join(os.tmpdir(), 'workspace-'));
    const secret = `${workspacePath}-secret`;
    fs.writeFileSync(secret, JSON.stringify(application));
    const link = (target: string, name: string) =>
      fs.symlinkSync(target, path.join(workspacePath, name));
    link(secret, 'link.yaml');
    link('link.yaml', 'chain.yaml');
    link('/nowhere', 'dangling.yaml');
    link('/etc', 'folder');
    fs.writeFileSync(path.join(workspacePath, 'here.yaml'), 'x');
    link('here.yaml', 'inside.yaml');
    const big = path.join(workspacePath, 'big.yaml');
    fs.writeFileSync(big, '');
    fs.truncateSync(big, 10 * 1024 ** 3);
    fs.mkdirSync(path.join(workspacePath, 'directory'));
  });
  afterEach(() => {
    fs.rmSync(workspacePath, { recursive: true });
    fs.rmSync(`${workspacePath}-secret`);
  });

  it.each([
    '../secret',
    '/etc/passwd',
    'link.yaml',
    'chain.yaml',
    'dangling.yaml',
    'folder/passwd',
    'inside.yaml',
    'big.yaml',
    'directory',
    'missing.yaml',
    '.',
  ])('%s is refused, and nobody is asked', async file => {
    await expect(
      apply({ application: undefined, path: file }, { workspacePath }),
    ).rejects.toThrow();
    expect(api.calls).toEqual([]);
  });
});

describe('S16: a secret of the run', () => {
  const secret = 'pass "word"\\';
  const options = { secrets: { token: secret } };

  it('is not in the error that quotes it', async () => {
    const metadata = { name: secret, namespace: 'shop' };
    const error: Error = await apply(
      { application: { ...application, metadata } },
      options,
    ).catch(thrown => thrown);
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toContain('***');
    expect(`${error.message} ${error.stack}`).not.toContain('word');
  });

  it('is not in the log of a follower that lost its way', async () => {
    const run = apply({}, options);
    await new Promise(done => setTimeout(done, 100));
    api.failures.push({ status: 503, message: JSON.stringify(secret) });
    const { log } = await run;
    expect(log).toContain('"***"');
  });
});

describe('S17: names', () => {
  const action = createActions({ connect: api?.connect, portal: '' }).find(
    ({ id }) => id === 'paas:tenant:delete',
  );
  it.each(['a; rm -rf /', '-n', 'a\nb', 'Shop', '__proto__', '../x', ''])(
    '%j is none',
    name => {
      const { pattern } = Object(action?.schema?.input?.properties?.name);
      expect(new RegExp(pattern).test(name)).toBe(false);
    },
  );
});

describe('paas:application:delete', () => {
  const remove = (options = {}) =>
    runStep(
      api,
      'paas:application:delete',
      { ...ref, name: 'greeter' },
      options,
    );

  it('deletes, and is done where there is nothing', async () => {
    await apply();
    expect((await remove()).outputs.changed).toBe(true);
    expect((await remove()).outputs.changed).toBe(false);
  });

  it('in a dry run says what would go', async () => {
    await apply();
    expect((await remove({ isDryRun: true })).log.join()).toMatch(/would go/);
    expect(api.held.size).toBe(1);
  });
});

describe('what is added to an application', () => {
  const middleware = (more: object = {}) =>
    runStep(api, 'paas:middleware:add', {
      ...ref,
      application: 'greeter',
      component: 'cache',
      chart: 'bitnami/redis',
      ...more,
    });
  const dependency = (text: string) =>
    runStep(api, 'paas:dependency:add', {
      ...ref,
      application: 'greeter',
      dependency: text,
    });
  const spec = () =>
    Object(
      api.held.get('/applications/playground/shop/greeter')?.document.spec,
    );

  it('is added once, however often the step runs', async () => {
    await apply();
    expect((await middleware()).outputs.changed).toBe(true);
    expect((await middleware()).outputs.changed).toBe(false);
    await dependency('web -> cache:6379');
    await dependency('web  ->  cache:6379');
    expect(spec().components).toHaveLength(3);
    expect(spec().dependencies).toEqual(['web -> cache:6379']);
  });

  it('takes no other component of the name away', async () => {
    await apply();
    await expect(middleware({ component: 'web' })).rejects.toThrow(
      /another component named web/,
    );
  });

  it('needs an application', async () => {
    await expect(middleware()).rejects.toThrow(NotFoundError);
  });

  it('is refused when it is no dependency', async () => {
    await apply();
    await expect(dependency('web => cache')).rejects.toThrow(InputError);
  });
});

describe('tenants', () => {
  const write = (to: string, document: object, options = {}) =>
    runStep(
      api,
      `paas:tenant:${to}`,
      { cluster: 'playground', tenant: { ...document } },
      { person: 'ada', ...options },
    );
  const larger = { ...tenant, spec: { ...tenant.spec, description: 'More' } };

  it('are created once; another of the name is refused, and changed by update', async () => {
    expect((await write('create', tenant)).outputs).toMatchObject({
      changed: true,
      entityRef: 'domain:default/billing',
    });
    expect((await write('create', tenant)).outputs.changed).toBe(false);
    await expect(write('create', larger)).rejects.toThrow(ConflictError);
    expect((await write('update', larger)).outputs.changed).toBe(true);
  });

  it('are not updated before they are there', async () => {
    await expect(write('update', tenant)).rejects.toThrow(/paas:tenant:create/);
  });

  it('are refused with every sentence before anybody is asked', async () => {
    await expect(
      write('create', { ...tenant, metadata: { name: 'kube-system' } }),
    ).rejects.toThrow(/metadata\.name/);
    expect(api.calls).toEqual([]);
  });

  it('in a dry run print the plan and write nothing', async () => {
    const { log } = await write('create', tenant, { isDryRun: true });
    expect(log.at(-1)).toMatch(/^Dry run/);
    expect(api.held.size).toBe(0);
  });

  it('go only when their name was repeated, and are done where there is none', async () => {
    await write('create', tenant);
    const remove = (confirm: string) =>
      runStep(api, 'paas:tenant:delete', {
        cluster: 'playground',
        name: 'billing',
        confirm,
      });
    await expect(remove('bill')).rejects.toThrow(/repeat the tenant's name/);
    expect((await remove('billing')).outputs.changed).toBe(true);
    expect((await remove('billing')).outputs.changed).toBe(false);
  });
});
