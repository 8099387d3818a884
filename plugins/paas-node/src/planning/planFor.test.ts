import { KubeError } from '@understage/kube';
import {
  Action,
  Application,
  checkApplication,
  KubeObject,
  toRevision,
} from '@understage/plugin-paas-common';
import { createChartRendererDouble } from '../charts';
import { createClusterViewDouble } from './createClusterViewDouble';
import { planFor } from './planFor';

const namespace = 'shop';
const now = () => new Date('2026-11-23T10:00:00Z');

/** A chart with a Service on 6379 and a StatefulSet; `version` shows in the pods' image. */
const redis =
  (version: string) =>
  ({ releaseName }: { releaseName: string }): KubeObject[] => {
    const labels = { app: 'redis', release: releaseName };
    return [
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: `${releaseName}-master` },
        spec: {
          selector: labels,
          ports: [{ name: 'redis', port: 6379, targetPort: 6379 }],
        },
      },
      {
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        metadata: { name: `${releaseName}-master` },
        spec: {
          serviceName: `${releaseName}-master`,
          replicas: 1,
          selector: { matchLabels: labels },
          template: {
            metadata: { labels },
            spec: {
              containers: [
                {
                  name: 'redis',
                  image: `redis:${version}`,
                  ports: [{ name: 'redis', containerPort: 6379 }],
                },
              ],
            },
          },
        },
      },
    ];
  };

function application(spec: Record<string, unknown> = {}): Application {
  const checked = checkApplication({
    apiVersion: 'paas/v1',
    kind: 'Application',
    metadata: { name: 'user-service' },
    spec: {
      components: [
        {
          name: 'frontend',
          type: 'Deployment',
          replicas: 3,
          image: 'frontend:1',
        },
        { name: 'redis', type: 'HelmChart', chart: 'bitnami/redis' },
      ],
      dependencies: ['frontend -> redis:6379'],
      ...spec,
    },
  });
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return {
    ...checked.value,
    metadata: { ...checked.value.metadata, namespace, uid: 'uid-1' },
  };
}

function setUp(versions = ['18.0.0']) {
  const charts = createChartRendererDouble({
    bitnami: {
      redis: Object.fromEntries(
        versions.map(version => [version, redis(version)]),
      ),
    },
  });
  const view = createClusterViewDouble({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: namespace,
      labels: { 'understage.dev/tenant': 'retail' },
    },
  });
  const plan = (app = application(), renderer = charts) =>
    planFor({
      view,
      application: app,
      namespace,
      charts: renderer,
      platform: { expose: { kind: 'Ingress' } },
      now,
    });
  /** Does what an operator does, without a server's defaults. */
  const execute = async (app = application(), renderer = charts) => {
    const planned = await plan(app, renderer);
    if (planned.release.kind === 'new') {
      view.put(toRevision(planned.release.release, app, namespace));
    }
    for (const action of planned.plan.actions) {
      if (action.kind === 'create' || action.kind === 'update') {
        view.put({
          ...action.object,
          metadata: {
            ...action.object.metadata,
            namespace,
            uid: `uid-of-${action.ref.kind}-${action.ref.name}`,
          },
        });
      }
      if (action.kind === 'delete') {
        const gone = view
          .objects()
          .find(({ metadata }) => metadata.uid === action.uid);
        if (gone) view.remove(gone);
      }
    }
    return planned;
  };
  const makeAvailable = (kind: string, replicas: number) => {
    for (const object of view.objects().filter(each => each.kind === kind)) {
      view.put({
        ...object,
        status: {
          replicas,
          readyReplicas: replicas,
          updatedReplicas: replicas,
          availableReplicas: replicas,
          currentReplicas: replicas,
        },
      });
    }
  };
  return { charts, view, plan, execute, makeAvailable };
}

const kindsOf = (actions: readonly Action[]) =>
  [...new Set(actions.map(({ kind }) => kind))].sort();

const imageOf = (objects: readonly KubeObject[]) =>
  JSON.stringify(objects.find(({ kind }) => kind === 'StatefulSet')).match(
    /redis:[\d.]+/,
  )?.[0];

describe('planFor', () => {
  it('creates a new application, dependencies first', async () => {
    const { plan } = setUp();
    const { plan: planned, desired, release } = await plan();
    expect(desired.tenant).toBe('retail');
    expect(kindsOf(planned.actions)).toEqual(['create', 'wait']);
    expect(
      planned.actions.find(({ ref }) => ref.kind === 'Deployment'),
    ).toMatchObject({ kind: 'wait', reason: 'WaitingForDependency' });
    expect(release).toMatchObject({ kind: 'new', release: { revision: 1 } });
  });

  it('has nothing to do once everything is there', async () => {
    const { execute, makeAvailable, plan } = setUp();
    await execute();
    makeAvailable('StatefulSet', 1);
    await execute();
    makeAvailable('Deployment', 3);
    const { plan: planned, release, problems } = await plan();
    expect(kindsOf(planned.actions)).toEqual(['none']);
    expect(release).toMatchObject({ kind: 'kept', release: { revision: 1 } });
    expect(problems).toEqual([]);
  });

  it('keeps the chart that it has when the repository has a newer one', async () => {
    const { execute, plan, view } = setUp(['18.0.0']);
    await execute();
    const newer = setUp(['18.0.0', '19.0.0']);
    const { release, plan: planned } = await plan(application(), newer.charts);
    expect(release.kind).toBe('kept');
    expect(planned.actions.filter(({ kind }) => kind === 'update')).toEqual([]);
    expect(newer.charts.requests).toEqual([]);
    expect(imageOf(view.objects())).toBe('redis:18.0.0');
  });

  it('asks for the chart again when its values change', async () => {
    const { execute, plan } = setUp(['18.0.0']);
    await execute();
    const newer = setUp(['18.0.0', '19.0.0']);
    const changed = application({
      components: [
        {
          name: 'redis',
          type: 'HelmChart',
          chart: 'bitnami/redis',
          values: { a: 1 },
        },
      ],
      dependencies: [],
    });
    const { release } = await plan(changed, newer.charts);
    expect(release).toMatchObject({
      kind: 'new',
      release: { revision: 2, charts: { redis: { version: '19.0.0' } } },
    });
  });

  it('does not need the repository for what it has', async () => {
    const { execute, plan, charts } = setUp();
    await execute();
    charts.setReachable('bitnami', false);
    const { plan: planned } = await plan();
    expect(planned.actions.map(({ kind }) => kind)).not.toContain('refuse');
  });

  it('says which repository is down for what it does not have, and goes on with the rest', async () => {
    const { plan, charts } = setUp();
    charts.setReachable('bitnami', false);
    const independent = application({ dependencies: [] });
    const { plan: planned } = await plan(independent);
    expect(planned.actions).toContainEqual(
      expect.objectContaining({
        component: 'redis',
        reason: 'RepositoryUnreachable',
      }),
    );
    expect(
      planned.actions.find(({ ref }) => ref.kind === 'Deployment')?.kind,
    ).toBe('create');
  });

  it('brings a pinned release back as it was, whatever became of chart and file', async () => {
    const { execute, makeAvailable, view } = setUp(['18.0.0']);
    await execute();
    makeAvailable('StatefulSet', 1);
    const newer = setUp(['19.0.0']);
    const changed = application({
      components: [
        { name: 'frontend', type: 'Deployment', image: 'frontend:2' },
        {
          name: 'redis',
          type: 'HelmChart',
          chart: 'bitnami/redis',
          version: '19.0.0',
        },
      ],
    });
    await execute(changed, newer.charts);
    expect(imageOf(view.objects())).toBe('redis:19.0.0');
    newer.charts.setReachable('bitnami', false);
    const pinned = { ...changed, spec: { ...changed.spec, revision: 1 } };
    const planned = await execute(pinned, newer.charts);
    expect(planned.release).toMatchObject({
      kind: 'kept',
      release: { revision: 1 },
    });
    expect(imageOf(view.objects())).toBe('redis:18.0.0');
    expect(JSON.stringify(view.objects())).toContain('frontend:1');
    expect(planned.desired.components[0].image).toEqual({
      ref: 'frontend:1',
      from: 'component',
    });
  });

  it('touches nothing when the pinned release is gone, and says which there are', async () => {
    const { execute, plan } = setUp();
    await execute();
    const pinned = application({ revision: 7 });
    const { plan: planned, release } = await plan(pinned);
    expect(release).toEqual({ kind: 'none' });
    expect(kindsOf(planned.actions)).toEqual(['keep', 'refuse']);
    expect(planned.actions).toContainEqual(
      expect.objectContaining({
        reason: 'RevisionNotFound',
        message:
          'spec.revision pins release 7, which is not kept: there are 1. Set another one, or take the field away.',
      }),
    );
  });

  it('sees an object of somebody else under a name that it wants', async () => {
    const { plan, view } = setUp();
    view.put({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'user-service-frontend', namespace, uid: 'theirs' },
    });
    const { plan: planned } = await plan();
    expect(planned.actions).toContainEqual(
      expect.objectContaining({
        kind: 'refuse',
        reason: 'OwnedByOther',
        ref: expect.objectContaining({ name: 'user-service-frontend' }),
      }),
    );
  });

  it('leaves the bare name to whoever has it', async () => {
    const { plan, view } = setUp();
    view.put({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name: 'redis',
        namespace,
        labels: { 'understage.dev/application': 'cache' },
      },
    });
    const { desired } = await plan();
    expect(desired.warnings).toContainEqual(
      expect.objectContaining({
        reason: 'NameTaken',
        message: expect.stringContaining('application cache'),
      }),
    );
    expect(
      desired.objects.map(
        ({ object }) => `${object.kind} ${object.metadata.name}`,
      ),
    ).not.toContain('Service redis');
  });

  it('deletes nothing when a kind can not be read, and says which', async () => {
    const { execute, plan, view } = setUp();
    await execute();
    view.forbid('Secret', 'secrets is forbidden: no');
    const smaller = application({
      components: [
        { name: 'frontend', type: 'Deployment', image: 'frontend:1' },
      ],
      dependencies: [],
    });
    const { plan: planned, snapshot, problems } = await plan(smaller);
    expect(snapshot.complete).toBe(false);
    expect(problems).toEqual([
      'Secret objects in shop can not be read: secrets is forbidden: no',
    ]);
    expect(kindsOf(planned.actions)).not.toContain('delete');
    view.forbid('Secret');
    expect(kindsOf((await plan(smaller)).plan.actions)).toContain('delete');
  });

  it.each([
    ['of nobody', []],
    [
      'of an earlier application of this name',
      [{ kind: 'Application', name: 'user-service', uid: 'uid-0' }],
    ],
    [
      'of a StatefulSet, whose pods carry our labels',
      [{ kind: 'StatefulSet', name: 'user-service-redis', uid: 'uid-7' }],
    ],
  ])('takes no release from a revision %s', async (_, owners) => {
    const { plan, execute, view } = setUp();
    await execute();
    const kept = await plan();
    if (kept.release.kind !== 'kept') throw new Error('no release was kept');
    const forged = toRevision(
      { ...kept.release.release, revision: 99, hash: 'forged' },
      application(),
      namespace,
    );
    view.put({
      ...forged,
      metadata: {
        ...forged.metadata,
        ownerReferences: owners.map(owner => ({
          apiVersion: 'apps/v1',
          controller: true,
          ...owner,
        })),
      },
    });
    const { release, releases, problems } = await plan();
    expect(release).toEqual(kept.release);
    expect(releases.map(({ revision }) => revision)).toEqual([1]);
    expect(problems).toEqual([]);
  });

  it('goes on without a release that can not be read, and says so', async () => {
    const { plan, view } = setUp();
    view.put({
      apiVersion: 'apps/v1',
      kind: 'ControllerRevision',
      metadata: {
        name: 'user-service-4',
        namespace,
        labels: { 'understage.dev/application': 'user-service' },
        ownerReferences: [
          {
            apiVersion: 'paas.understage.dev/v1',
            kind: 'Application',
            name: 'user-service',
            uid: 'uid-1',
            controller: true,
          },
        ],
      },
      revision: 4,
      data: { what: 'ever' },
    });
    const { releases, problems, snapshot } = await plan();
    expect(releases).toEqual([]);
    expect(problems[0]).toContain('user-service-4');
    expect(snapshot.complete).toBe(true);
  });

  it('gives up with its caller', async () => {
    const { view, charts } = setUp();
    await expect(
      planFor({
        view,
        application: application(),
        namespace,
        charts,
        platform: { expose: { kind: 'Ingress' } },
        now,
        signal: AbortSignal.abort(new Error('enough')),
      }),
    ).rejects.toThrow('enough');
  });
});

describe('charts', () => {
  it('are rendered for the version of the cluster, asked for once a plan', async () => {
    const { charts, view, plan } = setUp();
    view.serveVersion('v1.34.1');
    await plan();
    expect(charts.requests).toMatchObject([{ kubeVersion: 'v1.34.1' }]);
  });

  it('that a release holds stay as they are when the cluster is upgraded', async () => {
    const { charts, view, plan, execute } = setUp();
    view.serveVersion('v1.34.1');
    await execute();
    view.serveVersion('v1.35.0');
    const { release } = await plan();
    expect(release.kind).toBe('kept');
    expect(charts.requests).toHaveLength(1);
  });

  it('need no version where none are to be rendered', async () => {
    const { view, plan } = setUp();
    view.kubeVersion = async () => {
      throw new Error('nobody was to ask');
    };
    const components = [
      { name: 'frontend', type: 'Deployment', image: 'frontend:1' },
    ];
    await expect(
      plan(application({ components, dependencies: [] })),
    ).resolves.toBeDefined();
  });
});

describe('the domains of a namespace', () => {
  it.each<[string, Record<string, string>, boolean]>([
    ['without a Tenant', {}, false],
    ['of the tenant', { 'understage.dev/domains': 'example.com' }, false],
    ['of another', { 'understage.dev/domains': 'example.org' }, true],
    ['of which there are none', { 'understage.dev/domains': '' }, true],
  ])(
    'decide which hosts are refused: a namespace with those %s',
    async (_, annotations, isRefused) => {
      const { view, plan } = setUp();
      view.put({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: namespace, annotations },
      });
      const { desired, plan: planned } = await plan(
        application({
          components: [
            {
              name: 'web',
              type: 'Deployment',
              image: 'web:1',
              ports: [{ port: 80 }],
              expose: { host: 'shop.example.com' },
            },
          ],
          dependencies: [],
        }),
      );
      expect(desired.components[0].blocked?.reason === 'HostNotAllowed').toBe(
        isRefused,
      );
      const kinds = planned.actions.map(({ ref }) => ref.kind);
      expect(kinds.includes('Ingress')).toBe(!isRefused);
    },
  );
});

describe('the owner of a namespace', () => {
  const owned = (owner?: string): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: namespace,
      ...(owner && { annotations: { 'understage.dev/owner': owner } }),
    },
  });

  it.each([
    ['nobody owns', undefined, 'team-data', 0],
    ['the same team owns', 'Team-Shop', 'group:default/team-shop', 0],
    ['another team owns', 'team-shop', 'team-data', 1],
  ])(
    'outranks the specification, which is told: a namespace that %s',
    async (_, owner, declared, count) => {
      const { view, plan } = setUp();
      view.put(owned(owner));
      const { desired, plan: planned } = await plan(
        application({ owner: declared }),
      );
      const told = desired.warnings.filter(
        ({ reason }) => reason === 'OwnerOverruled',
      );
      expect(told).toHaveLength(count);
      if (count > 0) {
        expect(told[0].message).toContain(
          'names group:default/team-data, but this namespace belongs to group:default/team-shop',
        );
      }
      // It runs all the same.
      expect(kindsOf(planned.actions)).toContain('create');
    },
  );
});

describe('planning hosts', () => {
  const host = 'shop.example.com';
  const exposing = () =>
    application({
      components: [
        {
          name: 'frontend',
          type: 'Deployment',
          image: 'frontend:1',
          ports: [{ name: 'http', port: 80 }],
          expose: { host },
        },
      ],
      dependencies: [],
    });
  const claim = (kind: string, of: string, spec: unknown): KubeObject => ({
    apiVersion:
      kind === 'Ingress'
        ? 'networking.k8s.io/v1'
        : 'gateway.networking.k8s.io/v1',
    kind,
    metadata: { name: 'web', namespace: of, uid: `uid-of-${of}` },
    spec,
  });

  it.each([
    ['an Ingress', claim('Ingress', 'far', { rules: [{ host }] })],
    [
      'an HTTPRoute',
      claim('HTTPRoute', 'far', { hostnames: ['*.example.com'] }),
    ],
  ])('refuses one that %s of another namespace has', async (_, foreign) => {
    const { view, plan } = setUp();
    view.put(foreign);
    const planned = await plan(exposing());
    expect(planned.plan.actions).toContainEqual(
      expect.objectContaining({ kind: 'refuse', reason: 'HostTaken' }),
    );
    expect(planned.problems).toEqual([]);
    view.remove(foreign);
    const { plan: after } = await plan(exposing());
    expect(after.actions.map(({ kind }) => kind)).not.toContain('refuse');
  });

  it('asks nobody when no host is wanted', async () => {
    const { view, plan } = setUp();
    view.forbid('Ingress', 'no');
    view.claimants = async () => {
      throw new Error('nobody was to be asked');
    };
    await expect(plan()).resolves.toBeDefined();
  });

  it('goes by the own namespace for a reader who may see no other, and says so', async () => {
    const { view, plan } = setUp();
    view.claimants = async type => {
      throw new KubeError(`${type.plural} is forbidden`, { status: 403 });
    };
    const planned = await plan(exposing());
    expect(planned.problems).toEqual([
      expect.stringContaining(
        `Whether another namespace has ${host} can not be seen: ingresses`,
      ),
      expect.stringContaining('httproutes of all namespaces'),
    ]);
    view.put(claim('Ingress', namespace, { rules: [{ host }] }));
    const { plan: refused } = await plan(exposing());
    expect(refused.actions).toContainEqual(
      expect.objectContaining({ reason: 'HostTaken' }),
    );
  });

  it('gives no host away on a guess: a cluster that does not answer is no free host', async () => {
    const { view, plan } = setUp();
    view.claimants = async () => {
      throw new KubeError('connection reset');
    };
    await expect(plan(exposing())).rejects.toThrow('connection reset');
  });
});
