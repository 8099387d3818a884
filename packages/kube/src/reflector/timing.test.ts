import { eventually } from '../testing/eventually';
import { jitteredBackoff, realTiming } from './timing';

describe('jitteredBackoff', () => {
  const limits = { baseMs: 500, maxMs: 30_000 };

  it.each([
    [0, 500],
    [1, 1_000],
    [5, 16_000],
    [6, 30_000],
    [1_000, 30_000],
  ])('has a ceiling for attempt %d: %d ms', (attempt, ceiling) => {
    expect(jitteredBackoff(attempt, limits, () => 1)).toBe(ceiling);
    expect(jitteredBackoff(attempt, limits, () => 0)).toBe(0);
    expect(jitteredBackoff(attempt, limits, () => 0.5)).toBe(ceiling / 2);
  });
});

describe('realTiming', () => {
  it('runs a callback once after its time, unless it is cancelled', async () => {
    const rung: string[] = [];
    realTiming.after(1, () => rung.push('kept'));
    const cancel = realTiming.after(1, () => rung.push('cancelled'));
    cancel();
    await eventually('it rings', () => rung.length > 0);
    expect(rung).toEqual(['kept']);
  });

  it('sleeps until its time or until aborted', async () => {
    const abort = new AbortController();
    await expect(realTiming.sleep(1, abort.signal)).resolves.toBeUndefined();
    const long = realTiming.sleep(60_000, abort.signal);
    abort.abort();
    await expect(long).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('tells the time of the wall and of the run', () => {
    expect(realTiming.now()).toBeInstanceOf(Date);
    const before = realTiming.monotonic();
    expect(realTiming.monotonic()).toBeGreaterThanOrEqual(before);
    expect(realTiming.random()).toBeLessThan(1);
  });
});
