import { isMet, percentile } from './Benchmark';

describe('figures', () => {
  it('take percentiles by the nearest rank', () => {
    const values = [5, 1, 4, 2, 3];
    expect(percentile(values, 50)).toBe(3);
    expect(percentile(values, 99)).toBe(5);
    expect(percentile(values, 0)).toBe(1);
    expect(percentile([], 50)).toBeNaN();
  });

  it.each([
    [{ atLeast: 0.8 }, 0.8, true],
    [{ atLeast: 0.8 }, 0.79, false],
    [{ atMost: 0 }, 0, true],
    [{ atMost: 100 }, 101, false],
    [undefined, 5, true],
  ])('with the goal %j, %d is met: %s', (goal, value, met) => {
    expect(isMet({ bench: 'x', value, unit: 's', goal })).toBe(met);
  });
});
