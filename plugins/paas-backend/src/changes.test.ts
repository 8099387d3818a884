import { InMemoryKube, KubeError, RequestInfo } from '@understage/kube';
import { KubeObject } from '@understage/plugin-paas-common';
import {
  applicationType,
  clusterNamespace,
} from '@understage/plugin-paas-node';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { deny, onlyIf, StartedApi, startApi } from './__testUtils__/startApi';

const seed = readFileSync(
  path.resolve(__dirname, '../../../examples/applications/user-service.yaml'),
  'utf8',
);
const namespaceType = {
  group: '',
  version: 'v1',
  kind: 'Namespace',
  plural: 'namespaces',
  namespaced: false,
};
const address = '/applications/playground/shop/user-service';
const key = { namespace: 'shop', name: 'user-service' };

describe('changes', () => {
  let api: StartedApi;
  let kube: InMemoryKube;
  let faults: ((request: RequestInfo) => void)[];
  let allowed: (request: RequestInfo) => boolean;

  beforeEach(async () => {
    faults = [];
    allowed = () => true;
    kube = new InMemoryKube({
      name: 'playground',
      fault: request => faults.forEach(fault => fault(request)),
      allow: request => allowed(request),
    });
    kube.seed(namespaceType, clusterNamespace('shop'));
    api = await startApi({ cluster: kube });
    api.clusters.put(
      'playground',
      clusterNamespace('shop', { owner: 'team-shop' }),
    );
    api.clusters.settle();
  });
  afterEach(() => api.stop());

  const live = () => kube.get(applicationType, key);
  const spec = async () => Object((await live())?.spec);
  /** What the watch would bring. */
  async function watch() {
    const object = await live();
    if (object) api.clusters.put('playground', object);
    api.clusters.settle();
  }
  const apply = (body: object) =>
    api.send('post', '/apply').send({
      cluster: 'playground',
      namespace: 'shop',
      application: seed,
      ...body,
    });

  it('applies the seed file unchanged, as the signed-in user', async () => {
    const { body } = await apply({}).expect(200);
    expect(body).toEqual({
      kind: 'applied',
      ref: { cluster: 'playground', ...key },
      changed: true,
      warnings: [],
    });
    expect(kube.writes).toMatchObject([
      {
        name: 'user-service',
        identity: {
          user: 'understage:user:default/ada',
          groups: ['understage:group:default/team-shop'],
        },
      },
    ]);
    expect(await live()).toMatchObject({
      apiVersion: 'paas.understage.dev/v1',
      spec: { dependencies: ['frontend -> redis:6379'] },
    });
  });

  it('changes nothing the second time', async () => {
    await apply({}).expect(200);
    await watch();
    const { body } = await apply({}).expect(200);
    expect(body).toMatchObject({ changed: false });
    expect(kube.writes).toHaveLength(1);
  });

  it('takes an object as well as a text', async () => {
    const application = {
      apiVersion: 'paas/v1',
      kind: 'Application',
      metadata: { name: 'user-service' },
      spec: { components: [{ name: 'web', type: 'Deployment' }] },
    };
    await apply({ application }).expect(200);
    expect(await spec()).toMatchObject({ components: [{ name: 'web' }] });
  });

  it.each([
    [
      'an unknown field',
      seed.replace('replicas', 'replcias'),
      'did you mean `replicas`?',
    ],
    ['two documents', `${seed}\n---\n${seed}`, 'one at a time'],
    ['nothing', '# empty', 'no document'],
    [
      'another kind',
      'apiVersion: v1\nkind: Secret\nmetadata: {name: x}',
      'Application',
    ],
    ['what is no YAML', 'a: [', ''],
  ])(
    'refuses %s with its problems, and writes nothing',
    async (_, application, sentence) => {
      const { body } = await apply({ application }).expect(422);
      expect(body.kind).toBe('invalid');
      const sentences = body.problems.map(
        ({ message }: { message: string }) => message,
      );
      expect(sentences.join(' ')).toContain(sentence);
      expect(kube.writes).toEqual([]);
    },
  );

  it('refuses a document for another namespace than the request', async () => {
    const application = seed.replace(
      'name: user-service',
      'name: user-service\n  namespace: data',
    );
    const { body } = await apply({ application }).expect(422);
    expect(body.problems[0]).toMatchObject({
      path: 'metadata.namespace',
      found: 'data',
      allowed: 'shop',
    });
  });

  it('refuses a cluster that is not there', async () => {
    const { body } = await apply({ cluster: 'moon' }).expect(404);
    expect(body.error.message).toContain('there are: playground');
  });

  it('passes on what the cluster refuses, in its words', async () => {
    allowed = ({ verb }) => verb !== 'patch';
    const { body } = await apply({}).expect(403);
    expect(body.error.message).toContain('refused by the cluster');
  });

  it('says so when the cluster does not answer', async () => {
    faults.push(({ verb }) => {
      if (verb === 'patch') throw new KubeError('connection refused');
    });
    const { body } = await apply({}).expect(503);
    expect(body.error.message).toContain(
      'playground does not answer: connection refused',
    );
    expect(body.error.message).toContain('is not known');
  });

  it('does not overwrite what others set, unless told to', async () => {
    await kube
      .writer({ fieldManager: 'paas-cli' })
      .apply(cliObject({ replicas: 5 }), { type: applicationType });
    await watch();
    const { body } = await apply({}).expect(409);
    expect(body).toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('paas-cli'),
      fields: expect.arrayContaining([
        { field: expect.stringMatching(/^spec\.components/), by: 'paas-cli' },
      ]),
    });
    await apply({ force: true }).expect(200);
    expect(await spec()).toMatchObject({ components: [{ replicas: 3 }, {}] });
  });

  describe('an application that is there', () => {
    beforeEach(async () => {
      await apply({}).expect(200);
      await watch();
    });

    it('is paused and resumed, and applying its file ends no pause', async () => {
      await api.send('post', `${address}/pause`).expect(200, { changed: true });
      expect(await spec()).toMatchObject({ paused: true });
      await apply({}).expect(200);
      expect(await spec()).toMatchObject({ paused: true });
      await api.send('post', `${address}/resume`).expect(200);
      expect((await spec()).paused ?? false).toBe(false);
    });

    it('says who else holds a pause', async () => {
      const application = seed.replace('spec:', 'spec:\n  paused: true');
      await apply({ application }).expect(200);
      const { body } = await api.send('post', `${address}/resume`).expect(409);
      expect(body.error.message).toContain('somebody else set spec.paused');
    });

    it('is pinned to a release and let go, also when the CLI pinned it', async () => {
      const rollback = (revision: number | null) =>
        api.send('post', `${address}/rollback`).send({ revision });
      await rollback(2).expect(200);
      expect(await spec()).toMatchObject({ revision: 2 });
      await rollback(null).expect(200);
      expect((await spec()).revision).toBeUndefined();
      const { apiVersion, kind } = cliObject({});
      await kube
        .writer({ fieldManager: 'paas-cli-rollback' })
        .apply(
          { apiVersion, kind, metadata: key, spec: { revision: 1 } },
          { type: applicationType, force: true },
        );
      await rollback(null).expect(200);
      expect((await spec()).revision).toBeUndefined();
      await rollback(0).expect(400);
    });

    it('is deleted, but no successor of its name', async () => {
      await api.send('delete', `${address}?uid=another`).expect(409);
      expect(await live()).toBeDefined();
      await api.send('delete', address).expect(200, { changed: true });
      expect(await live()).toBeUndefined();
      await api.send('delete', address).expect(200, { changed: false });
    });

    it('is shown as it lives, without the bookkeeping', async () => {
      const { body } = await api
        .send('get', `${address}/objects?kind=Application&name=user-service`)
        .expect(200);
      expect(body.yaml).toContain('frontend -> redis:6379');
      expect(body.yaml).not.toContain('managedFields');
    });
  });

  describe('who may', () => {
    it('needs the permission to create in whose namespace it is', async () => {
      api.decisions.set(
        'paas.application.create',
        onlyIf('IS_OWNER', { claims: ['group:default/team-data'] }),
      );
      const application = seed.replace(
        'spec:',
        'spec:\n  owner: group:default/team-data',
      );
      await apply({ application }).expect(403);
      api.decisions.set(
        'paas.application.create',
        onlyIf('IS_OWNER', { claims: ['group:default/team-shop'] }),
      );
      await apply({}).expect(200);
    });

    it('needs the permission to update what is there', async () => {
      await apply({}).expect(200);
      await watch();
      api.decisions.set('paas.application.update', deny);
      await apply({}).expect(403);
      api.decisions.set('paas.application.create', deny);
      api.decisions.delete('paas.application.update');
      await apply({}).expect(200);
    });

    it('answers for what they may not see as for where they may not create', async () => {
      await apply({}).expect(200);
      await watch();
      api.decisions.set(
        'paas.application.read',
        onlyIf('IS_IN_TENANT', { tenants: ['data'] }),
      );
      api.decisions.set(
        'paas.application.create',
        onlyIf('IS_IN_TENANT', { tenants: ['data'] }),
      );
      const existing = await api
        .send('post', '/apply', 'user:default/eve')
        .send({ cluster: 'playground', namespace: 'shop', application: seed })
        .expect(403);
      const missing = await api
        .send('post', '/apply', 'user:default/eve')
        .send({
          cluster: 'playground',
          namespace: 'shop',
          application: seed.replace('user-service', 'other'),
        })
        .expect(403);
      expect(existing.body.error.message).toBe(missing.body.error.message);
    });
  });

  it('audits what was tried and what came of it, without the document', async () => {
    await apply({}).expect(200);
    await watch();
    api.decisions.set('paas.application.delete', deny);
    await api.send('delete', address).expect(403);
    expect(api.audit).toEqual([
      {
        eventId: 'application-apply',
        outcome: 'success',
        meta: { cluster: 'playground', ...key },
      },
      {
        eventId: 'application-delete',
        outcome: 'NotAllowedError',
        message: expect.stringContaining('paas.application.delete'),
        meta: { cluster: 'playground', ...key },
      },
    ]);
    expect(JSON.stringify(api.audit)).not.toContain('redis');
  });

  it('plans what applying would do, and writes nothing', async () => {
    const application = {
      apiVersion: 'paas/v1',
      kind: 'Application',
      metadata: { name: 'user-service' },
      spec: {
        components: [{ name: 'web', type: 'Deployment', image: 'web:1' }],
      },
    };
    const { body } = await api
      .send('post', '/plan')
      .send({ cluster: 'playground', namespace: 'shop', application })
      .expect(200);
    expect(body.kind).toBe('planned');
    const created = body.actions.map(
      (action: { kind: string; ref: KubeObject }) => [
        action.kind,
        action.ref.kind,
      ],
    );
    expect(created).toContainEqual(['create', 'Deployment']);
    expect(kube.writes).toEqual([]);
  });
});

function cliObject(component: object): KubeObject {
  return {
    apiVersion: 'paas.understage.dev/v1',
    kind: 'Application',
    metadata: key,
    spec: {
      components: [{ name: 'frontend', type: 'Deployment', ...component }],
    },
  };
}
