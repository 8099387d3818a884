import scaffolderModel from '@backstage/plugin-catalog-backend-module-scaffolder-entity-model';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import giteaModule from '@backstage/plugin-scaffolder-backend-module-gitea';
import catalogModulePaas from '@understage/plugin-catalog-backend-module-paas';
import scaffolderModulePaas from '@understage/plugin-scaffolder-backend-module-paas';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, IncomingMessage, Server } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { startPortal, until } from './__testUtils__/startPortal';

// Backstage's own steps: without signs that JSON spells in another way, see docs/guides/templates.md.
const plain = "hunter2's &<angled>/+pass phrase";
// Those of the platform: with them.
const quoted = 'hunter2"\\quoted';
const password = 'git-password-0815';

const step = (name: string, action: string, input: string) => `
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: ${name} }
spec:
  owner: group:default/platform-engineers
  type: service
  steps:
    - id: step
      name: Step
      action: '${action}'
      input: ${input}
---
`;

const ways = {
  plain: '${{ secrets.token }}',
  dump: '${{ secrets.token | dump }}',
  base64: '${{ secrets.token | base64 }}',
  urlencode: '${{ secrets.token | urlencode }}',
  escape: '${{ secrets.token | escape }}',
  upper: '${{ secrets.token | upper }}',
};

const templates = [
  ...Object.entries(ways).map(([name, text]) =>
    step(`logs-${name}`, 'debug:log', JSON.stringify({ message: text })),
  ),
  step(
    'fails',
    'paas:tenant:create',
    JSON.stringify({
      cluster: 'playground',
      tenant: {
        apiVersion: 'paas.understage.dev/v1',
        kind: 'Tenant',
        metadata: { name: '${{ secrets.token }}' },
        spec: { owner: '${{ secrets.token }}', environments: [] },
      },
    }),
  ),
  step(
    'repeats',
    'debug:log',
    JSON.stringify({ message: '${{ parameters.text }}' }),
  ),
  step(
    'publishes',
    'publish:gitea',
    JSON.stringify({ repoUrl: '${{ parameters.repoUrl }}', description: 'x' }),
  ),
];

describe('what is secret in a run of a template', () => {
  let portal: Awaited<ReturnType<typeof startPortal>>;
  let directory: string;
  let stranger: Server;
  const asked: IncomingMessage[] = [];
  let elsewhere: string;

  beforeAll(async () => {
    stranger = createServer((request, response) => {
      asked.push(request);
      response.writeHead(404).end();
    }).listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    const address = stranger.address();
    elsewhere = `127.0.0.1:${typeof address === 'object' && address?.port}`;
    directory = mkdtempSync(path.join(os.tmpdir(), 'secret-templates-'));
    const target = path.join(directory, 'templates.yaml');
    writeFileSync(target, templates.join(''));
    portal = await startPortal({
      features: [
        catalogModulePaas,
        scaffolderPlugin,
        scaffolderModel,
        giteaModule,
        scaffolderModulePaas,
      ],
      files: [target],
      config: {
        integrations: {
          gitea: [
            {
              host: 'git.playground',
              baseUrl: 'http://127.0.0.1:9',
              username: 'understage',
              password,
            },
          ],
        },
      },
    });
    await until('the templates', async () => {
      const { status } = await portal.send(
        'get',
        '/api/catalog/entities/by-name/template/default/publishes',
        'sam',
      );
      return status === 200;
    });
  }, 120_000);
  afterAll(async () => {
    await portal?.stop();
    stranger?.close();
    if (directory) rmSync(directory, { recursive: true, force: true });
  });

  /** Everything that a run shows of itself. */
  async function run(template: string, body: object) {
    const started = await portal.send(
      'post',
      '/api/scaffolder/v2/tasks',
      'sam',
      { body: { templateRef: `template:default/${template}`, ...body } },
    );
    expect(started.status).toBe(201);
    const address = `/api/scaffolder/v2/tasks/${started.body.id}`;
    await until('the run to end', async () => {
      const { body: task } = await portal.send('get', address, 'sam');
      return !['open', 'processing'].includes(task.status);
    });
    const task = await portal.send('get', address, 'sam');
    const events = await portal.send('get', `${address}/events`, 'sam');
    const messages: string[] = events.body.map(
      (event: { body: { message: string } }) => event.body.message,
    );
    return {
      log: messages.join('\n'),
      all: JSON.stringify([task.body, events.body]),
    };
  }

  const spellings = (secret: string) => [
    secret,
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('base64'),
    encodeURIComponent(secret),
    secret.toUpperCase(),
    'hunter2',
    'HUNTER2',
  ];

  it.each(Object.keys(ways))('S16: is not in its log: %s', async name => {
    const secrets = { token: plain };
    const { log, all } = await run(`logs-${name}`, { values: {}, secrets });
    expect(log).toContain('Finished step Step');
    for (const text of spellings(plain)) expect(all).not.toContain(text);
  });

  it('S16: is not in the log of a step of the platform that fails and quotes it', async () => {
    const secrets = { token: quoted };
    const { log, all } = await run('fails', { values: {}, secrets });
    expect(log).toContain('Run completed with status: failed');
    for (const text of spellings(quoted)) expect(all).not.toContain(text);
  });

  const tried = [
    ['debug:log', { message: '${{ secrets.token }}' }],
    [
      'paas:tenant:create',
      { cluster: 'playground', tenant: '${{ secrets.token }}' },
    ],
  ] as const;
  it.each(tried)(
    'S16: is not in what %s says that is tried out',
    async (action, input) => {
      const { body, status } = await portal.send(
        'post',
        '/api/scaffolder/v2/dry-run',
        'ada',
        {
          body: {
            template: {
              apiVersion: 'scaffolder.backstage.io/v1beta3',
              kind: 'Template',
              metadata: { name: 'tried' },
              spec: {
                owner: 'group:default/platform-engineers',
                type: 'service',
                steps: [
                  {
                    id: 'step',
                    name: 'Step',
                    action,
                    input,
                  },
                ],
              },
            },
            values: {},
            secrets: { token: plain },
            directoryContents: [],
          },
        },
      );
      expect(status).toBe(action === 'debug:log' ? 200 : 400);
      expect(JSON.stringify(body)).toContain('***');
      for (const text of spellings(plain)) {
        expect(JSON.stringify(body)).not.toContain(text);
      }
    },
  );

  it('S16: is not reached by an expression that somebody writes into a form', async () => {
    const text = '${{ secrets.token }} {{ 7 * 7 }} ${{ 7 * 7 }}';
    const values = { text };
    const { log } = await run('repeats', { values, secrets: { token: plain } });
    expect(log).toContain(text);
    expect(log).not.toMatch(/49|hunter2/);
  });

  describe('S20: no credential goes to the address', () => {
    it.each([
      'ELSEWHERE?owner=shop&repo=x',
      'git.playground@ELSEWHERE?owner=shop&repo=x',
      'ELSEWHERE/git.playground?owner=shop&repo=x',
      'git.playground:80@ELSEWHERE?owner=shop&repo=x',
      'ELSEWHERE#git.playground?owner=shop&repo=x',
      'git.playground.ELSEWHERE?owner=shop&repo=x',
      'git.playground:9999?owner=shop&repo=x',
    ])('%s', async text => {
      const repoUrl = text.replace('ELSEWHERE', elsewhere);
      const { log, all } = await run('publishes', { values: { repoUrl } });
      expect(log).toMatch(
        /No matching integration configuration|Invalid repo URL/,
      );
      expect(asked).toEqual([]);
      expect(all).not.toContain(password);
    });
  });
});
