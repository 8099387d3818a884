import { isMet, Measurement } from './Benchmark';

function round(value: number): number {
  if (!Number.isFinite(value)) throw new Error(`${value} is no figure`);
  return Number(value.toPrecision(4));
}

/** The one line of JSON of a figure, for machines. Throws for a figure that JSON can not hold: it would read null. */
export function jsonLine(measurement: Measurement): string {
  const { bench, value, unit, goal, details } = measurement;
  const rounded = Object.fromEntries(
    Object.entries(details ?? {}).map(([name, detail]) => [
      name,
      typeof detail === 'number' ? round(detail) : detail,
    ]),
  );
  return JSON.stringify({
    bench,
    value: round(value),
    unit,
    goal,
    met: goal === undefined ? undefined : isMet(measurement),
    ...rounded,
  });
}

function goalText(goal: Measurement['goal']): string {
  if (goal === undefined) return '';
  return 'atLeast' in goal ? `>= ${goal.atLeast}` : `<= ${goal.atMost}`;
}

/** All figures for a person, with a verdict where there is a goal. */
export function table(measurements: readonly Measurement[]): string {
  const rows = measurements.map(measurement => {
    const { bench, value, unit, goal } = measurement;
    const wanted = goalText(goal);
    const verdict = isMet(measurement) ? 'met' : 'MISSED';
    return [bench, String(round(value)), unit, wanted, goal ? verdict : ''];
  });
  const all = [['FIGURE', 'VALUE', 'UNIT', 'GOAL', ''], ...rows];
  const widths = all[0].map((_, column) =>
    Math.max(...all.map(row => row[column].length)),
  );
  return all
    .map(row =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
