import { InMemoryKube, KubeObject } from '@understage/kube';
import {
  Application,
  checkApplication,
  releaseKind,
  toRevision,
} from '@understage/plugin-paas-common';
import { applications, namespaces, pods } from '../cluster/resourceTypes';
import {
  clusterWith,
  createTestWorld,
  typeOf,
} from '../testing/createTestWorld';
import {
  liveCheckout,
  shopFile,
  shopNamespace,
  statusOf,
  webPod,
} from '../testing/fixtures';
import { until } from '../testing/until';

const key = { namespace: 'shop', name: 'checkout' };
const applied = (cluster: InMemoryKube) => cluster.get(applications, key);

describe('apply', () => {
  it('writes the file under the name that Kubernetes knows, once', async () => {
    const cluster = clusterWith(shopNamespace);
    const test = createTestWorld({ cluster, stdin: shopFile });
    const first = await test.run('apply', '-f', '-');
    expect(first).toEqual({
      code: 0,
      out: 'application shop/checkout created\n',
      err: '',
    });
    expect(await applied(cluster)).toMatchObject({
      apiVersion: 'paas.understage.dev/v1',
      spec: { components: [{ name: 'web', replicas: 2 }, { name: 'api' }] },
    });
    const again = await test.run('apply', '-f', '-');
    expect(again.out).toBe('application shop/checkout unchanged\n');
    expect(cluster.writes).toHaveLength(1);
  });

  it('says when something changed', async () => {
    const cluster = clusterWith(shopNamespace);
    await createTestWorld({ cluster, stdin: shopFile }).run('apply', '-');
    const stdin = shopFile.replace('replicas: 2', 'replicas: 3');
    const { out } = await createTestWorld({ cluster, stdin }).run('apply', '-');
    expect(out).toBe('application shop/checkout configured\n');
  });

  it('writes nothing when any document has a problem', async () => {
    const cluster = clusterWith(shopNamespace);
    const stdin = `${shopFile}---\n${shopFile.replace(
      'replicas: 2',
      'replicas: x',
    )}`;
    const { code, err } = await createTestWorld({ cluster, stdin }).run(
      'apply',
      '-',
    );
    expect(code).toBe(1);
    expect(err).toContain('nothing was done');
    expect(cluster.writes).toEqual([]);
  });

  it('only asks when it is a dry run', async () => {
    const cluster = clusterWith(shopNamespace);
    const test = createTestWorld({ cluster, stdin: shopFile });
    const { out } = await test.run('apply', '-', '--dry-run');
    expect(out).toBe('application shop/checkout created (dry run)\n');
    expect(await applied(cluster)).toBeUndefined();
  });

  it('names who else sets a field, and takes it over when told to', async () => {
    const cluster = clusterWith(shopNamespace);
    await cluster
      .writer({ fieldManager: 'portal' })
      .apply(liveCheckout(), { type: applications });
    const stdin = shopFile.replace('replicas: 2', 'replicas: 5');
    const test = createTestWorld({ cluster, stdin });
    const refused = await test.run('apply', '-');
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(/portal set fields .*--force-conflicts/);
    const forced = await test.run('apply', '-', '--force-conflicts');
    expect(forced.code).toBe(0);
  });

  it('passes on what the API server refuses', async () => {
    const cluster = new InMemoryKube({
      admit: () => 'exceeded quota: applications=5',
    });
    cluster.seed(namespaces, shopNamespace);
    const { code, err } = await createTestWorld({
      cluster,
      stdin: shopFile,
    }).run('apply', '-');
    expect(code).toBe(2);
    expect(err).toContain('exceeded quota: applications=5');
  });

  it('waits until the operator says Ready, and tells what it says before', async () => {
    const cluster = clusterWith(shopNamespace);
    const test = createTestWorld({ cluster, stdin: shopFile });
    const running = test.run('apply', '-', '--wait');
    await until(() => test.text.err.includes('has not seen it yet'));
    const operator = cluster.writer({ fieldManager: 'operator' });
    const report = async (ready: boolean) => {
      const live = await applied(cluster);
      if (!live) throw new Error('not applied');
      await operator.update(
        {
          ...live,
          status: statusOf(ready, {
            observedGeneration: live.metadata.generation,
          }),
        },
        { type: applications, subresource: 'status' },
      );
    };
    await report(false);
    await until(() => test.text.err.includes('1 of 2 pods'));
    await report(true);
    expect(await running).toMatchObject({
      code: 0,
      out: 'application shop/checkout created\n',
      err: expect.stringContaining('ready checkout: web: 2 of 2 pods ready.'),
    });
  });

  it('prints nothing but the document for programs, also when it waits', async () => {
    const cluster = clusterWith(liveCheckout({ status: statusOf(true) }));
    const { code, out } = await createTestWorld({ cluster }).run(
      'status',
      'checkout',
      '--wait',
      '-o',
      'json',
    );
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ name: 'checkout' });
  });

  it('ends with 130 when somebody stops the waiting', async () => {
    const cluster = clusterWith(shopNamespace);
    const test = createTestWorld({ cluster, stdin: shopFile });
    const running = test.run('apply', '-', '--wait');
    await until(() => test.text.err.includes('has not seen it yet'));
    test.interrupt();
    expect(await running).toMatchObject({
      code: 130,
      err: expect.stringContaining('not waiting for checkout any longer'),
    });
  });

  it('refuses an application that is given twice', async () => {
    const cluster = clusterWith(shopNamespace);
    const stdin = `${shopFile}---\n${shopFile}`;
    const { code, err } = await createTestWorld({ cluster, stdin }).run(
      'apply',
      '-',
    );
    expect(code).toBe(1);
    expect(err).toMatch(/checkout is given twice: at stdin:1 and at stdin:\d+/);
    expect(cluster.writes).toEqual([]);
  });

  it('ends with 4 and the last word of the operator when the time is over', async () => {
    const cluster = clusterWith(shopNamespace);
    const test = createTestWorld({ cluster, stdin: shopFile });
    const { code, err } = await test.run(
      'apply',
      '-',
      '--wait',
      '--timeout',
      '1s',
    );
    expect(code).toBe(4);
    expect(err).toContain(
      'is not ready after 1 s: the operator has not seen it yet',
    );
  });
});

describe('plan', () => {
  it('shows what a file would bring, and what waits for what', async () => {
    const cluster = clusterWith(shopNamespace);
    const test = createTestWorld({ cluster, stdin: shopFile });
    const { code, out, err } = await test.run('plan', '-');
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('shop/checkout\n');
    expect(out).toContain('+ Deployment checkout-api\n');
    expect(out).toMatch(
      /\? Deployment checkout-web WaitingForDependency: .*api/,
    );
    expect(out).toMatch(
      /\d+ to create, 0 to change, 0 to delete, \d+ waiting\n$/,
    );
    expect(cluster.writes).toEqual([]);
  });

  it('shows the fields that a change touches', async () => {
    const cluster = clusterWith(shopNamespace);
    await createTestWorld({ cluster, stdin: shopFile }).run('apply', '-');
    const live = await applied(cluster);
    const planned = JSON.parse(
      (await createTestWorld({ cluster }).run('plan', 'checkout', '-o', 'json'))
        .out,
    );
    for (const action of planned[0].actions) {
      if (action.kind === 'create') {
        cluster.seed(typeOf(action.object), action.object, 'understage');
      }
    }
    expect(live?.metadata.uid).toBeDefined();
    const stdin = shopFile.replace('api:1', 'api:2');
    const { out } = await createTestWorld({ cluster, stdin }).run('plan', '-');
    expect(out).toContain('~ Deployment checkout-api');
    expect(out).toMatch(/~ .*image: ".*api:1" -> ".*api:2"/);
  });

  it('refuses with 2 what belongs to somebody else, and says to whom', async () => {
    const foreign: KubeObject = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name: 'checkout-api',
        namespace: 'shop',
        annotations: { 'meta.helm.sh/release-name': 'legacy' },
      },
    };
    const cluster = clusterWith(shopNamespace, foreign);
    const test = createTestWorld({ cluster, stdin: shopFile });
    const { code, out } = await test.run('plan', '-');
    expect(code).toBe(2);
    expect(out).toMatch(
      /! Deployment checkout-api OwnedByOther: .*Helm release legacy/,
    );
  });

  it('knows the name that was meant', async () => {
    const cluster = clusterWith(shopNamespace, liveCheckout());
    const { code, err } = await createTestWorld({ cluster }).run(
      'plan',
      'chekout',
    );
    expect(code).toBe(1);
    expect(err).toContain('did you mean checkout?');
  });

  it('S27: shows no value of a Secret', async () => {
    const secret = 'c2VjcmV0LXZhbHVl';
    const cluster = clusterWith(shopNamespace);
    const test = createTestWorld({
      cluster,
      stdin: shopFile.replace(
        '  dependencies:',
        '    - { name: s, type: HelmChart, chart: local/s }\n  dependencies:',
      ),
      charts: {
        render: async () => ({
          kind: 'rendered',
          chart: {
            chart: 'local/s',
            version: '1.0.0',
            digest: `sha256:${'0'.repeat(64)}`,
            objects: [
              {
                apiVersion: 'v1',
                kind: 'Secret',
                metadata: { name: 's' },
                data: { password: secret },
              },
            ],
          },
        }),
      },
    });
    for (const format of ['table', 'json', 'yaml']) {
      const { out } = await test.run('plan', '-', '-o', format);
      expect(out).toContain('Secret');
      expect(out).not.toContain(secret);
    }
  });
});

describe('logs', () => {
  const lines = {
    'web-1/web': ['one', '\u001b[2Jtwo'],
    'web-2/web': ['three'],
  };

  it('prints each line behind its pod', async () => {
    const cluster = clusterWith(
      liveCheckout(),
      webPod('web-1'),
      webPod('web-2'),
    );
    const test = createTestWorld({ cluster, logs: lines });
    const { code, out } = await test.run(
      'logs',
      'checkout',
      '--tail',
      '5',
      '--since',
      '5m',
    );
    expect(code).toBe(0);
    expect(out).toBe('web-1 web | one\nweb-1 web | two\nweb-2 web | three\n');
    expect(test.logQueries[0]).toMatchObject({
      tailLines: 5,
      sinceSeconds: 300,
    });
  });

  it('tells pods apart by colour on a terminal', async () => {
    const cluster = clusterWith(
      liveCheckout(),
      webPod('web-1'),
      webPod('web-2'),
    );
    const test = createTestWorld({ cluster, logs: lines, terminal: true });
    const { out } = await test.run('logs', 'checkout');
    const colours = out.match(/\[3\dm(?=web-)/g);
    expect(new Set(colours).size).toBe(2);
  });

  it('reads the run before only of what ran before', async () => {
    const cluster = clusterWith(
      liveCheckout(),
      webPod('web-1'),
      webPod('web-2', 3),
    );
    const test = createTestWorld({ cluster, logs: lines });
    const { out } = await test.run('logs', 'checkout', '--previous');
    expect(out).toBe('web-2 web | three\n');
    expect(test.logQueries).toMatchObject([{ previous: true, follow: false }]);
  });

  it('follows pods that start later', async () => {
    const cluster = clusterWith(liveCheckout(), webPod('web-1'));
    const test = createTestWorld({ cluster, logs: lines });
    const running = test.run('logs', 'checkout', '-f');
    await until(() => test.text.out.includes('two'));
    cluster.seed(pods, webPod('web-2'));
    await until(() => test.text.out.includes('three'));
    test.interrupt();
    expect((await running).code).toBe(0);
  });

  it.each([
    [[], [], 'There is no application checkout in the namespace shop'],
    [[liveCheckout()], [], 'checkout has no pods in shop'],
    [[liveCheckout()], ['-c', 'wbe'], 'no component wbe: did you mean web?'],
    [[liveCheckout()], ['-f', '-c', 'api'], 'no component api: it has web'],
    [[liveCheckout()], ['--tail', 'few'], '--tail takes a number of lines.'],
    [
      [liveCheckout(), webPod('web-1')],
      ['--previous'],
      'No container of checkout has run before',
    ],
  ])(
    'says why there is nothing to print: %#',
    async (objects, args, sentence) => {
      const cluster = clusterWith(...objects);
      const { code, err } = await createTestWorld({ cluster }).run(
        'logs',
        'checkout',
        ...args,
      );
      expect(code).toBe(1);
      expect(err).toContain(sentence);
      expect(err).not.toContain('should not have happened');
    },
  );
});

describe('history and rollback', () => {
  /** A cluster with the application and two releases, as the operator keeps them. */
  async function withReleases(): Promise<InMemoryKube> {
    const cluster = clusterWith(
      shopNamespace,
      liveCheckout({ status: statusOf(true) }),
    );
    const live = await applied(cluster);
    const checked = checkApplication(live);
    if (!checked.ok || !live) throw new Error('not valid');
    const application: Application = {
      ...checked.value,
      metadata: { ...checked.value.metadata, uid: live.metadata.uid },
    };
    for (const revision of [1, 2]) {
      const [component] = application.spec.components;
      const image = `registry.example.com/web:${revision}`;
      const object = toRevision(
        {
          revision,
          spec: {
            ...application.spec,
            components: [{ ...component, image } as typeof component],
          },
          images: { web: { ref: image, from: 'component' } },
          charts: {},
          createdAt: '2026-11-23T09:00:00Z',
          hash: String(revision),
        },
        application,
        'shop',
      );
      cluster.seed(typeOf(object), object);
    }
    return cluster;
  }

  it('lists releases, newest first', async () => {
    const cluster = await withReleases();
    const { code, out } = await createTestWorld({ cluster }).run(
      'history',
      'checkout',
    );
    expect(code).toBe(0);
    const [, newest, oldest] = out.split('\n');
    expect(newest).toMatch(
      /^2 +1h +current, available +web=registry\.example\.com\/web:2/,
    );
    expect(oldest).toMatch(/^1 +1h +- /);
  });

  it('lists no release that only carries the label', async () => {
    const cluster = await withReleases();
    const revisions = { ...releaseKind };
    const { items } = await cluster.list(revisions, { namespace: 'shop' });
    const { ownerReferences: _owners, ...metadata } = items[0].metadata;
    const forged = {
      ...items[0],
      metadata: { ...metadata, name: 'forged', uid: 'forged' },
      revision: 9,
    };
    cluster.seed(revisions, forged);
    const { out } = await createTestWorld({ cluster }).run(
      'history',
      'checkout',
    );
    expect(out.trim().split('\n')).toHaveLength(3);
    expect(out).not.toMatch(/^9 /m);
  });

  it('shows what changes, asks, and pins the release before', async () => {
    const cluster = await withReleases();
    const test = createTestWorld({ cluster, terminal: true, answer: 'y' });
    const { code, out } = await test.run('rollback', 'checkout');
    expect(code).toBe(0);
    expect(out).toContain('Deployment checkout-web');
    expect(test.questions).toEqual(['Roll checkout back to release 1? [y/N] ']);
    expect(await applied(cluster)).toMatchObject({ spec: { revision: 1 } });
  });

  it('changes nothing without a yes', async () => {
    const cluster = await withReleases();
    const said = await createTestWorld({
      cluster,
      terminal: true,
      answer: '',
    }).run('rollback', 'checkout');
    expect(said).toMatchObject({
      code: 0,
      out: expect.stringContaining('Nothing was changed'),
    });
    const silent = await createTestWorld({ cluster }).run(
      'rollback',
      'checkout',
    );
    expect(silent).toMatchObject({
      code: 1,
      err: expect.stringContaining('say --yes'),
    });
    expect(cluster.writes).toEqual([]);
  });

  it.each([
    [['--to', '7'], 'has no release 7: there are 2, 1'],
    [['--to', '0'], '--to takes a release number'],
  ])('%j is a problem in the input', async (args, sentence) => {
    const cluster = await withReleases();
    const { code, err } = await createTestWorld({ cluster }).run(
      'rollback',
      'checkout',
      '--yes',
      ...args,
    );
    expect(code).toBe(1);
    expect(err).toContain(sentence);
    expect(err).not.toContain('should not have happened');
  });

  it('stays pinned when the file is applied again, says so, and lets go when told', async () => {
    const cluster = await withReleases();
    const stdin = shopFile;
    await createTestWorld({ cluster }).run(
      'rollback',
      'checkout',
      '--to',
      '1',
      '--yes',
    );
    const again = await createTestWorld({ cluster, stdin }).run(
      'apply',
      '-',
      '--force-conflicts',
    );
    expect(again.err).toContain('stays on release 1');
    const { out } = await createTestWorld({ cluster }).run(
      'rollback',
      'checkout',
      '--release',
    );
    expect(out).toContain('follows its specification again');
    expect(await applied(cluster)).not.toMatchObject({
      spec: { revision: expect.anything() },
    });
  });
});

describe('delete', () => {
  const claim: KubeObject = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name: 'checkout-data',
      namespace: 'shop',
      labels: { 'understage.dev/application': 'checkout' },
    },
  };

  it('says which volumes stay, asks, and deletes', async () => {
    const cluster = clusterWith(liveCheckout(), claim);
    const test = createTestWorld({ cluster, terminal: true, answer: 'yes' });
    const { code, out } = await test.run('delete', 'checkout');
    expect(test.questions[0]).toBe(
      'Delete shop/checkout? Its volumes stay: checkout-data. [y/N] ',
    );
    expect(code).toBe(0);
    expect(out).toContain('application shop/checkout deleted');
    expect(await applied(cluster)).toBeUndefined();
  });

  it('warns when data goes with it', async () => {
    const cluster = clusterWith(
      liveCheckout({ spec: { deletionPolicy: 'Delete' } }),
      claim,
    );
    const test = createTestWorld({ cluster, terminal: true, answer: 'n' });
    await test.run('delete', 'checkout');
    expect(test.questions[0]).toContain(
      'volumes go with it, and their data: checkout-data',
    );
    expect(await applied(cluster)).toBeDefined();
  });

  it('deletes one that is not valid, too', async () => {
    const cluster = clusterWith(liveCheckout({ spec: { components: 'none' } }));
    const { code } = await createTestWorld({ cluster }).run(
      'delete',
      'checkout',
      '--yes',
    );
    expect(code).toBe(0);
    expect(await applied(cluster)).toBeUndefined();
  });

  it('does nothing about what a file names and is not there', async () => {
    const test = createTestWorld({ cluster: clusterWith(), stdin: shopFile });
    const { code, out } = await test.run('delete', '-f', '-', '--yes');
    expect([code, out]).toEqual([
      0,
      'application shop/checkout is not there\n',
    ]);
  });
});
