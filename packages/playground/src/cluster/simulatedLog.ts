import { appendFileSync, writeFileSync } from 'node:fs';

/** Seconds between two lines, and so the age of the oldest of the history. */
const PERIOD_S = 2;
const HISTORY_LINES = 3_000;

const requests = [
  'GET /items 200 12ms',
  'GET /items/17 200 8ms',
  'POST /items 201 31ms',
  'GET /health 200 1ms',
  'GET /items?page=2 200 19ms',
  'WARN slow answer of the store: 412ms',
  'GET /items/4711 404 5ms',
];

/** What a simulated container says at a time: the same for all of them, and each line owns up to it. */
function sayingAt(time: Date): string {
  const number = Math.floor(time.getTime() / 1000 / PERIOD_S);
  return `SIMULATED ${
    requests[number % requests.length]
  } (simulated node, no container runs)`;
}

// In the format of a container runtime's log files, which is what a kubelet reads: time, stream, "whole line", text.
function fileLine(time: Date, text: string): string {
  return `${time.toISOString().replace('Z', '000000Z')} stdout F ${text}\n`;
}

/** An hour and a half of a container that never was, up to now. */
export function simulatedHistory(now: Date): string {
  const times = Array.from(
    { length: HISTORY_LINES },
    (_, index) =>
      new Date(now.getTime() - (HISTORY_LINES - index) * PERIOD_S * 1000),
  );
  return times.map(time => fileLine(time, sayingAt(time))).join('');
}

/** The log of the run before the last restart, of a container that crashes. */
export function simulatedCrash(now: Date): string {
  return [
    'SIMULATED starting (simulated node, no container runs)',
    'SIMULATED connecting to the store',
    'SIMULATED FATAL the store refused the connection; giving up with exit code 1',
  ]
    .map((text, index) =>
      fileLine(new Date(now.getTime() - 60_000 + index * 400), text),
    )
    .join('');
}

/** Where the lines go and what time it is; `every` answers how to end it. */
export interface SimulatedLogOptions {
  readonly file: string;
  readonly previousFile: string;
  readonly now: () => Date;
  readonly every: (milliseconds: number, run: () => void) => () => void;
}

/** Writes what simulated containers have said, and a line more every two seconds, until the answer is called. */
export function startSimulatedLog(options: SimulatedLogOptions): () => void {
  const { file, previousFile, now, every } = options;
  writeFileSync(file, simulatedHistory(now()));
  writeFileSync(previousFile, simulatedCrash(now()));
  const stop = every(PERIOD_S * 1000, () => {
    const time = now();
    try {
      appendFileSync(file, fileLine(time, sayingAt(time)));
    } catch {
      // The folder of a playground may be taken away under it.
      stop();
    }
  });
  return stop;
}
