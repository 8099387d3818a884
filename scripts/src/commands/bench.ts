import os from 'node:os';
import { Benchmark, isMet, Measurement } from '../bench/Benchmark';
import { benchmarks } from '../bench/benchmarks';
import { Crowd, gatherCrowd } from '../bench/crowd';
import { createProgress } from '../stack/progress';

const usage = `npm run bench [-- NAME ... [--scale X]]

Measures, prints one line of JSON for each figure, then a table. --scale 0.1 does a tenth of the work.
${benchmarks
  .map(({ name, about }) => `  ${name.padEnd(12)} ${about}`)
  .join('\n')}
`;

function round(value: number): number {
  return Number(value.toPrecision(4));
}

function machine(): string {
  const [cpu] = os.cpus();
  return `${os.cpus().length} x ${cpu?.model.trim()}, ${Math.round(
    os.totalmem() / 2 ** 30,
  )} GiB, Node ${process.version}, load ${os
    .loadavg()
    .map(load => load.toFixed(2))
    .join(' ')}`;
}

function line(measurement: Measurement): string {
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

function table(measurements: readonly Measurement[]): string {
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

async function runAll(
  chosen: readonly Benchmark[],
  scale: number,
): Promise<number> {
  const progress = createProgress({
    write: text => process.stderr.write(text),
    now: () => performance.now(),
  });
  process.stdout.write(`${machine()}\n`);
  const all: Measurement[] = [];
  let gathered: Promise<Crowd> | undefined;
  const crowd = () => {
    gathered ??= gatherCrowd(progress, scale);
    return gathered;
  };
  try {
    for (const benchmark of chosen) {
      const measured = await benchmark.run({ progress, scale, crowd });
      measured.forEach(measurement =>
        process.stdout.write(`${line(measurement)}\n`),
      );
      all.push(...measured);
    }
  } finally {
    await gathered?.then(found => found.stop());
  }
  process.stdout.write(`\n${table(all)}\n${machine()}\n`);
  return 0;
}

function parse(args: readonly string[]): {
  readonly names: readonly string[];
  readonly scale: number;
} {
  const names: string[] = [];
  let scale = 1;
  for (let index = 0; index < args.length; index += 1) {
    if (args[index] === '--scale') {
      index += 1;
      scale = Number(args[index]);
    } else {
      names.push(args[index]);
    }
  }
  if (!(scale > 0 && scale <= 10))
    throw new Error('--scale takes a number above 0, up to 10.');
  const unknown = names.find(
    name => !benchmarks.some(benchmark => benchmark.name === name),
  );
  if (unknown) throw new Error(`There is no benchmark "${unknown}".`);
  return { names, scale };
}

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(usage);
    return 0;
  }
  let request: ReturnType<typeof parse>;
  try {
    request = parse(args);
  } catch (error) {
    process.stderr.write(`${sentenceOf(error)}\n\n${usage}`);
    return 2;
  }
  const { names, scale } = request;
  const chosen =
    names.length > 0
      ? benchmarks.filter(({ name }) => names.includes(name))
      : benchmarks;
  try {
    return await runAll(chosen, scale);
  } catch (error) {
    process.stderr.write(`${sentenceOf(error)}\n`);
    return 1;
  }
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

main(process.argv.slice(2)).then(code => process.exit(code));
