import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { repositoryRoot } from '../boundaries/workspaces';
import { Suite, SuiteResult } from '../checks/Suite';
import { suites } from '../checks/suites';
import { addTallies, closingLine } from '../checks/tally';

const usage = `npm test [-- SUITE ...]

Runs everything that proves the product and closes with one line: N passed, N failed.
Suites: ${suites.map(suite => suite.name).join(', ')}
`;

function seconds(since: number): string {
  return `${((Date.now() - since) / 1000).toFixed(0)} s`;
}

async function runSuite(suite: Suite, reports: string): Promise<SuiteResult> {
  const started = Date.now();
  process.stdout.write(`- ${suite.name}: ${suite.about} ...\n`);
  const ticker = setInterval(
    () =>
      process.stdout.write(
        `  still at it: ${suite.name}, ${seconds(started)}\n`,
      ),
    60_000,
  );
  try {
    const result = await suite.run({
      root: repositoryRoot,
      reports,
      note: line => process.stdout.write(`  ${line}\n`),
    });
    process.stdout.write(
      `  ${suite.name}: ${closingLine(result.tally)} (${seconds(started)})\n`,
    );
    if (result.failure) process.stdout.write(`${result.failure}\n`);
    return result;
  } finally {
    clearInterval(ticker);
  }
}

async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter(
    name => !suites.some(suite => suite.name === name),
  );
  if (unknown.length > 0) {
    process.stderr.write(`No suite "${unknown.join('", "')}".\n\n${usage}`);
    return 2;
  }
  const reports = fs.mkdtempSync(path.join(os.tmpdir(), 'understage-test-'));
  const chosen =
    names.length > 0
      ? suites.filter(suite => names.includes(suite.name))
      : suites;
  const results: SuiteResult[] = [];
  for (const suite of chosen) results.push(await runSuite(suite, reports));

  const total = addTallies(results.map(result => result.tally));
  process.stdout.write(`\nLogs and reports: ${reports}\n`);
  process.stdout.write(`${closingLine(total)}\n`);
  return total.failed > 0 || total.passed === 0 ? 1 : 0;
}

const args = process.argv.slice(2);
if (args.includes('--help') || args.includes('-h')) {
  process.stdout.write(usage);
} else {
  main(args).then(
    code => process.exit(code),
    error => {
      process.stderr.write(`npm test could not run: ${error}\n`);
      process.exit(1);
    },
  );
}
