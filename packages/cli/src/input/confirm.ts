import { CliFailure, exitCodes } from '../exitCodes';
import { VerbContext } from '../Verb';

/** Asks on a terminal. Without one somebody has to have said `--yes`, and is told so. */
export async function confirm(
  question: string,
  options: { readonly yes: boolean; readonly context: VerbContext },
): Promise<boolean> {
  if (options.yes) return true;
  const { stdin } = options.context.world;
  if (!stdin.isTTY) {
    throw new CliFailure(
      exitCodes.problem,
      `${question} There is no terminal to ask on: say --yes.`,
    );
  }
  const answer = await stdin.ask(`${question} [y/N] `);
  return /^y(es)?$/i.test(answer.trim());
}
