import fc from 'fast-check';
import { Application } from '../../../schema/Application';
import { ChartOutcome, ResolveContext } from '../../desired';
import { KubeObject } from '../../kubernetes';
import { applicationOf } from './applicationOf';
import { resolveContext } from './resolveContext';

/** A random application whose dependencies all lead somewhere, with the world it is rendered in. */
export interface ArbitraryApplication {
  readonly application: Application;
  readonly context: ResolveContext;
}

interface Draft {
  readonly type: 'Deployment' | 'StatefulSet' | 'Job' | 'CronJob' | 'HelmChart';
  readonly ports: readonly { port: number; protocol: string }[];
  readonly replicas: number;
  readonly exposed: boolean;
  readonly metrics: boolean;
}

const names = ['web', 'api', 'db', 'web-api', 'constructor', 'cache'];

const draft: fc.Arbitrary<Draft> = fc.record({
  type: fc.constantFrom(
    'Deployment',
    'StatefulSet',
    'Job',
    'CronJob',
    'HelmChart',
  ),
  ports: fc.uniqueArray(
    fc.record({
      port: fc.constantFrom(53, 80, 443, 5432, 6379, 8080),
      protocol: fc.constantFrom('TCP', 'TCP', 'UDP'),
    }),
    { maxLength: 4, selector: port => `${port.port}/${port.protocol}` },
  ),
  replicas: fc.integer({ min: 0, max: 3 }),
  exposed: fc.boolean(),
  metrics: fc.boolean(),
});

/** A chart with one Deployment; each Service port leads to a container port 1000 higher, every second one by name. */
function chartObjects(name: string, { ports }: Draft): readonly KubeObject[] {
  const labels = { app: name };
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: `${name}-server` },
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            containers: [
              {
                name: 'server',
                image: 'server:1',
                ports: ports.map(({ port, protocol }) => ({
                  name: `p${port}-${protocol.toLowerCase()}`,
                  containerPort: port + 1000,
                  protocol,
                })),
              },
            ],
          },
        },
      },
    },
    ...ports.map(({ port, protocol }, index) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: `${name}-chart-${index}` },
      spec: {
        selector: labels,
        ports: [
          {
            port,
            protocol,
            targetPort:
              index % 2 === 0
                ? port + 1000
                : `p${port}-${protocol.toLowerCase()}`,
          },
        ],
      },
    })),
  ];
}

function componentOf(name: string, { type, ...rest }: Draft) {
  if (type === 'HelmChart') {
    return { name, type, chart: `charts/${name}` };
  }
  const { ports, replicas, exposed, metrics } = rest;
  const replicated = type === 'Deployment' || type === 'StatefulSet';
  // `expose` leads to the first port and is refused where that is UDP.
  const sorted = [...ports].sort((a, b) =>
    a.protocol < b.protocol ? -1 : Number(a.protocol > b.protocol),
  );
  const named = sorted.map(entry => ({
    ...entry,
    name: `p${entry.port}-${entry.protocol.toLowerCase()}`,
  }));
  const tcp = sorted.filter(({ protocol }) => protocol === 'TCP');
  return {
    name,
    type,
    image: 'registry.example.com/app:1',
    ports: named,
    ...(type === 'CronJob' ? { schedule: '0 3 * * *' } : {}),
    ...(replicated ? { replicas } : {}),
    ...(replicated && exposed && tcp.length > 0
      ? { expose: { host: `${name}.example.com` } }
      : {}),
    ...(metrics && tcp.length > 0 ? { metrics: { port: tcp[0].port } } : {}),
  };
}

function chartOf(name: string, drafted: Draft): ChartOutcome {
  return {
    kind: 'rendered',
    chart: {
      chart: `charts/${name}`,
      version: '1.2.3',
      digest: `sha256:${'a'.repeat(64)}`,
      objects: chartObjects(name, drafted),
    },
  };
}

/** Random applications of one to six components. Dependencies lead from earlier to later components: there are no rings. */
export const arbitraryApplication: fc.Arbitrary<ArbitraryApplication> = fc
  .tuple(
    fc.array(draft, { minLength: 1, maxLength: names.length }),
    fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { maxLength: 12 }),
  )
  .map(([drafts, picks]) => {
    const named = drafts.map((entry, index) => ({ name: names[index], entry }));
    const dependencies = picks.flatMap(([first, second, third]) => {
      const from = first % named.length;
      const to = second % named.length;
      const { ports } = named[to].entry;
      return from < to && ports.length > 0
        ? [
            `${named[from].name} -> ${named[to].name}:${
              ports[third % ports.length].port
            }`,
          ]
        : [];
    });
    const charts = named.filter(({ entry }) => entry.type === 'HelmChart');
    return {
      application: applicationOf(
        {
          components: named.map(({ name, entry }) => componentOf(name, entry)),
          dependencies: [...new Set(dependencies)],
        },
        'shop',
      ),
      context: resolveContext({
        charts: Object.fromEntries(
          charts.map(({ name, entry }) => [name, chartOf(name, entry)]),
        ),
      }),
    };
  });
