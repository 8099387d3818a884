/** Shows steps as they start and end, and remembers how long each took. */
export interface Progress {
  step<T>(what: string, run: () => Promise<T>): Promise<T>;
  note(line: string): void;
  readonly steps: readonly StepTime[];
}

export interface StepTime {
  readonly what: string;
  readonly seconds: number;
}

/** A step that failed, with the name that a person saw on screen. */
export class StepError extends Error {
  readonly name = 'StepError';
  readonly step: string;

  constructor(step: string, cause: unknown) {
    super(
      `${step}: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
    this.step = step;
  }
}

export interface ProgressOptions {
  readonly write: (text: string) => void;
  readonly now: () => number;
}

/** Progress as lines of text, one when a step begins and one when it ends; a reminder every 15 s in between. */
export function createProgress({ write, now }: ProgressOptions): Progress {
  const steps: StepTime[] = [];
  return {
    steps,
    note: line => write(`  ${line}\n`),
    async step(what, run) {
      const started = now();
      const elapsed = () => (now() - started) / 1000;
      write(`- ${what} ...\n`);
      const ticker = setInterval(
        () => write(`  still at it: ${what}, ${elapsed().toFixed(0)} s\n`),
        15_000,
      );
      try {
        const result = await run();
        steps.push({ what, seconds: elapsed() });
        write(`  done: ${what} (${elapsed().toFixed(1)} s)\n`);
        return result;
      } catch (error) {
        if (error instanceof StepError) throw error;
        throw new StepError(what, error);
      } finally {
        clearInterval(ticker);
      }
    },
  };
}
