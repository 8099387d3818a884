import { toRevision } from '@understage/plugin-paas-common';
import { planFor } from './planFor';
import {
  namespace,
  now,
  application,
  setUp,
  kindsOf,
  imageOf,
} from './__testUtils__/planWorld';

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
