import path from 'node:path';
import { CommandResult, runCommand } from './runCommand';
import { SuiteContext } from './Suite';

const runs = new Map<string, Promise<CommandResult>>();

/**
 * Compiles the checkout, once in a run of `npm test`: the types check wants the errors, the API reports are made from
 * the declarations that are left in dist-types.
 */
export function compile({
  root,
  reports,
}: SuiteContext): Promise<CommandResult> {
  const run =
    runs.get(reports) ??
    runCommand(['yarn', 'tsc'], {
      cwd: root,
      logFile: path.join(reports, 'types.log'),
    });
  runs.set(reports, run);
  return run;
}
