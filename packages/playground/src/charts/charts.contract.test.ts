import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { ensureBinaries } from '../binaries/ensureBinaries';
import { packagePath } from '../packageDirectory';
import { startPlayground } from '../startPlayground';
import { serveCharts } from './serveCharts';
import type { ChartRepository } from './serveCharts';

jest.setTimeout(120_000);

const run = promisify(execFile);
const examples = packagePath('..', '..', 'examples');

let home: string;
let helm: string;
let good: ChartRepository;
let bad: ChartRepository;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'helm-home-'));
  ({ helm } = await ensureBinaries({ only: ['helm'] }));
  good = await serveCharts({ directory: join(examples, 'charts') });
  bad = await serveCharts({ directory: join(examples, 'charts-bad') });
});
afterAll(async () => {
  await good?.stop();
  await bad?.stop();
  rmSync(home, { recursive: true });
});

/** Renders a chart out of a repository as release `user-service-cache` in namespace `shop`. */
async function template(
  repository: ChartRepository,
  chart: string,
  ...args: string[]
): Promise<string> {
  const { stdout } = await run(
    helm,
    [
      'template',
      'user-service-cache',
      chart,
      '--repo',
      repository.url,
      '--namespace',
      'shop',
      ...args,
    ],
    {
      env: {
        PATH: process.env.PATH,
        HELM_CACHE_HOME: join(home, 'cache'),
        HELM_CONFIG_HOME: join(home, 'config'),
        HELM_DATA_HOME: join(home, 'data'),
      },
    },
  );
  return stdout;
}

async function objects(
  repository: ChartRepository,
  chart: string,
  ...args: string[]
) {
  return parseAllDocuments(await template(repository, chart, ...args))
    .map(document => document.toJS())
    .filter(object => object !== null);
}

function names(list: readonly { kind: string; metadata: { name: string } }[]) {
  return list.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort();
}

describe('the example charts, rendered by helm from the local repository', () => {
  it('redis: a master behind Services named as redis charts name them', async () => {
    expect(names(await objects(good, 'redis'))).toEqual([
      'ConfigMap user-service-cache-redis-configuration',
      'Secret user-service-cache-redis',
      'Service user-service-cache-redis-headless',
      'Service user-service-cache-redis-master',
      'ServiceAccount user-service-cache-redis',
      'StatefulSet user-service-cache-redis-master',
    ]);
  });

  it('redis: read replicas, an own Secret and no volume when the values say so', async () => {
    const rendered = await objects(
      good,
      'redis',
      '--set',
      'replica.replicaCount=2,auth.existingSecret=mine,persistence.enabled=false',
    );
    expect(names(rendered)).toEqual(
      expect.arrayContaining([
        'Service user-service-cache-redis-replicas',
        'StatefulSet user-service-cache-redis-replicas',
      ]),
    );
    expect(names(rendered)).not.toContain('Secret user-service-cache-redis');
    const claims = rendered
      .filter(({ kind }) => kind === 'StatefulSet')
      .map(({ spec }) => spec.volumeClaimTemplates);
    expect(claims).toEqual([undefined, undefined]);
  });

  it('postgresql: one server behind a Service of the release', async () => {
    expect(names(await objects(good, 'postgresql'))).toEqual([
      'Secret user-service-cache-postgresql',
      'Service user-service-cache-postgresql',
      'Service user-service-cache-postgresql-headless',
      'ServiceAccount user-service-cache-postgresql',
      'StatefulSet user-service-cache-postgresql',
    ]);
  });

  it.each(['redis', 'postgresql'])(
    '%s: rendering twice gives equal bytes',
    async chart => {
      expect(await template(good, chart)).toBe(await template(good, chart));
    },
  );

  it.each(['redis', 'postgresql'])(
    '%s: pods keep to the restricted security profile',
    async chart => {
      const sets = (await objects(good, chart)).filter(
        ({ kind }) => kind === 'StatefulSet',
      );
      expect(sets).toHaveLength(1);
      const pod = sets[0].spec.template.spec;
      expect(pod.securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      for (const container of pod.containers) {
        expect(container.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
        expect(container.resources.limits.memory).toBeDefined();
      }
    },
  );
});

describe('the example charts on a cluster', () => {
  it('get ready, with their volumes, in a namespace of the restricted security profile', async () => {
    const playground = await startPlayground();
    try {
      await playground.kubectl(['create', 'namespace', 'shop']);
      await playground.kubectl([
        'label',
        'namespace',
        'shop',
        'pod-security.kubernetes.io/enforce=restricted',
      ]);
      for (const chart of ['redis', 'postgresql']) {
        await playground.kubectl(
          ['-n', 'shop', 'apply', '--server-side', '-f', '-'],
          await template(good, chart),
        );
      }
      for (const set of ['redis-master', 'postgresql']) {
        const name = `statefulset/user-service-cache-${set}`;
        expect(
          await playground.kubectl([
            '-n',
            'shop',
            'rollout',
            'status',
            name,
            '--timeout=60s',
          ]),
        ).toContain('complete');
      }
    } finally {
      await playground.stop();
    }
  });
});

describe('the charts with a fault, each with its one', () => {
  it('cluster-role renders a ClusterRole', async () => {
    expect(names(await objects(bad, 'cluster-role'))).toContain(
      'ClusterRole user-service-cache-reader',
    );
  });

  it('hook renders a hook', async () => {
    expect(await template(bad, 'hook')).toContain(
      'helm.sh/hook: post-install,post-upgrade',
    );
  });

  it('other-namespace writes into kube-system', async () => {
    const namespaces = (await objects(bad, 'other-namespace')).map(
      o => o.metadata.namespace,
    );
    expect(namespaces).toContain('kube-system');
  });

  it('nothing renders nothing, unless enabled', async () => {
    expect(await objects(bad, 'nothing')).toEqual([]);
    expect(await objects(bad, 'nothing', '--set', 'enabled=true')).toHaveLength(
      1,
    );
  });

  it('with-schema refuses values that its schema does not know', async () => {
    expect(await objects(bad, 'with-schema')).toHaveLength(1);
    await expect(
      template(bad, 'with-schema', '--set', 'size=huge'),
    ).rejects.toThrow(/size/);
    await expect(
      template(bad, 'with-schema', '--set', 'siez=small'),
    ).rejects.toThrow(/siez/);
  });

  it('looks-up renders without a cluster as if nothing were there', async () => {
    const [object] = await objects(bad, 'looks-up');
    expect(object.data).toEqual({
      greeting: 'release user-service-cache in shop',
      found: 'false',
    });
  });

  it('two-services exposes its ports under names of its own', async () => {
    expect(names(await objects(bad, 'two-services'))).toEqual([
      'Service user-service-cache-admin',
      'Service user-service-cache-web',
    ]);
  });

  it('broken-template fails with a sentence of its author', async () => {
    await expect(template(bad, 'broken-template')).rejects.toThrow('set owner');
  });

  it('a chart that is not there is not found', async () => {
    await expect(template(good, 'rediss')).rejects.toThrow(/rediss/);
  });
});
