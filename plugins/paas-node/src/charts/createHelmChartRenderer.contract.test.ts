import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureBinaries } from '@understage/playground';
import { ChartRequest } from './ChartRenderer';
import { createHelmChartRenderer } from './createHelmChartRenderer';
import {
  describeChartRenderer,
  failureOf,
  webTemplate,
} from './testing/chartRendererContract';
import { hiddenSchemas, packChart, packEntries } from './testing/packChart';
import { ChartServer, startChartServer } from './testing/startChartServer';

jest.setTimeout(600_000);

let helm: string;
beforeAll(async () => {
  ({ helm } = await ensureBinaries({ only: ['helm'] }));
});

const chart = (
  name: string,
  version: string,
  files: Readonly<Record<string, string>>,
) => ({ name, version, archive: packChart(name, version, files) });

async function startFixture() {
  const server = await startChartServer();
  const directory = await mkdtemp(path.join(tmpdir(), 'helm-renderer-'));
  const renderer = createHelmChartRenderer({
    helm,
    repositories: { local: { url: server.url } },
    cacheDirectory: directory,
    limits: { indexAgeMs: 0, renderTimeoutMs: 20_000 },
  });
  return {
    server,
    directory,
    renderer,
    async stop() {
      await server.stop();
      await rm(directory, { recursive: true });
    },
  };
}

describeChartRenderer('createHelmChartRenderer', async () => {
  const fixture = await startFixture();
  const charts = [
    chart('web', '1.0.0', { 'templates/c.yaml': webTemplate }),
    chart('web', '1.1.0', { 'templates/c.yaml': webTemplate }),
    chart('web', '2.0.0-rc.1', { 'templates/c.yaml': webTemplate }),
    chart('broken', '1.0.0', {
      'templates/c.yaml': '{{ fail "set greeting first" }}',
    }),
  ];
  fixture.server.serve(charts);
  let reachable = true;
  fixture.server.handle('/index.yaml', (_request, response) => {
    if (!reachable) response.writeHead(503).end();
    else response.end(fixture.server.indexOf(charts));
  });
  return {
    renderer: fixture.renderer,
    setReachable: value => {
      reachable = value;
    },
    stop: fixture.stop,
  };
});

describe('createHelmChartRenderer', () => {
  let fixture: Awaited<ReturnType<typeof startFixture>>;
  let server: ChartServer;
  beforeEach(async () => {
    fixture = await startFixture();
    ({ server } = fixture);
  });
  afterEach(() => fixture.stop());
  const render = (name: string, request: Partial<ChartRequest> = {}) =>
    fixture.renderer.render({
      chart: `local/${name}`,
      values: {},
      releaseName: 'shop-x',
      namespace: 'team',
      ...request,
    });
  const serveTemplate = (template: string, files = {}) =>
    server.serve([
      chart('x', '1.0.0', { 'templates/x.yaml': template, ...files }),
    ]);
  const configMap = (data: string, annotations = '{}') =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  annotations: ${annotations}\ndata:\n  a: ${data}\n`;

  it('downloads an archive once', async () => {
    serveTemplate(configMap('x'));
    await render('x');
    await render('x', { values: { other: 1 } });
    const archives = server.asked.filter(asked => asked.endsWith('.tgz'));
    expect(archives).toEqual(['/x-1.0.0.tgz']);
    const [kept] = await readdir(path.join(fixture.directory, 'archives'));
    expect(kept).toMatch(/^[0-9a-f]{64}\.tgz$/);
  });

  it('passes on the version of the cluster and what it serves', async () => {
    serveTemplate(
      configMap(
        '"{{ .Capabilities.KubeVersion }} {{ .Capabilities.APIVersions.Has "monitoring.coreos.com/v1" }}"',
      ),
    );
    const outcome = await render('x', {
      kubeVersion: 'v1.36.3',
      apiVersions: ['monitoring.coreos.com/v1'],
    });
    expect(outcome).toMatchObject({
      chart: { objects: [{ data: { a: 'v1.36.3 true' } }] },
    });
  });

  it('keeps hooks in, for the domain to refuse, and leaves tests out', async () => {
    serveTemplate(configMap('x', '{"helm.sh/hook": "pre-install"}'), {
      'templates/test.yaml': configMap('x', '{"helm.sh/hook": "test"}'),
    });
    expect(await render('x')).toMatchObject({
      chart: {
        objects: [
          { metadata: { annotations: { 'helm.sh/hook': 'pre-install' } } },
        ],
      },
    });
  });

  it('names the custom resource definitions that it leaves out', async () => {
    serveTemplate(configMap('x'), { 'crds/a.yaml': configMap('y') });
    expect(await render('x')).toMatchObject({
      chart: { crds: ['crds/a.yaml'], objects: [{ data: { a: 'x' } }] },
    });
  });

  it('S21: lookup finds nothing and the environment holds nothing', async () => {
    process.env.UNDERSTAGE_TEST_SECRET = 'secret';
    try {
      serveTemplate(
        configMap(
          '"{{ len (lookup "v1" "Secret" "" "") }}{{ getHostByName "localhost" }}"',
        ),
      );
      expect(await render('x')).toMatchObject({
        chart: { objects: [{ data: { a: '0' } }] },
      });
      serveTemplate(configMap('{{ env "UNDERSTAGE_TEST_SECRET" }}'));
      expect(failureOf(await render('x')).message).toContain(
        'function "env" not defined',
      );
    } finally {
      delete process.env.UNDERSTAGE_TEST_SECRET;
    }
  });

  it('S21: a schema makes helm fetch nothing', async () => {
    serveTemplate(configMap('x'), {
      'values.schema.json': `{"$ref": "${server.url}/schema.json"}`,
    });
    expect((await render('x')).kind).toBe('rendered');
    expect(server.asked).not.toContain('/schema.json');
  });

  it('S21: nor does one that is hidden from other readers of the archive', async () => {
    const schema = `{"properties": {"a": {"$ref": "${server.url}/hidden"}}}`;
    const base = [
      {
        path: 'x/Chart.yaml',
        content:
          'apiVersion: v2\nname: x\nversion: 1.0.0\ndependencies: [{name: sub, version: 1.0.0}]',
      },
      { path: 'x/values.yaml', content: 'a: 1\nsub: {a: 1}' },
      { path: 'x/templates/x.yaml', content: configMap('x') },
    ];
    for (const [, entries] of hiddenSchemas(schema)) {
      const archive = packEntries([...base, ...entries]);
      server.serve([{ name: 'x', version: '1.0.0', archive }]);
      await render('x');
    }
    expect(server.asked.filter(asked => asked === '/hidden')).toEqual([]);
  });

  it('S21: nor one that refers by another keyword', async () => {
    serveTemplate(configMap('x'), {
      'values.schema.json': `{"$schema": "https://json-schema.org/draft/2019-09/schema", "properties": {"a": {"$recursiveRef": "${server.url}/hidden"}}}`,
    });
    expect((await render('x')).kind).toBe('rendered');
    expect(server.asked).not.toContain('/hidden');
  });

  it('holds values to the chart’s own schema', async () => {
    serveTemplate(configMap('x'), {
      'values.schema.json': '{"properties": {"replicas": {"type": "integer"}}}',
    });
    expect(
      failureOf(await render('x', { values: { replicas: 'three' } })).message,
    ).toContain("at '/replicas': got string, want integer");
  });

  it('S21: refuses an archive with a link before helm sees it', async () => {
    const archive = packEntries([
      {
        path: 'x/Chart.yaml',
        content: 'apiVersion: v2\nname: x\nversion: 1.0.0',
      },
      { path: 'x/templates/l', type: 'SymbolicLink', linkpath: '/etc/passwd' },
    ]);
    server.serve([{ name: 'x', version: '1.0.0', archive }]);
    expect(failureOf(await render('x')).message).toContain('is a SymbolicLink');
  });

  it('refuses an archive that is not the one of the index', async () => {
    const archive = packChart('x', '1.0.0', {});
    server.serve([
      { name: 'x', version: '1.0.0', archive, digest: 'a'.repeat(64) },
    ]);
    expect(failureOf(await render('x'))).toMatchObject({
      reason: 'ChartFailed',
      message: expect.stringContaining(
        'is not the one that its repository names',
      ),
    });
    await expect(
      readdir(path.join(fixture.directory, 'archives')),
    ).rejects.toThrow('ENOENT');
  });

  it('S14: fetches no archive from a host that is not configured', async () => {
    const archive = packChart('x', '1.0.0', {});
    server.serve([
      { name: 'x', version: '1.0.0', archive, url: 'http://169.254.169.254/x' },
    ]);
    expect(failureOf(await render('x')).message).toContain(
      'http://169.254.169.254, which is not configured',
    );
  });

  it.each([
    [
      'takes all memory',
      '{{ range until 1000000000 }}a{{ end }}',
      /more memory|longer than/,
    ],
    [
      'calls itself',
      '{{ define "a" }}{{ include "a" . }}{{ end }}{{ include "a" . }}',
      /include/,
    ],
    [
      'renders too much',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: {{ repeat 11000000 "x" }}}',
      /more than \d+ bytes|more memory/,
    ],
    ['renders no YAML', 'a: b: c', /YAML parse error/],
    ['renders no object', 'a: b', /is not a Kubernetes object/],
    ['has a typing mistake', '{{ .Values.a.b.c }}', /nil pointer/],
  ])(
    'ends a chart that %s with a sentence',
    async (_what, template, sentence) => {
      serveTemplate(template);
      const failure = failureOf(await render('x'));
      expect(failure.reason).toBe('ChartFailed');
      expect(failure.message).toMatch(sentence);
      expect(failure.message).not.toContain(tmpdir());
      expect(failure.message.length).toBeLessThan(700);
    },
  );

  it('S21: refuses values of more than a megabyte', async () => {
    serveTemplate(configMap('x'));
    const values = { a: 'x'.repeat(1024 * 1024) };
    expect(failureOf(await render('x', { values })).message).toContain(
      'larger than 1048576 bytes',
    );
  });

  it('says when helm is not there', async () => {
    serveTemplate(configMap('x'));
    const renderer = createHelmChartRenderer({
      helm: path.join(fixture.directory, 'no-helm'),
      repositories: { local: { url: server.url } },
      cacheDirectory: fixture.directory,
    });
    const outcome = await renderer.render({
      chart: 'local/x',
      values: {},
      releaseName: 'a',
      namespace: 'b',
    });
    expect(failureOf(outcome).message).toContain('can not run helm');
  });
});
