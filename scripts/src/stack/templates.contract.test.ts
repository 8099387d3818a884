import { execFileSync } from 'node:child_process';
import path from 'node:path';
import {
  Action,
  actions,
  startTemplateWorld,
  TemplateWorld,
} from './__testUtils__/startTemplateWorld';
import { gitHost } from './gitServer';
import { waitFor } from './waitFor';

jest.setTimeout(180_000);

let world: TemplateWorld;

beforeAll(async () => {
  world = await startTemplateWorld();
});
afterAll(() => world?.stop());

const application = (name: string) => ({
  apiVersion: 'paas/v1',
  kind: 'Application',
  metadata: { name, namespace: 'shop' },
  spec: {
    components: ['web', 'api'].map(component => ({
      name: component,
      type: 'Deployment',
      image: `registry.example.com/shop/${component}:1`,
      ports: [{ port: 8080 }],
    })),
  },
});

const tenant = (name: string, description = '') => ({
  apiVersion: 'paas.understage.dev/v1',
  kind: 'Tenant',
  metadata: { name },
  spec: {
    owner: 'group:default/team-shop',
    description,
    environments: [{ name: 'main' }],
    quota: { cpu: '2', memory: '4Gi', pods: 10 },
  },
});

/** Each action on things of this name, and who may. */
const uses = (name: string): Record<Action, [who: string, values: object]> => {
  const place = { namespace: 'shop', application: name };
  return {
    'application:apply': ['sam', { application: application(name) }],
    'middleware:add': [
      'sam',
      { ...place, component: 'cache', chart: 'bitnami/redis' },
    ],
    'dependency:add': ['sam', { ...place, dependency: 'web -> api:8080' }],
    'application:delete': ['sam', { namespace: 'shop', name }],
    'tenant:create': ['ada', { tenant: tenant(name) }],
    'tenant:update': ['ada', { tenant: tenant(name, 'More') }],
    'tenant:delete': ['ada', { name, confirm: name }],
  };
};

const order: readonly Action[] = [
  'application:apply',
  'middleware:add',
  'dependency:add',
  'application:delete',
  'tenant:create',
  'tenant:update',
  'tenant:delete',
];

/** Everything of ours that is written down, with the version of what was wanted. */
async function wanted() {
  const kinds = 'applications,tenants,namespaces,deployments,networkpolicies';
  const columns = 'N:.metadata.name,U:.metadata.uid,G:.metadata.generation';
  const get = ['get', kinds, '-A', '--sort-by=.metadata.uid'];
  return world.plane.kubectl([...get, '-o', `custom-columns=${columns}`]);
}

it('tries every action there is', () => {
  expect([...order].sort()).toEqual([...actions].sort());
});

describe.each(order)('paas:%s', action => {
  const [who, values] = uses('used')[action];

  it('tried out, prints the plan and writes nothing', async () => {
    const before = await wanted();
    const log = await world.dryRun('ada', action, values);
    expect(log).toMatch(/Dry run, nothing was (written|deleted)/);
    expect(await wanted()).toBe(before);
  });

  it('does it, and the second time finds it done', async () => {
    const first = await world.act(who, action, values);
    expect(first).toMatchObject({ status: 'completed', changed: true });
    const settled = await wanted();
    const second = await world.act(who, action, values);
    expect(second).toMatchObject({ status: 'completed', changed: false });
    expect(await wanted()).toBe(settled);
  });
});

describe('somebody who may not', () => {
  const name = 'guarded';
  beforeAll(async () => {
    for (const action of ['application:apply', 'tenant:create'] as const) {
      const [who, values] = uses(name)[action];
      expect(await world.act(who, action, values)).toMatchObject({
        status: 'completed',
      });
    }
  });

  const lacks = (verb: string) =>
    new RegExp(`You lack the permission paas.${verb} for this`);
  const unseen = /There is no \w+ (shop\/)?guarded.*or it is not yours to see/;
  const nothing = /is not there, or not yours to see; nothing was deleted/;

  it.each<[Action, RegExp]>([
    ['application:apply', lacks('application.create')],
    ['middleware:add', unseen],
    ['dependency:add', unseen],
    ['application:delete', nothing],
    ['tenant:create', lacks('tenant.create or paas.tenant.update')],
    ['tenant:update', unseen],
    ['tenant:delete', nothing],
  ])('paas:%s: is told in a sentence', async (action, sentence) => {
    const before = await wanted();
    const { log, changed } = await world.act(
      'otto',
      action,
      uses(name)[action][1],
    );
    expect(log).toMatch(sentence);
    expect(changed ?? false).toBe(false);
    expect(await wanted()).toBe(before);
  });
});

describe('who the API server sees', () => {
  const name = 'whoami';
  const policy = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        resourceRules: [
          {
            apiGroups: ['paas.understage.dev'],
            apiVersions: ['*'],
            operations: ['CREATE', 'UPDATE', 'DELETE'],
            resources: ['applications', 'tenants'],
          },
        ],
      },
      validations: [
        {
          expression: `!request.name.startsWith("${name}")`,
          messageExpression:
            '"seen: " + request.userInfo.username + " " + request.userInfo.groups.join(",")',
        },
      ],
    },
  };
  const binding = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name },
    spec: { policyName: name, validationActions: ['Deny'] },
  };

  beforeAll(async () => {
    for (const action of ['application:apply', 'tenant:create'] as const) {
      const [who, values] = uses(name)[action];
      await world.act(who, action, values);
    }
    for (const object of [policy, binding]) {
      const text = JSON.stringify(object);
      await world.plane.kubectl(['create', '-f', '-'], text);
    }
    await waitFor(
      async () => {
        const annotate = ['annotate', 'tenant', name, 'a=b', '--overwrite'];
        const seen = await world.plane
          .kubectl([...annotate, '--dry-run=server'])
          .then(() => '', String);
        return seen.includes('seen:') || undefined;
      },
      { what: 'the policy to be active', timeoutMs: 20_000 },
    );
  });
  afterAll(async () => {
    const kind = 'validatingadmissionpolicybinding,validatingadmissionpolicy';
    await world.plane.kubectl(['delete', kind, name]);
  });

  const groups = {
    sam: 'understage:group:default/team-shop-developers',
    ada: 'understage:group:default/platform-engineers',
  };

  it.each(order)('paas:%s: whoever runs the template', async action => {
    const [who, values] = uses(
      action === 'tenant:create' ? 'whoami-new' : name,
    )[action];
    const more =
      action === 'application:apply'
        ? { application: application('whoami-new') }
        : values;
    const { status, log } = await world.act(who, action, more);
    expect(status).toBe('failed');
    expect(log).toContain(`seen: understage:user:default/${who} `);
    expect(log).toContain(groups[who === 'sam' ? 'sam' : 'ada']);
    expect(log).not.toContain('system:masters');
  });
});

describe('a run that is cut off', () => {
  const nodes = async (verb: 'cordon' | 'uncordon') => {
    const names = await world.plane.kubectl(['get', 'nodes', '-o', 'name']);
    await world.plane.kubectl([verb, ...names.trim().split('\n')]);
  };
  const aborted = /Run completed with status: (cancelled|failed)/;
  let isOperated = true;
  afterEach(async () => {
    await nodes('uncordon');
    if (!isOperated) await world.operator.start();
    isOperated = true;
  });

  it('by its owner leaves what a second try completes', async () => {
    await nodes('cordon');
    const [who, values] = uses('aborted')['application:apply'];
    const id = await world.begin(who, 'application-apply', values);
    await world.said(who, id, /Waiting for application/);
    await world.cancel(who, id);
    expect((await world.ended(who, id)).log).toMatch(aborted);
    const left = await world.get('application', 'aborted', 'shop');
    expect(left.metadata.generation).toBe(1);

    await nodes('uncordon');
    await world.retry(who, id);
    expect((await world.ended(who, id)).status).toBe('completed');
    const again = await world.act(who, 'application:apply', values);
    expect(again).toMatchObject({ status: 'completed', changed: false });
    const whole = await world.get('application', 'aborted', 'shop');
    expect(whole.metadata).toMatchObject({
      uid: left.metadata.uid,
      generation: 1,
    });
  });

  it('while a tenant is made leaves what a new run completes', async () => {
    await world.operator.stop();
    isOperated = false;
    const [who, values] = uses('halfway')['tenant:create'];
    const id = await world.begin(who, 'tenant-create', values);
    await world.said(who, id, /Waiting for tenant/);
    await world.cancel(who, id);
    expect((await world.ended(who, id)).log).toMatch(aborted);
    expect(await world.get('namespace', 'halfway')).toBeUndefined();

    await world.operator.start();
    isOperated = true;
    const again = await world.act(who, 'tenant:create', values);
    expect(again).toMatchObject({ status: 'completed', changed: false });
    expect(await world.get('namespace', 'halfway')).toBeDefined();
  });

  const service = (name: string, repository = name) => ({
    cluster: 'playground',
    name,
    owner: 'group:default/team-shop',
    description: 'Says hello',
    namespace: 'shop',
    repoUrl: `${gitHost}?owner=shop&repo=${repository}`,
  });
  const commits = (repository: string) =>
    execFileSync('git', ['rev-list', '--count', 'main'], {
      cwd: path.join(world.gitDirectory, 'shop', `${repository}.git`),
      encoding: 'utf8',
    }).trim();
  const locations = async (repository: string) => {
    const api = await world.as('ada');
    const text = JSON.stringify(await api.get('/api/catalog/locations'));
    return text.split(`/shop/${repository}/`).length - 1;
  };

  it('by SIGKILL of the portal goes on where it was: one application, one commit, one entry of the catalog', async () => {
    await nodes('cordon');
    const id = await world.begin(
      'sam',
      'new-nodejs-service',
      service('killed'),
    );
    await world.said('sam', id, /Finished step Enter it in the catalog/);
    await world.said('sam', id, /Waiting for application/);
    const { uid } = (await world.get('application', 'killed', 'shop')).metadata;
    const before = world.portal.pid();
    process.kill(before, 'SIGKILL');
    await waitFor(
      async () => (world.portal.pid() === before ? undefined : true),
      { what: 'another portal', timeoutMs: 30_000 },
    );
    await nodes('uncordon');
    const { status, log } = await world.ended('sam', id);
    expect(status).toBe('completed');
    expect(log.match(/Beginning step Publish the repository/g)).toHaveLength(1);
    const { metadata } = await world.get('application', 'killed', 'shop');
    expect(metadata).toMatchObject({ uid, generation: 1 });
    expect(commits('killed')).toBe('1');
    expect(await locations('killed')).toBe(1);
  });

  it('by a repository that is there already says so, and a new run with another name completes it', async () => {
    const taken = await world.run(
      'sam',
      'new-nodejs-service',
      service('second', 'killed'),
    );
    expect(taken.status).toBe('failed');
    expect(taken.log).toContain(
      'The repository shop/killed is there already and not empty; choose another name.',
    );
    expect(commits('killed')).toBe('1');
    const other = await world.run(
      'sam',
      'new-nodejs-service',
      service('second'),
    );
    expect(other.status).toBe('completed');
    expect(commits('second')).toBe('1');
  });
});
