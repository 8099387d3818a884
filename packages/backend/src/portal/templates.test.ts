import scaffolderModel from '@backstage/plugin-catalog-backend-module-scaffolder-entity-model';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import catalogModulePaas from '@understage/plugin-catalog-backend-module-paas';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startPortal, until } from './__testUtils__/startPortal';

const template = `
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: greeting }
spec:
  owner: group:default/platform-engineers
  type: service
  steps:
    - { id: log, name: Log, action: 'debug:log', input: { message: hello } }
`;

/** The real scaffolder, which asks the real permission backend. */
describe('runs of templates', () => {
  let portal: Awaited<ReturnType<typeof startPortal>>;
  let directory: string;
  let task: string;
  beforeAll(async () => {
    directory = mkdtempSync(path.join(os.tmpdir(), 'policy-templates-'));
    const target = path.join(directory, 'template.yaml');
    writeFileSync(target, template);
    portal = await startPortal({
      features: [catalogModulePaas, scaffolderPlugin, scaffolderModel],
      files: [target],
    });
    await until('the template', async () => {
      const { status } = await portal.send(
        'get',
        '/api/catalog/entities/by-name/template/default/greeting',
        'sam',
      );
      return status === 200;
    });
    const { body } = await start('sam');
    task = body.id;
  }, 120_000);
  afterAll(async () => {
    await portal?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  const start = (as?: string) =>
    portal.send('post', '/api/scaffolder/v2/tasks', as, {
      body: { templateRef: 'template:default/greeting', values: {} },
    });

  it('may be started by everybody who is signed in', async () => {
    expect((await start('otto')).status).toBe(201);
    expect((await start()).status).toBe(401);
  });

  it.each([
    ['sam', true],
    ['ada', true],
    ['grace', false],
    ['otto', false],
  ])('of sam are shown to %s: %s', async (person, isShown) => {
    const one = await portal.send(
      'get',
      `/api/scaffolder/v2/tasks/${task}`,
      person,
    );
    expect(one.status === 200).toBe(isShown);
    const { body } = await portal.send(
      'get',
      '/api/scaffolder/v2/tasks',
      person,
    );
    const ids = body.tasks.map(({ id }: { id: string }) => id);
    expect(ids.includes(task)).toBe(isShown);
    const events = await portal.send(
      'get',
      `/api/scaffolder/v2/tasks/${task}/events`,
      person,
    );
    expect(events.status === 200).toBe(isShown);
  });

  it('of sam are not stopped by others', async () => {
    const address = `/api/scaffolder/v2/tasks/${task}/cancel`;
    expect((await portal.send('post', address, 'grace')).status).toBe(403);
  });

  it("are tried out by platform engineers alone: the template would be the caller's own", async () => {
    const dryRun = { template: {}, values: {}, directoryContents: [] };
    const { status } = await portal.send(
      'post',
      '/api/scaffolder/v2/dry-run',
      'sam',
      { body: dryRun },
    );
    expect(status).toBe(403);
  });
});
