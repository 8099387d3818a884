import {
  addTallies,
  closingLine,
  tallyOfExitCode,
  tallyOfJest,
  tallyOfPlaywright,
} from './tally';

describe('the closing line of npm test', () => {
  it('sums the suites', () => {
    expect(
      closingLine(
        addTallies([
          tallyOfExitCode(0),
          tallyOfJest({
            numPassedTests: 5,
            numFailedTests: 1,
            numPendingTests: 0,
            numTodoTests: 0,
            numRuntimeErrorTestSuites: 0,
          }),
        ]),
      ),
    ).toBe('6 passed, 1 failed');
  });

  it('is honest about skipped tests', () => {
    expect(closingLine({ passed: 1, failed: 0, skipped: 2 })).toBe(
      '1 passed, 0 failed, 2 skipped',
    );
  });

  it('counts a test file that could not be loaded as a failure', () => {
    expect(
      tallyOfJest({
        numPassedTests: 0,
        numFailedTests: 0,
        numPendingTests: 1,
        numTodoTests: 1,
        numRuntimeErrorTestSuites: 1,
      }),
    ).toEqual({ passed: 0, failed: 1, skipped: 2 });
  });

  it('counts a flaky browser test as failed', () => {
    expect(
      tallyOfPlaywright({
        stats: { expected: 3, unexpected: 0, flaky: 1, skipped: 0 },
      }),
    ).toEqual({ passed: 3, failed: 1, skipped: 0 });
  });

  it('counts a failing check as one failed test', () => {
    expect(tallyOfExitCode(2)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});
