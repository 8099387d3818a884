import { renderApplication } from '../renderApplication';
import { recordsAt } from '../../jsonValue';
import { applicationOf } from '../testing/applicationOf';
import { renderComponent } from '../testing/renderComponent';
import { resolveContext } from '../testing/resolveContext';

describe('the pod', () => {
  it('is as Pod Security "restricted" wants it', () => {
    const { pod, container } = renderComponent();
    expect(pod.securityContext).toEqual({
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    });
  });

  it("gets no variables of the namespace's Services, which would meet ours", () => {
    expect(renderComponent().pod.enableServiceLinks).toBe(false);
  });

  it('replaces command and arguments only where told so', () => {
    expect(
      renderComponent({ command: ['a'], args: ['b'] }).container,
    ).toMatchObject({ command: ['a'], args: ['b'] });
    expect(renderComponent().container).not.toHaveProperty('command');
  });

  it('names its ports', () => {
    expect(
      renderComponent({
        ports: [
          { name: 'http', port: 80 },
          { port: 53, protocol: 'UDP' },
        ],
      }).container.ports,
    ).toEqual([
      { name: 'http', containerPort: 80, protocol: 'TCP' },
      { name: 'p53', containerPort: 53, protocol: 'UDP' },
    ]);
  });

  it('carries quantities as the API server stores them', () => {
    const resources = {
      requests: { cpu: 0.5, memory: '1024Mi' },
      limits: { cpu: '2000m', memory: '2Gi', 'nvidia.com/gpu': 1 },
    };
    const { container } = renderComponent({
      resources: {
        ...resources,
        requests: { ...resources.requests, 'nvidia.com/gpu': 1 },
      },
    });
    expect(container.resources).toEqual({
      requests: { cpu: '500m', memory: '1Gi', 'nvidia.com/gpu': '1' },
      limits: { cpu: '2', memory: '2Gi', 'nvidia.com/gpu': '1' },
    });
    expect(
      renderComponent({ resources: { limits: {} } }).container,
    ).not.toHaveProperty('resources');
  });
});

describe('the spread of replicas', () => {
  const keys = (fields: object) =>
    recordsAt(
      renderComponent({ ...fields }).pod,
      'topologySpreadConstraints',
    ).map(({ topologyKey }) => topologyKey);
  const zone = 'topology.kubernetes.io/zone';
  const node = 'kubernetes.io/hostname';

  it.each([
    ['by default', {}, [zone, node]],
    ['over zones', { availability: { spread: 'zone' } }, [zone]],
    ['over nodes', { availability: { spread: 'node' } }, [node]],
    ['over nothing', { availability: { spread: 'none' } }, []],
    ['of a job', { type: 'Job' }, []],
  ])('%s', (_how, fields, expected) => {
    expect(keys(fields)).toEqual(expected);
  });

  it('keeps no pod from running, and is the same for one replica as for two: scaling rolls nothing', () => {
    const one = renderComponent({ replicas: 1 }).pod;
    expect(one).toEqual(renderComponent({ replicas: 2 }).pod);
    expect(one.topologySpreadConstraints).toMatchObject([
      { whenUnsatisfiable: 'ScheduleAnyway' },
      { whenUnsatisfiable: 'ScheduleAnyway' },
    ]);
  });
});

describe('probes', () => {
  const probes = (fields: object) => {
    const { startupProbe, livenessProbe, readinessProbe } = renderComponent({
      ...fields,
    }).container;
    return { startupProbe, livenessProbe, readinessProbe };
  };
  const ports = [{ port: 53, protocol: 'UDP' }, { port: 8080 }, { port: 9090 }];
  const tcpSocket = { port: 8080 };

  it('open the first TCP port by default; a slow start is granted five minutes', () => {
    expect(probes({ ports })).toEqual({
      startupProbe: { tcpSocket, periodSeconds: 5, failureThreshold: 60 },
      livenessProbe: { tcpSocket },
      readinessProbe: { tcpSocket },
    });
  });

  it('are as told, and as by default where nothing is told', () => {
    const readiness = {
      path: '/ready',
      port: 9090,
      periodSeconds: 3,
      timeoutSeconds: 2,
      failureThreshold: 4,
      initialDelaySeconds: 1,
    };
    expect(
      probes({
        ports,
        probes: { readiness, liveness: { command: ['alive'] } },
      }),
    ).toEqual({
      startupProbe: { tcpSocket, periodSeconds: 5, failureThreshold: 60 },
      livenessProbe: { exec: { command: ['alive'] } },
      readinessProbe: {
        httpGet: { path: '/ready', port: 9090 },
        periodSeconds: 3,
        timeoutSeconds: 2,
        failureThreshold: 4,
        initialDelaySeconds: 1,
      },
    });
  });

  it.each([
    ['a component without ports', {}],
    ['one with UDP alone', { ports: [{ port: 53, protocol: 'UDP' }] }],
    ['a job', { type: 'Job', ports }],
    ['a schedule', { type: 'CronJob', schedule: '* * * * *', ports }],
  ])('of %s are none', (_what, fields) => {
    expect(probes(fields)).toEqual({
      startupProbe: undefined,
      livenessProbe: undefined,
      readinessProbe: undefined,
    });
  });
});

describe('the environment', () => {
  function env(
    web: object,
    dependencies: readonly unknown[] = ['web -> db:5432'],
  ) {
    const application = applicationOf({
      components: [
        { name: 'web', type: 'Deployment', image: 'web:1', ...web },
        {
          name: 'db',
          type: 'Deployment',
          image: 'db:1',
          ports: [{ port: 5432 }, { port: 9187 }],
        },
      ],
      dependencies,
    });
    const { objects, warnings } = renderApplication(
      application,
      resolveContext(),
    );
    const deployment = objects.find(
      ({ object }) =>
        object.kind === 'Deployment' && object.metadata.name === 'shop-web',
    );
    const [container] = recordsAt(
      deployment?.object,
      'spec',
      'template',
      'spec',
      'containers',
    );
    return {
      env: recordsAt(container, 'env'),
      warnings: warnings.map(({ message }) => message),
    };
  }

  it('begins with the variables of the dependencies, so that others may refer to them', () => {
    expect(
      env({ env: [{ name: 'URL', value: 'sql://$(DB_ADDR)' }] }).env,
    ).toEqual([
      { name: 'DB_HOST', value: 'shop-db' },
      { name: 'DB_PORT', value: '5432' },
      { name: 'DB_ADDR', value: 'shop-db:5432' },
      { name: 'URL', value: 'sql://$(DB_ADDR)' },
    ]);
  });

  it('leaves out what the component sets itself', () => {
    expect(
      env({ env: [{ name: 'DB_HOST', value: 'pooler' }] }).env.map(
        ({ name }) => name,
      ),
    ).toEqual(['DB_PORT', 'DB_ADDR', 'DB_HOST']);
  });

  it('refers to secrets and configuration', () => {
    const own = [
      { name: 'KEY', secretRef: { name: 's', key: 'k' } },
      { name: 'REGION', configRef: { name: 'c', key: 'r' } },
      { name: 'EMPTY', value: '' },
    ];
    expect(env({ env: own }, []).env).toEqual([
      { name: 'KEY', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
      {
        name: 'REGION',
        valueFrom: { configMapKeyRef: { name: 'c', key: 'r' } },
      },
      { name: 'EMPTY', value: '' },
    ]);
  });

  it('keeps the first of two dependencies on one component, and says how to name the second', () => {
    const both = env({}, ['web -> db:5432', 'web -> db:9187']);
    expect(both.env).toContainEqual({ name: 'DB_PORT', value: '5432' });
    expect(both.warnings).toEqual([
      'web -> db:9187: DB_PORT already stands for another dependency. Give this one variables of its own: {from: web, to: ..., port: 9187, env: OTHER}.',
    ]);
    const named = env({}, [
      'web -> db:5432',
      { from: 'web', to: 'db', port: 9187, env: 'STATS' },
    ]);
    expect(named.warnings).toEqual([]);
    expect(named.env).toContainEqual({
      name: 'STATS_ADDR',
      value: 'shop-db:9187',
    });
  });
});
