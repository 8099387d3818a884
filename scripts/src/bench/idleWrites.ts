import { Benchmark, BenchContext, Measurement } from './Benchmark';
import { lookTwice } from './operatorHere';

async function run({
  progress,
  crowd,
}: BenchContext): Promise<readonly Measurement[]> {
  const { plane, applications, pauseOperator } = await crowd();
  const resume = await pauseOperator();
  try {
    const writes = await progress.step(
      `restart and resync of ${applications} unchanged applications`,
      () => lookTwice(plane, { identity: 'bench-1', dryRuns: true }),
    );
    return [
      {
        bench: 'idle-writes',
        value: writes.restart + writes.resync,
        unit: 'writes',
        goal: { atMost: 0 },
        details: { applications, ...writes },
      },
    ];
  } finally {
    await resume();
  }
}

export const idleWritesBenchmark: Benchmark = {
  name: 'idle-writes',
  about: 'Writes during an operator restart and a resync with nothing changed',
  run,
};
