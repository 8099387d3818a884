import fs from 'node:fs';
import path from 'node:path';
import { generatedFiles } from '@understage/plugin-paas-common';

/** What the schemas say the generated files of a checkout are, by path from its root. */
export function expectedFiles(root: string): ReadonlyMap<string, string> {
  const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');
  return generatedFiles({
    application: read('examples/applications/user-service.yaml'),
    tenant: read('examples/tenants/shop.yaml'),
    configuration: read('examples/platform/config.yaml'),
  });
}

function isStale(file: string, text: string): boolean {
  return !fs.existsSync(file) || fs.readFileSync(file, 'utf8') !== text;
}

/** Generated files of a checkout that are missing or differ from what the schemas say. */
export function staleFiles(root: string): readonly string[] {
  return [...expectedFiles(root)]
    .filter(([file, text]) => isStale(path.join(root, file), text))
    .map(([file]) => file);
}

/** Writes the stale ones and answers with their paths. */
export function writeFiles(root: string): readonly string[] {
  const expected = expectedFiles(root);
  const stale = staleFiles(root);
  for (const file of stale) {
    const full = path.join(root, file);
    fs.mkdirSync(path.dirname(full), { recursive: true });
    fs.writeFileSync(full, expected.get(file) ?? '');
  }
  return stale;
}
