import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { repositoryRoot } from '../boundaries/workspaces';
import { runCommand } from '../checks/runCommand';
import { ensureDocsBuilder } from '../stack/docsBuilder';
import { nodeCommand } from '../stack/settings';

/** A repository whose documentation wants more than to be read. */
function hostileRepository(
  directory: string,
  { witness, page }: { readonly witness: string; readonly page: string },
): string {
  const repository = fs.mkdtempSync(path.join(directory, 'repository-'));
  const files = {
    'mkdocs.yml': `site_name: Harmless
hooks: [hook.py]
plugins: [techdocs-core, exec]
markdown_extensions:
  - plantuml_markdown: { plantuml_cmd: "touch ${witness}" }
theme: { name: material, custom_dir: theme }
`,
    'hook.py': `open(${JSON.stringify(witness)}, "w").write("hook")
def on_startup(**keys):
  pass
`,
    'docs/index.md': page,
    'theme/main.html': "{{ ''.__class__ }}",
  };
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(repository, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
  return repository;
}

describe('S25: documentation of a hostile repository', () => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'hostile-docs-'));
  const witness = path.join(directory, 'witness');
  const site = path.join(directory, 'site');
  let builder = '';
  beforeAll(async () => {
    builder = await ensureDocsBuilder();
  }, 300_000);
  afterAll(() => fs.rmSync(directory, { recursive: true, force: true }));

  const build = (page: string) =>
    runCommand(
      nodeCommand(
        'scripts/src/docs/testing/buildDocs.ts',
        hostileRepository(directory, { witness, page }),
        site,
      ),
      {
        cwd: repositoryRoot,
        env: {
          ...process.env,
          PATH: `${builder}${path.delimiter}${process.env.PATH}`,
        },
        logFile: path.join(directory, 'log'),
      },
    );

  it('is built without its hook, its plugin and its theme', async () => {
    const { code, output } = await build('# Harmless\n');
    expect(`${code} ${output}`).toMatch(/^0 /);
    expect(fs.existsSync(witness)).toBe(false);
    const page = fs.readFileSync(path.join(site, 'index.html'), 'utf8');
    expect(page).toContain('Harmless');
    expect(page).not.toContain('__class__');
  }, 60_000);

  it('has no command of its own choice run for a diagram', async () => {
    await build('# Harmless\n\n```plantuml\na -> b\n```\n');
    expect(fs.existsSync(witness)).toBe(false);
  }, 60_000);
});
