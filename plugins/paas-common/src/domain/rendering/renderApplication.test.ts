import {
  chartDeployment,
  chartObject,
  chartService,
} from '../charts/testing/chartObjects';
import { ChartOutcome, Desired } from '../desired';
import { KubeObject } from '../kubernetes';
import { renderApplication } from './renderApplication';
import { applicationOf } from './testing/applicationOf';
import { resolveContext } from './testing/resolveContext';

const web = {
  name: 'web',
  type: 'Deployment',
  image: 'web:1',
  ports: [{ port: 80 }],
};
const redis = { name: 'redis', type: 'HelmChart', chart: 'bitnami/redis' };

function rendered(...objects: readonly KubeObject[]): ChartOutcome {
  return {
    kind: 'rendered',
    chart: {
      chart: 'bitnami/redis',
      version: '18.1.0',
      digest: 'sha256:1',
      objects,
    },
  };
}

function render(
  components: readonly Readonly<Record<string, unknown>>[],
  dependencies: readonly unknown[] = [],
  charts: Readonly<Record<string, ChartOutcome>> = {},
): Desired {
  return renderApplication(
    applicationOf({ components, dependencies }),
    resolveContext({ charts }),
  );
}

function component(desired: Desired, name: string) {
  const found = desired.components.find(entry => entry.name === name);
  if (found === undefined) throw new Error(`no component ${name}`);
  return found;
}

describe('a component without an image', () => {
  it('waits alone: the rest of the application goes on', () => {
    const desired = render([web, { name: 'api', type: 'Deployment' }]);
    expect(component(desired, 'api')).toMatchObject({
      objects: [],
      blocked: { reason: 'AwaitingImage' },
    });
    expect(component(desired, 'web').objects.length).toBeGreaterThan(0);
    expect(desired.refusals).toEqual([]);
  });

  it('is waited for by its callers, which are rendered meanwhile', () => {
    const desired = render(
      [web, { name: 'api', type: 'Deployment', ports: [{ port: 80 }] }],
      ['web -> api:80'],
    );
    expect(component(desired, 'web')).toMatchObject({ dependsOn: ['api'] });
    expect(component(desired, 'web').blocked).toBeUndefined();
  });
});

describe('a chart', () => {
  const chart = rendered(chartDeployment(), chartService());

  it('is a component with its version, its digest and the image that it runs', () => {
    const desired = render([redis], [], { redis: chart });
    expect(component(desired, 'redis')).toMatchObject({
      chart: { name: 'bitnami/redis', version: '18.1.0', digest: 'sha256:1' },
      image: { ref: 'redis:7', from: 'chart' },
    });
  });

  it.each([
    [
      'that was not asked for',
      {},
      {
        reason: 'ChartFailed',
        message:
          'redis: chart bitnami/redis was not rendered, so its objects are not known.',
      },
    ],
    [
      'that does not exist',
      {
        redis: {
          kind: 'failed' as const,
          reason: 'ChartNotFound' as const,
          message: 'there is no such chart.',
        },
      },
      { reason: 'ChartNotFound', message: 'redis: there is no such chart.' },
    ],
    ['that renders nothing', { redis: rendered() }, { reason: 'ChartEmpty' }],
    [
      'that renders what it may not',
      { redis: rendered(chartObject('Namespace')) },
      { reason: 'KindNotAllowed' },
    ],
  ])(
    '%s blocks its component alone',
    (_what, charts: Record<string, ChartOutcome>, blocked) => {
      const desired = render([web, redis], [], charts);
      expect(component(desired, 'redis')).toMatchObject({
        objects: [],
        blocked,
      });
      expect(component(desired, 'web').blocked).toBeUndefined();
    },
  );

  it('that is refused lists each refusal, and keeps its digest for the report', () => {
    const desired = render([redis], [], {
      redis: rendered(chartObject('Namespace'), chartObject('ClusterRole')),
    });
    expect(
      desired.refusals.map(
        ({ reason, component: name }) => `${name} ${reason}`,
      ),
    ).toEqual(['redis KindNotAllowed', 'redis KindNotAllowed']);
    expect(component(desired, 'redis').chart?.digest).toBe('sha256:1');
  });

  it('gives its caller the same variables while it can not be rendered: nothing is rolled', () => {
    const env = (charts: Record<string, ChartOutcome>) => {
      const { objects } = render([web, redis], ['web -> redis:6379'], charts);
      return objects.find(
        ({ object }) =>
          object.kind === 'Deployment' && object.metadata.name === 'shop-web',
      )?.object.spec;
    };
    const failed: ChartOutcome = {
      kind: 'failed',
      reason: 'RepositoryUnreachable',
      message: 'no answer.',
    };
    expect(env({ redis: failed })).toEqual(env({ redis: chart }));
    expect(JSON.stringify(env({ redis: chart }))).toContain(
      '"value":"shop-redis:6379"',
    );
  });

  it('is not found under names of the prototype', () => {
    const desired = render([{ ...redis, name: 'constructor' }]);
    expect(component(desired, 'constructor').blocked).toMatchObject({
      reason: 'ChartFailed',
    });
  });
});

describe('a dependency on a port that a chart does not offer', () => {
  const desired = render([web, redis], ['web -> redis:6380'], {
    redis: rendered(chartDeployment(), chartService()),
  });

  it('is refused with what is offered, and its caller is left as it is', () => {
    const message =
      'web -> redis:6380: redis does not listen on 6380. It offers 6379 (Service shop-redis-master).';
    expect(desired.refusals).toEqual([
      { component: 'web', reason: 'UnknownDependency', message },
    ]);
    expect(component(desired, 'web')).toMatchObject({
      objects: [],
      blocked: { reason: 'UnknownDependency', message },
      image: { ref: 'web:1' },
    });
    expect(component(desired, 'redis').blocked).toBeUndefined();
  });
});

describe('objects of one name', () => {
  it('of a chart and a component belong to the component that comes first; the other is refused', () => {
    const chart = rendered(
      chartDeployment({}, { name: 'shop-web' }),
      chartService(),
    );
    const desired = render([web, redis], [], { redis: chart });
    expect(component(desired, 'redis')).toMatchObject({
      objects: [],
      blocked: {
        reason: 'NameTaken',
        message:
          'redis: Deployment shop-web is also rendered for component web. Rename one of the two components.',
      },
    });
    expect(desired.refusals).toMatchObject([
      {
        component: 'redis',
        reason: 'NameTaken',
        ref: { kind: 'Deployment', name: 'shop-web' },
      },
    ]);
    const turned = render([redis, web], [], { redis: chart });
    expect(component(turned, 'web').blocked).toMatchObject({
      reason: 'NameTaken',
    });
  });

  it('are found where two components and a volume make the same name', () => {
    const volume = (name: string) => [
      { name, size: '1Gi', mountPath: '/data' },
    ];
    const desired = render([
      { name: 'a', type: 'Deployment', image: 'a:1', volumes: volume('b-c') },
      { name: 'a-b', type: 'Deployment', image: 'a:1', volumes: volume('c') },
    ]);
    expect(component(desired, 'a-b').blocked).toMatchObject({
      reason: 'NameTaken',
    });
    expect(component(desired, 'a').blocked).toBeUndefined();
  });

  it('block one component after the other until none are left', () => {
    const chart = (name: string) =>
      rendered(chartDeployment({}, { name }), chartService());
    const charts = ['one', 'two', 'three'].map(name => ({ ...redis, name }));
    const desired = render(charts, [], {
      one: chart('same'),
      two: chart('same'),
      three: chart('same'),
    });
    expect(desired.components.map(({ blocked }) => blocked?.reason)).toEqual([
      undefined,
      'NameTaken',
      'NameTaken',
    ]);
    expect(new Set(desired.objects.map(({ component: name }) => name))).toEqual(
      new Set(['one']),
    );
  });
});

describe('what nobody checked', () => {
  const application = applicationOf({ components: [web] });
  const withDependencies = (
    dependencies: (typeof application.spec)['dependencies'],
  ) =>
    renderApplication(
      { ...application, spec: { ...application.spec, dependencies } },
      resolveContext(),
    );

  it.each([
    ['web -> nobody:80'],
    ['nobody -> web:80'],
    ['web -> web:80'],
    ['nonsense'],
    [''],
  ])('the dependency %j is refused, not thrown', text => {
    const { refusals } = withDependencies([text]);
    expect(refusals).toHaveLength(1);
    expect(refusals[0].message).not.toBe('');
  });
});

describe('an image of a pinned release', () => {
  it('is what runs, whatever the component says now', () => {
    const pinnedImages = {
      web: { ref: 'web@sha256:abc', from: 'build' as const },
    };
    const desired = renderApplication(
      applicationOf({ components: [web] }),
      resolveContext({ pinnedImages }),
    );
    expect(component(desired, 'web').image).toEqual(pinnedImages.web);
    expect(JSON.stringify(desired.objects)).toContain(
      '"image":"web@sha256:abc"',
    );
  });
});
