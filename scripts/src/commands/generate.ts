import { repositoryRoot } from '../boundaries/workspaces';
import { staleFiles, writeFiles } from '../generation/staleFiles';

const usage = `npm run generate [-- --check]

Writes crds/ and docs/reference/ from the schemas in plugins/paas-common. With --check nothing is written: stale files
are named, and the exit code is 1 when there are any.
`;

function main(args: readonly string[]): number {
  const unknown = args.filter(arg => !['--check', '--help'].includes(arg));
  if (unknown.length > 0 || args.includes('--help')) {
    process.stdout.write(usage);
    return unknown.length > 0 ? 2 : 0;
  }
  if (!args.includes('--check')) {
    const written = writeFiles(repositoryRoot);
    process.stdout.write(
      written.length === 0
        ? 'Everything was up to date.\n'
        : `${written.map(file => `wrote ${file}`).join('\n')}\n`,
    );
    return 0;
  }
  const stale = staleFiles(repositoryRoot);
  if (stale.length === 0) return 0;
  process.stdout.write(
    `${stale
      .map(file => `${file} differs from the schemas`)
      .join('\n')}\nRun: npm run generate\n`,
  );
  return 1;
}

process.exitCode = main(process.argv.slice(2));
