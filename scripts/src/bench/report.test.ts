import { jsonLine, table } from './report';

describe('the report of the benchmarks', () => {
  const figure = {
    bench: 'live',
    value: 12.345678,
    unit: 'ms p95',
    goal: { atMost: 100 },
    details: { p50: 1.23456, browser: 'Chromium' },
  };

  it('has one line of JSON a figure, with its goal, verdict and details beside each other', () => {
    const line = jsonLine(figure);
    expect(line).not.toContain('\n');
    expect(JSON.parse(line)).toEqual({
      bench: 'live',
      value: 12.35,
      unit: 'ms p95',
      goal: { atMost: 100 },
      met: true,
      p50: 1.235,
      browser: 'Chromium',
    });
  });

  it('keeps a zero, and says nothing of goals where there is none', () => {
    const line = jsonLine({ bench: 'rate', value: 0, unit: '1/s' });
    expect(JSON.parse(line)).toEqual({ bench: 'rate', value: 0, unit: '1/s' });
  });

  it.each([
    ['a value', { ...figure, value: Number.NaN }],
    ['a detail', { ...figure, details: { max: Number.NEGATIVE_INFINITY } }],
  ])('refuses %s that is no number: JSON would say null', (_, broken) => {
    expect(() => jsonLine(broken)).toThrow('is no figure');
  });

  it('has a table in which a missed goal stands out', () => {
    expect(
      table([
        figure,
        { bench: 'reconcile', value: 0.5, unit: 'x', goal: { atLeast: 0.8 } },
        { bench: 'rate', value: 123456, unit: 'applications/s' },
      ]).split('\n'),
    ).toEqual([
      'FIGURE     VALUE   UNIT            GOAL',
      'live       12.35   ms p95          <= 100  met',
      'reconcile  0.5     x               >= 0.8  MISSED',
      'rate       123500  applications/s',
    ]);
  });
});
