import fs from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { z } from 'zod';
import {
  ControlPlane,
  createCleanup,
  startOwnControlPlane,
} from '../controlPlane';
import { startGit } from '../gitServer';
import {
  installAdmission,
  installEngineers,
  installPlatform,
} from '../install';
import { startOperatorProcess } from '../operatorProcess';
import { PortalApi, signIn } from '../portalApi';
import { clusterName, startPortalProcess } from '../portalProcess';
import { createProgress } from '../progress';
import { applyTenants } from '../tenants';
import { waitFor } from '../waitFor';

/** What each action takes, as templates of one step pass it on. */
const inputs = {
  'application:apply': ['application'],
  'application:delete': ['namespace', 'name'],
  'middleware:add': ['namespace', 'application', 'component', 'chart'],
  'dependency:add': ['namespace', 'application', 'dependency'],
  'tenant:create': ['tenant'],
  'tenant:update': ['tenant'],
  'tenant:delete': ['name', 'confirm'],
} as const;

/** An action of the platform, without its prefix. */
export type Action = keyof typeof inputs;

/** All of them. */
export const actions = Object.keys(inputs) as Action[];

/** A template of this one step. */
function templateOf(action: Action) {
  const input = Object.fromEntries(
    inputs[action].map(key => [key, `\${{ parameters.${key} }}`]),
  );
  return {
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    kind: 'Template',
    metadata: { name: action.replace(':', '-') },
    spec: {
      owner: 'group:default/platform-engineers',
      type: 'test',
      steps: [
        {
          id: 'step',
          name: 'Step',
          action: `paas:${action}`,
          input: { cluster: clusterName, ...input },
        },
      ],
      output: { changed: '${{ steps.step.output.changed }}' },
    },
  };
}

const startedSchema = z.object({ id: z.string() });
const taskSchema = z.object({ status: z.string() });
const eventSchema = z.object({
  type: z.string(),
  body: z.looseObject({
    message: z.string().default(''),
    output: z.looseObject({ changed: z.unknown().optional() }).optional(),
  }),
});
const dryRunSchema = z.object({
  log: z.array(z.object({ body: z.object({ message: z.string() }) })),
});

/** A run of a template that has ended. */
export interface Run {
  readonly id: string;
  readonly status: string;
  readonly log: string;
  /** As the step gave it out. */
  readonly changed?: unknown;
}

/** The portal over a real cluster, with templates of one step each beside the golden paths. */
export class TemplateWorld {
  constructor(
    readonly plane: ControlPlane,
    readonly portal: { readonly url: string; readonly pid: () => number },
    readonly gitDirectory: string,
    readonly operator: { stop(): Promise<void>; start(): Promise<void> },
    readonly stop: () => Promise<void>,
  ) {}

  as(person: string): Promise<PortalApi> {
    return signIn(this.portal.url, `user:default/${person}`);
  }

  /** Starts a run; gives its number. */
  async begin(person: string, template: string, values: object) {
    const api = await this.as(person);
    const templateRef = `template:default/${template}`;
    const body = { templateRef, values };
    const answer = await api.send('POST', '/api/scaffolder/v2/tasks', body);
    return startedSchema.parse(answer).id;
  }

  async cancel(person: string, id: string) {
    const api = await this.as(person);
    await api.send('POST', `/api/scaffolder/v2/tasks/${id}/cancel`, {});
  }

  async retry(person: string, id: string) {
    const api = await this.as(person);
    const address = `/api/scaffolder/v2/tasks/${id}/retry`;
    await api.send('POST', address, { secrets: {} });
  }

  async log(person: string, id: string) {
    const api = await this.as(person);
    const events = z
      .array(eventSchema)
      .parse(await api.get(`/api/scaffolder/v2/tasks/${id}/events`));
    return {
      log: events.map(({ body }) => body.message).join('\n'),
      changed: events.findLast(({ body }) => body.output)?.body.output?.changed,
    };
  }

  /** Waits until a run said something. */
  said(person: string, id: string, what: RegExp) {
    return waitFor(
      async () => {
        const { log } = await this.log(person, id);
        if (what.test(log)) return true;
        throw new Error(log);
      },
      { what: `the run to say ${what}`, timeoutMs: 30_000 },
    );
  }

  /** Waits for the end of a run. */
  async ended(person: string, id: string): Promise<Run> {
    const status = await waitFor(
      async () => {
        const api = await this.as(person);
        const task = await api.get(`/api/scaffolder/v2/tasks/${id}`);
        const { status: found } = taskSchema.parse(task);
        const goesOn = ['open', 'processing'].includes(found);
        if (!goesOn) return found;
        throw new Error((await this.log(person, id)).log.slice(-2_000));
      },
      { what: `run ${id} to end`, timeoutMs: 60_000 },
    );
    return { id, status, ...(await this.log(person, id)) };
  }

  async run(person: string, template: string, values: object): Promise<Run> {
    return this.ended(person, await this.begin(person, template, values));
  }

  /** Runs one action. */
  act(person: string, action: Action, values: object): Promise<Run> {
    return this.run(person, action.replace(':', '-'), values);
  }

  /** Tries one action out; gives its log. */
  async dryRun(person: string, action: Action, values: object) {
    const api = await this.as(person);
    const answer = await api.send('POST', '/api/scaffolder/v2/dry-run', {
      template: templateOf(action),
      values,
      secrets: {},
      directoryContents: [],
    });
    const { log } = dryRunSchema.parse(answer);
    return log.map(({ body }) => body.message).join('\n');
  }

  async get(kind: string, name: string, namespace?: string) {
    const where = namespace ? ['-n', namespace] : [];
    const args = ['get', kind, name, ...where, '--ignore-not-found'];
    const text = await this.plane.kubectl([...args, '-o', 'json']);
    return text === '' ? undefined : JSON.parse(text);
  }
}

/** What has to outlive a portal that is killed is in files; what was left behind is soon taken up again. */
function writeConfig(directory: string): string {
  const templates = path.join(directory, 'templates.yaml');
  fs.writeFileSync(
    templates,
    actions.map(action => stringify(templateOf(action))).join('---\n'),
  );
  const file = path.join(directory, 'app-config.templates.yaml');
  const shipped = path.resolve(__dirname, '../../../..');
  const location = (target: string, allow: readonly string[]) => ({
    type: 'file',
    target,
    rules: [{ allow }],
  });
  const config = {
    backend: {
      database: {
        client: 'better-sqlite3',
        connection: { directory: path.join(directory, 'database') },
      },
    },
    scaffolder: { taskRecovery: { staleTimeout: { seconds: 3 } } },
    catalog: {
      locations: [
        location(path.join(shipped, 'examples/org.yaml'), ['User', 'Group']),
        location(path.join(shipped, 'templates/*/template.yaml'), ['Template']),
        location(templates, ['Template']),
      ],
    },
  };
  fs.writeFileSync(file, stringify(config));
  return file;
}

/** Control plane, operator, Git server and portal, and the tenants of the examples. */
export async function startTemplateWorld(): Promise<TemplateWorld> {
  const cleanup = createCleanup();
  const progress = createProgress({ write: () => {}, now: () => 0 });
  const kept = { onUnexpectedExit: () => {} };
  try {
    const plane = await startOwnControlPlane(
      { install: false, nodes: 3, port: 0, examples: 'none' },
      progress,
    );
    cleanup.add(() => plane.stop());
    await installPlatform(plane);
    await installAdmission(plane);
    await installEngineers(plane);
    let operator = await startOperatorProcess(plane, kept);
    cleanup.add(() => operator.process.stop());
    await applyTenants(plane);
    const git = await startGit(plane, progress);
    cleanup.add(() => git?.stop());
    const { process, url } = await startPortalProcess(plane, {
      ...kept,
      port: 0,
      git,
      config: writeConfig(plane.directory),
    });
    cleanup.add(() => process.stop());
    const world = new TemplateWorld(
      plane,
      { url, pid: () => process.pid },
      path.join(plane.directory, 'git'),
      {
        stop: () => operator.process.stop(),
        async start() {
          operator = await startOperatorProcess(plane, kept);
        },
      },
      () => cleanup.run(),
    );
    await templatesKnown(world);
    return world;
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}

/** The catalog has read all templates and people. */
async function templatesKnown(world: TemplateWorld) {
  const names = [...actions.map(each => each.replace(':', '-')), 'new-tenant'];
  await waitFor(
    async () => {
      const api = await world.as('sam');
      for (const name of [...names, 'new-nodejs-service']) {
        await api.get(`/api/catalog/entities/by-name/template/default/${name}`);
      }
      return true;
    },
    { what: 'the catalog to know the templates', timeoutMs: 60_000 },
  );
}
