/** Counts of one suite, as its own runner reported them. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const emptyTally: Tally = { passed: 0, failed: 0, skipped: 0 };

/** The sum of several suites. */
export function addTallies(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (sum, each) => ({
      passed: sum.passed + each.passed,
      failed: sum.failed + each.failed,
      skipped: sum.skipped + each.skipped,
    }),
    emptyTally,
  );
}

/** The closing line: `N passed, N failed`, and what was skipped if anything was. */
export function closingLine({ passed, failed, skipped }: Tally): string {
  const base = `${passed} passed, ${failed} failed`;
  return skipped > 0 ? `${base}, ${skipped} skipped` : base;
}

interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

/** From `jest --json`. A test file that could not even be loaded counts as one failure. */
export function tallyOfJest(report: JestReport): Tally {
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

interface PlaywrightReport {
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped: number;
  };
  readonly errors?: readonly unknown[];
}

/** From Playwright's JSON reporter. Flaky is broken: a test that passed only on retry failed. */
export function tallyOfPlaywright(report: PlaywrightReport): Tally {
  return {
    passed: report.stats.expected,
    failed:
      report.stats.unexpected +
      report.stats.flaky +
      (report.errors?.length ?? 0),
    skipped: report.stats.skipped,
  };
}

/** From a check without a report of its own (types, lint): it is one test, and its exit code is the result. */
export function tallyOfExitCode(code: number): Tally {
  return code === 0
    ? { passed: 1, failed: 0, skipped: 0 }
    : { passed: 0, failed: 1, skipped: 0 };
}
