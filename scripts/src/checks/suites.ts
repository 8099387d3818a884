import fs from 'node:fs';
import path from 'node:path';
import { postgresForTests } from '../postgres/postgresForTests';
import { runCommand } from './runCommand';
import { compile } from './compile';
import { explainApiReports } from './explainApiReports';
import { prepareMachine } from './prepareMachine';
import { Suite } from './Suite';
import { tallyOfExitCode, tallyOfJest, tallyOfPlaywright } from './tally';

const yarn = (...args: string[]): [string, ...string[]] => ['yarn', ...args];

function lastLines(output: string, count: number): string {
  return output.trimEnd().split('\n').slice(-count).join('\n');
}

function check(
  name: string,
  about: string,
  command: [string, ...string[]],
): Suite {
  return {
    name,
    about,
    async run({ root, reports }) {
      const { code, output } = await runCommand(command, {
        cwd: root,
        logFile: path.join(reports, `${name}.log`),
      });
      return {
        tally: tallyOfExitCode(code),
        failure:
          code === 0 ? undefined : adviseOnBudgets(lastLines(output, 60)),
      };
    },
  };
}

function adviseOnBudgets(output: string): string {
  const advice: Record<string, string> = require('../../lint/budgetAdvice');
  const hints = Object.entries(advice)
    .filter(([rule]) => output.includes(` ${rule}`))
    .map(([rule, sentence]) => `  ${rule}: ${sentence}`);
  return hints.length === 0
    ? output
    : `${output}\n\nWhat to do:\n${hints.join('\n')}`;
}

function readReport<T>(file: string): T | undefined {
  return fs.existsSync(file)
    ? (JSON.parse(fs.readFileSync(file, 'utf8')) as T)
    : undefined;
}

function jest(name: string, about: string, args: readonly string[]): Suite {
  return {
    name,
    about,
    async run({ root, reports, env }) {
      const report = path.join(reports, `${name}.json`);
      const { code, output } = await runCommand(
        yarn(
          'backstage-cli',
          'repo',
          'test',
          '--watchAll=false',
          '--json',
          `--outputFile=${report}`,
          ...args,
        ),
        {
          cwd: root,
          env: { ...process.env, ...env, CI: '1', FORCE_COLOR: '0' },
          logFile: path.join(reports, `${name}.log`),
        },
      );
      const parsed = readReport<Parameters<typeof tallyOfJest>[0]>(report);
      if (!parsed) {
        return {
          tally: tallyOfExitCode(code === 0 ? 1 : code),
          failure: `the runner left no report\n${lastLines(output, 40)}`,
        };
      }
      const tally = tallyOfJest(parsed);
      const hidden = code !== 0 && tally.failed === 0;
      return {
        tally: hidden ? { ...tally, failed: 1 } : tally,
        failure: code === 0 ? undefined : failuresOf(output),
      };
    },
  };
}

/** The parts of jest's output that speak of failures: from each bullet to the next suite. */
function failuresOf(output: string): string {
  const blocks = output
    .split(/\n(?=PASS |FAIL )/)
    .filter(block => block.startsWith('FAIL'));
  const text = blocks.length > 0 ? blocks.join('\n') : lastLines(output, 80);
  return text.length > 20_000 ? `${text.slice(0, 20_000)}\n...` : text;
}

const browser: Suite = {
  name: 'browser',
  about: 'the whole product in a real browser, on a real control plane',
  async run({ root, reports }) {
    const report = path.join(reports, 'browser.json');
    const { code, output } = await runCommand(
      yarn('playwright', 'test', '--config', 'e2e/playwright.config.ts'),
      {
        cwd: path.join(root, 'scripts'),
        env: {
          ...process.env,
          PLAYWRIGHT_JSON_OUTPUT_FILE: report,
          FORCE_COLOR: '0',
        },
        logFile: path.join(reports, 'browser.log'),
      },
    );
    const parsed = readReport<Parameters<typeof tallyOfPlaywright>[0]>(report);
    return {
      tally: parsed
        ? tallyOfPlaywright(parsed)
        : tallyOfExitCode(code === 0 ? 1 : code),
      failure: code === 0 ? undefined : lastLines(output, 120),
    };
  },
};

/** The same suite, begun once this machine has what a real control plane takes. */
function prepared(suite: Suite): Suite {
  return {
    ...suite,
    async run(context) {
      try {
        await prepareMachine(context.reports, context.note);
      } catch (error) {
        return {
          tally: tallyOfExitCode(1),
          failure: `not run: ${error instanceof Error ? error.message : error}`,
        };
      }
      return suite.run(context);
    },
  };
}

/** The same suite with a PostgreSQL of its own, for tests that run on each kind of database. */
function withPostgres(suite: Suite): Suite {
  return {
    ...suite,
    async run(context) {
      const { env, stop } = await postgresForTests(context.note);
      try {
        return await suite.run({ ...context, env });
      } finally {
        await stop();
      }
    },
  };
}

const types: Suite = {
  name: 'types',
  about: 'TypeScript, strict',
  async run(context) {
    const { code, output } = await compile(context);
    return {
      tally: tallyOfExitCode(code),
      failure: code === 0 ? undefined : lastLines(output, 60),
    };
  },
};

const api: Suite = {
  name: 'api',
  about: 'API reports say what the packages export',
  async run(context) {
    const { code: compiled } = await compile(context);
    if (compiled !== 0) {
      return {
        tally: tallyOfExitCode(compiled),
        failure: 'nothing to compare: the types are not right yet',
      };
    }
    const { code, output } = await runCommand(
      yarn('api-reports:only', '--ci'),
      { cwd: context.root, logFile: path.join(context.reports, 'api.log') },
    );
    return {
      tally: tallyOfExitCode(code),
      failure: code === 0 ? undefined : explainApiReports(output),
    };
  },
};

/** Everything that proves the product, in the order in which a mistake is cheapest to find. */
export const suites: readonly Suite[] = [
  types,
  check(
    'format',
    'Prettier',
    yarn('prettier', '--check', '--loglevel', 'warn', '.'),
  ),
  check(
    'lint',
    'ESLint with the budgets of STYLE.md',
    yarn('backstage-cli', 'repo', 'lint', '--max-warnings', '0'),
  ),
  check('generated', 'CRDs and reference pages match the schemas', [
    'node',
    '--require',
    '@backstage/cli/config/nodeTransform.cjs',
    'scripts/src/commands/generate.ts',
    '--check',
  ]),
  api,
  withPostgres(
    jest('unit', 'pure and in-memory tests, borders included', [
      '--testPathIgnorePatterns',
      '\\.contract\\.test\\.tsx?$',
      '/node_modules/',
    ]),
  ),
  prepared(
    jest('contract', 'against a real API server that the tests start', [
      '--maxWorkers=2',
      '--testPathPatterns',
      '\\.contract\\.test\\.tsx?$',
    ]),
  ),
  prepared(browser),
];
