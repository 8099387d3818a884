import { startTestBackend, mockServices } from '@backstage/backend-test-utils';
import { Entity, entityKindSchemaValidator } from '@backstage/catalog-model';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import { templateEntityV1beta3Validator } from '@backstage/plugin-scaffolder-common';
import { checkApplication } from '@understage/plugin-paas-common';
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import request from 'supertest';
import { parse } from 'yaml';
import { scaffolderModulePaas } from './module';

const run = promisify(execFile);
const folder = path.resolve(__dirname, '../../../templates');
const names = fs.readdirSync(folder);
const read = (name: string) =>
  parse(fs.readFileSync(path.join(folder, name, 'template.yaml'), 'utf8'));

const filesOf = (root: string) =>
  fs
    .readdirSync(root, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.relative(root, path.join(entry.parentPath, entry.name)))
    .sort();

describe('every template', () => {
  it.each(names)('%s is one that the catalog takes', async name => {
    const entity = read(name);
    expect(entity.metadata.name).toBe(name);
    await expect(templateEntityV1beta3Validator.check(entity)).resolves.toBe(
      true,
    );
  });

  it.each(names)('%s asks for no secret', name => {
    expect(JSON.stringify(read(name))).not.toMatch(/secrets\.|token|password/i);
  });
});

describe('every field that asks for a repository', () => {
  interface Field {
    readonly 'ui:field'?: string;
    readonly 'ui:options'?: { readonly allowedHosts?: readonly string[] };
  }
  const fields = names.flatMap(name => {
    const pages: { properties: Record<string, Field> }[] =
      read(name).spec.parameters;
    return pages
      .flatMap(({ properties }) => Object.values(properties))
      .filter(field => field['ui:field'] === 'RepoUrlPicker')
      .map(field => ({ name, field }));
  });

  // Backstage's picker offers no host at all when none is named.
  it.each(fields)('of $name names the hosts that it offers', ({ field }) => {
    expect(field['ui:options']?.allowedHosts).toEqual(['git.playground']);
  });
});

// What people may write: none of it is evaluated, and all of it arrives.
const hostile =
  'Says "hello" ${{ 7 * 7 }} {{ 7 * 7 }} {% raw %} ${{ secrets.backstageToken | dump }}: # yes';

describe.each(['new-nodejs-service', 'new-static-site'])(
  'the files of %s, rendered by the scaffolder',
  name => {
    let backend: Awaited<ReturnType<typeof startTestBackend>>;
    let made: string;
    beforeAll(async () => {
      backend = await startTestBackend({
        features: [
          scaffolderPlugin,
          scaffolderModulePaas,
          mockServices.rootConfig.factory({ data: {} }),
        ],
      });
      const root = path.join(folder, name);
      const template = read(name);
      const [files] = template.spec.steps;
      const { body, status } = await request(backend.server)
        .post('/api/scaffolder/v2/dry-run')
        .send({
          template: {
            ...template,
            spec: { ...template.spec, steps: [files], output: {} },
          },
          values: {
            name: 'greeter',
            owner: 'group:default/team-shop',
            description: hostile,
            cluster: 'playground',
            namespace: 'shop',
            repoUrl: 'git.example.com?owner=shop&repo=greeter',
          },
          secrets: {},
          directoryContents: filesOf(root).map(file => ({
            path: file,
            base64Content: fs.readFileSync(path.join(root, file), 'base64'),
          })),
        });
      expect(status).toBe(200);
      made = fs.mkdtempSync(path.join(os.tmpdir(), 'rendered-'));
      for (const file of body.directoryContents) {
        const target = path.join(made, file.path);
        fs.mkdirSync(path.dirname(target), { recursive: true });
        fs.writeFileSync(target, Buffer.from(file.base64Content, 'base64'));
      }
    }, 60_000);
    afterAll(async () => {
      await backend?.stop();
      if (made) fs.rmSync(made, { recursive: true });
    });
    const yaml = (file: string) =>
      parse(fs.readFileSync(path.join(made, file), 'utf8'));

    it('are those of the skeleton', () => {
      expect(filesOf(made)).toEqual(
        filesOf(path.join(folder, name, 'skeleton')),
      );
    });

    it('S16: hold what was written as it was written', () => {
      expect(yaml('application.yaml').spec.description).toBe(hostile);
      expect(yaml('catalog-info.yaml').metadata.description).toBe(hostile);
      const page = fs.readFileSync(path.join(made, 'docs/index.md'), 'utf8');
      expect(page).toContain(hostile);
    });

    it('are an Application without a problem, and an entity of the catalog', () => {
      const checked = checkApplication(yaml('application.yaml'));
      expect(checked).toMatchObject({ ok: true, warnings: [] });
      const entity: Entity = yaml('catalog-info.yaml');
      const schema = path.join(
        path.dirname(require.resolve('@backstage/catalog-model/package.json')),
        'dist/schema/kinds/Component.v1alpha1.schema.json',
      );
      expect(
        fs.existsSync(schema)
          ? entityKindSchemaValidator(
              JSON.parse(fs.readFileSync(schema, 'utf8')),
            )(entity)
          : entity,
      ).toBeTruthy();
      expect(entity.spec?.owner).toBe('group:default/team-shop');
    });

    it('pass their own tests, where they have some', async () => {
      const tests = path.join(made, 'test');
      if (!fs.existsSync(tests)) return;
      const { NODE_OPTIONS, ...env } = process.env;
      const { stdout } = await run(process.execPath, ['--test'], {
        cwd: made,
        env,
      });
      expect(stdout).toMatch(/pass 2/);
    });
  },
);
