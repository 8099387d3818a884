import { templateEntityV1beta3Validator } from '@backstage/plugin-scaffolder-common';
import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

const folder = path.resolve(__dirname, '../../../templates');
const names = fs.readdirSync(folder);
const read = (name: string) =>
  parse(fs.readFileSync(path.join(folder, name, 'template.yaml'), 'utf8'));

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
