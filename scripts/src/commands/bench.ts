import os from 'node:os';
import { Benchmark, Measurement } from '../bench/Benchmark';
import { benchmarks } from '../bench/benchmarks';
import { emptyControlPlane } from '../bench/controlPlanes';
import { Crowd, gatherCrowd } from '../bench/crowd';
import { jsonLine, table } from '../bench/report';
import { createProgress } from '../stack/progress';

const usage = `npm run bench [-- NAME ... [--scale X]]

Measures, prints one line of JSON for each figure, then a table. --scale 0.1 does a tenth of the work.
${benchmarks
  .map(({ name, about }) => `  ${name.padEnd(12)} ${about}`)
  .join('\n')}
`;

function machine(): string {
  const [cpu] = os.cpus();
  return `${os.cpus().length} x ${cpu?.model.trim()}, ${Math.round(
    os.totalmem() / 2 ** 30,
  )} GiB, Node ${process.version}, load ${os
    .loadavg()
    .map(load => load.toFixed(2))
    .join(' ')}`;
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
      const measured = await benchmark.run({
        progress,
        scale,
        crowd,
        emptyPlane: nodes => emptyControlPlane(nodes, progress),
      });
      measured.forEach(measurement =>
        process.stdout.write(`${jsonLine(measurement)}\n`),
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
