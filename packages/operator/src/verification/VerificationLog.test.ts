import { VerificationLog } from './VerificationLog';

describe('what was verified', () => {
  it('is due once, and again when it expired', () => {
    const log = new VerificationLog();
    expect([log.takeDue('a'), log.takeDue('a')]).toEqual([true, false]);
    log.expire('a');
    expect(log.takeDue('a')).toBe(true);
    expect(log.takeDue('b')).toBe(true);
    log.expireAll();
    expect([log.takeDue('a'), log.takeDue('b')]).toEqual([true, true]);
  });

  it('stays known until it is found out anew, and goes with its tenant', () => {
    const log = new VerificationLog();
    const results = new Map([['prod', []]]);
    log.record('a', results);
    log.expire('a');
    expect(log.resultsOf('a')).toBe(results);
    log.forget('a');
    expect(log.resultsOf('a')).toBeUndefined();
  });
});
