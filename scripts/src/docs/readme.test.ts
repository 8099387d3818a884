import fs from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from '../boundaries/workspaces';
import { runCommand } from '../checks/runCommand';
import { nodeCommand } from '../stack/settings';

const read = (file: string) => fs.readFileSync(path.join(repositoryRoot, file), 'utf8');

function markdownFiles(folder: string): readonly string[] {
  return fs
    .readdirSync(path.join(repositoryRoot, folder), { withFileTypes: true })
    .flatMap(entry => {
      const file = path.posix.join(folder, entry.name);
      if (entry.isDirectory()) return markdownFiles(file);
      return entry.name.endsWith('.md') ? [file] : [];
    });
}

const documents = ['README.md', 'CONTRIBUTING.md', 'STYLE.md', 'deploy/README.md', ...markdownFiles('docs')];
const scripts: Record<string, string> = JSON.parse(read('package.json')).scripts;

describe('the README', () => {
  it('names only npm scripts that exist', () => {
    const named = [...read('README.md').matchAll(/npm (?:run )?(start|test|[a-z-]+)\b/g)]
      .map(([, name]) => name)
      .filter(name => name !== 'run');
    expect(named.filter(name => !Object.hasOwn(scripts, name))).toEqual([]);
  });

  it('shows the file that the examples hold, to the letter', () => {
    const [, shown] = /```yaml\n([\s\S]*?)```/.exec(read('README.md')) ?? [];
    expect(shown).toBe(read('examples/applications/user-service.yaml'));
  });

  const commands = [...read('README.md').matchAll(/`npm run paas -- ([^`]+)`/g)]
    .map(([, line]) => line)
    // What needs a cluster is run by the browser test and by npm run smoke.
    .filter(line => !/^(plan|status|apply)\b/.test(line));

  it('has commands to run', () => {
    expect(commands.length).toBeGreaterThan(2);
  });

  it.each(commands)('shows a command that works: paas %s', async line => {
    const result = await runCommand(nodeCommand('packages/cli/src/main.ts', ...line.split(' ')), {
      cwd: repositoryRoot,
      logFile: '/dev/null',
          // Where the reader of the README stands.
          env: { ...process.env, INIT_CWD: repositoryRoot },
    });
    expect(`${result.code} ${result.output}`).toMatch(/^0 /);
  }, 60_000);
});

describe('every document', () => {
  it.each(documents)('%s links to files that exist', file => {
    const links = [...read(file).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, target]) => target);
    const missing = links.filter(target => !fs.existsSync(path.join(repositoryRoot, path.dirname(file), target)));
    expect(missing).toEqual([]);
  });
});
