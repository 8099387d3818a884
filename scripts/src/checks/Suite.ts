import { Tally } from './tally';

/** Where a suite runs and leaves its log and report. */
export interface SuiteContext {
  readonly root: string;
  readonly reports: string;
  /** Takes a line of progress. */
  readonly note: (line: string) => void;
  /** Added to the environment of what it runs. */
  readonly env?: Readonly<Record<string, string>>;
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
