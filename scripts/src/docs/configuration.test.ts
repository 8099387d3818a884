import { loadConfigSchema } from '@backstage/config-loader';
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { repositoryRoot } from '../boundaries/workspaces';

// What a config.d.ts says, as Backstage reads it.
interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly additionalProperties?: boolean | Node;
}
const nodeSchema: z.ZodType<Node> = z.lazy(() =>
  z.object({
    properties: z.record(z.string(), nodeSchema).optional(),
    items: nodeSchema.optional(),
    additionalProperties: z.union([z.boolean(), nodeSchema]).optional(),
  }),
);
const serializedSchema = z.object({
  schemas: z.array(z.object({ path: z.string(), value: nodeSchema })),
});

/** Settings as the page names them: `clusters[].name`, `chartRepositories.*.url`. */
function settingsOf(node: Node, name = ''): readonly string[] {
  const { properties = {}, items, additionalProperties } = node;
  const below = Object.entries(properties).flatMap(([field, child]) => {
    const whole = name === '' ? field : `${name}.${field}`;
    return [whole, ...settingsOf(child, whole)];
  });
  const isMap = typeof additionalProperties === 'object';
  return [
    ...below,
    ...(items ? settingsOf(items, `${name}[]`) : []),
    ...(isMap ? settingsOf(additionalProperties, `${name}.*`) : []),
  ];
}

async function knownToBackstage(): Promise<readonly string[]> {
  const plugins = path.join(repositoryRoot, 'plugins');
  const packagePaths = fs
    .readdirSync(plugins)
    .filter(name => fs.existsSync(path.join(plugins, name, 'config.d.ts')))
    .map(name => path.join(plugins, name, 'package.json'));
  const schema = await loadConfigSchema({ dependencies: [], packagePaths });
  const { schemas } = serializedSchema.parse(schema.serialize());
  const sections = schemas.flatMap(({ value }) => value.properties?.paas ?? []);
  return sections.flatMap(section => settingsOf(section));
}

function onThePage(): readonly string[] {
  const page = path.join(repositoryRoot, 'docs/reference/configuration.md');
  return [...fs.readFileSync(page, 'utf8').matchAll(/^\| `([^`]+)` \|/gm)].map(
    ([, name]) => name,
  );
}

const sorted = (names: readonly string[]) => [...new Set(names)].sort();

describe('the reference of the configuration', () => {
  it('names every setting that app-config.yaml may have, and no other', async () => {
    const known = await knownToBackstage();
    expect(known).toContain('platformAdmins');
    expect(sorted(onThePage())).toEqual(sorted(known));
  }, 60_000);
});
