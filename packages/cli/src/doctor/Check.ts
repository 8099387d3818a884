import { Connection } from '../CliWorld';
import { VerbContext } from '../Verb';

/** `unknown`: it could not be looked at. `skipped`: an earlier check makes it pointless. */
export type Verdict = 'ok' | 'problem' | 'unknown' | 'skipped';

/** What one check came to: one sentence, and for problems what to do. */
export interface Finding {
  readonly check: string;
  readonly verdict: Verdict;
  readonly message: string;
}

/** One thing to look at in a cluster. May throw `KubeError`: then it is unknown. */
export interface Check {
  readonly name: string;
  run(
    connection: Connection,
    context: VerbContext,
  ): Promise<Omit<Finding, 'check'>>;
}
