import fs from 'node:fs';
import path from 'node:path';
import { runCommand } from './runCommand';
import {
  Tally,
  tallyOfExitCode,
  tallyOfJest,
  tallyOfPlaywright,
} from './tally';

/** Where a suite runs and leaves its log and report. */
export interface SuiteContext {
  readonly root: string;
  readonly reports: string;
}

export interface SuiteResult {
  readonly tally: Tally;
  /** What a person needs to see when something failed. */
  readonly failure?: string;
}

/** One part of `npm test`. */
export interface Suite {
  readonly name: string;
  readonly about: string;
  run(context: SuiteContext): Promise<SuiteResult>;
}

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
    async run({ root, reports }) {
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
          env: { ...process.env, CI: '1', FORCE_COLOR: '0' },
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

/** Everything that proves the product, in the order in which a mistake is cheapest to find. */
export const suites: readonly Suite[] = [
  check('types', 'TypeScript, strict', yarn('tsc', '--noEmit')),
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
  jest('unit', 'pure and in-memory tests, borders included', [
    '--testPathIgnorePatterns',
    '\\.contract\\.test\\.tsx?$',
    '/node_modules/',
  ]),
  jest('contract', 'against a real API server that the tests start', [
    '--maxWorkers=2',
    '--testPathPatterns',
    '\\.contract\\.test\\.tsx?$',
  ]),
  browser,
];
