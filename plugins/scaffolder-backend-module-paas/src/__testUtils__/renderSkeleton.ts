import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import request from 'supertest';
import { parse } from 'yaml';
import { z } from 'zod';
import { scaffolderModulePaas } from '../module';

const folder = path.resolve(__dirname, '../../../../templates');

/** Names of all files below a folder, in order. */
export const filesOf = (root: string): readonly string[] =>
  fs
    .readdirSync(root, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.relative(root, path.join(entry.parentPath, entry.name)))
    .sort();

const answerSchema = z.object({
  directoryContents: z.array(
    z.object({ path: z.string(), base64Content: z.string() }),
  ),
});

/** Folder of a template's skeleton. */
export const skeletonOf = (template: string) =>
  path.join(folder, template, 'skeleton');

/** A scaffolder that renders skeletons. */
export async function startRenderer() {
  const backend = await startTestBackend({
    features: [
      scaffolderPlugin,
      scaffolderModulePaas,
      mockServices.rootConfig.factory({ data: {} }),
    ],
  });
  return {
    stop: () => backend.stop(),
    /** Runs the first step of a template, which writes the files, into a new folder; gives its path. */
    async render(template: string, description: string): Promise<string> {
      const root = path.join(folder, template);
      const file = fs.readFileSync(path.join(root, 'template.yaml'), 'utf8');
      const entity = parse(file);
      const [files] = entity.spec.steps;
      const { body, status } = await request(backend.server)
        .post('/api/scaffolder/v2/dry-run')
        .send({
          template: {
            ...entity,
            spec: { ...entity.spec, steps: [files], output: {} },
          },
          values: {
            name: 'greeter',
            owner: 'group:default/team-shop',
            description,
            cluster: 'playground',
            namespace: 'shop',
            repoUrl: 'git.playground?owner=shop&repo=greeter',
          },
          secrets: {},
          directoryContents: filesOf(root).map(name => ({
            path: name,
            base64Content: fs.readFileSync(path.join(root, name), 'base64'),
          })),
        });
      if (status !== 200) throw new Error(JSON.stringify(body));
      const made = fs.mkdtempSync(path.join(os.tmpdir(), 'rendered-'));
      for (const written of answerSchema.parse(body).directoryContents) {
        const target = path.join(made, written.path);
        fs.mkdirSync(path.dirname(target), { recursive: true });
        fs.writeFileSync(target, Buffer.from(written.base64Content, 'base64'));
      }
      return made;
    },
  };
}
