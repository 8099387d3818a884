import * as fc from 'fast-check';
import { KubeError } from '../errors';
import { InMemoryKube } from '../memory/inMemoryKube';
import { ManualTiming, settle } from '../testing/manualTiming';
import { namespaces } from '../testing/objects';
import { createLeaseElection } from './leaseElection';

const STEP = 250;
const key = { namespace: 'system', name: 'operator' };

/** What can happen to one of several candidates. */
type Mishap =
  | { readonly kind: 'cut' | 'heal' | 'freeze' | 'thaw' | 'stop' | 'start' }
  | { readonly kind: 'loseReplies'; readonly count: number }
  | { readonly kind: 'slow'; readonly milliseconds: number };

function signalOf(args: readonly unknown[]): AbortSignal | undefined {
  const found = args
    .map(arg =>
      typeof arg === 'object' && arg !== null
        ? Reflect.get(arg, 'signal')
        : undefined,
    )
    .find(signal => signal instanceof AbortSignal);
  return found instanceof AbortSignal ? found : undefined;
}

/** A candidate as it lives and dies; its clock began at a time of its own. */
class Process {
  readonly timing: ManualTiming;
  frozen = false;
  cut = false;
  repliesToLose = 0;
  /** How long answers are under way. */
  delay = 0;
  /** Terms that were announced: begun and not yet ended. */
  announced = 0;
  terms = 0;
  #abort = new AbortController();
  #ended: Promise<void> = Promise.resolve();
  #election: ReturnType<typeof createLeaseElection> | undefined;

  constructor(
    private readonly kube: InMemoryKube,
    private readonly name: string,
    clock: Date,
  ) {
    this.timing = new ManualTiming(clock);
    this.start();
  }

  get leads(): boolean {
    return this.#election?.isLeader() ?? false;
  }

  start(): void {
    if (this.#election) return;
    this.#abort = new AbortController();
    this.#election = createLeaseElection({
      ...key,
      identity: `${this.name}-${this.terms}`,
      reader: this.#through(this.kube),
      writer: this.#through(this.kube.writer({ fieldManager: this.name })),
      timing: this.timing,
      onStartedLeading: () => {
        this.announced += 1;
        this.terms += 1;
      },
      onStoppedLeading: () => {
        this.announced -= 1;
      },
    });
    this.#ended = this.#election.run(this.#abort.signal);
  }

  async stop(): Promise<void> {
    if (this.frozen) return;
    let running = true;
    this.#abort.abort();
    void this.#ended.then(() => {
      running = false;
    });
    // What is asked for just now is waited for, by a clock that only this one's doing moves.
    do await this.timing.advance(STEP);
    while (running);
    this.#election = undefined;
  }

  async pass(milliseconds: number): Promise<void> {
    if (this.frozen) this.timing.freeze(milliseconds);
    else await this.timing.advance(milliseconds);
  }

  #underWay(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = this.timing.after(this.delay, resolve);
      signal?.addEventListener('abort', () => {
        cancel();
        reject(signal.reason);
      });
    });
  }

  /** Requests fail while the line is cut; an answer may be lost although the server did what it was asked. */
  #through<T extends object>(target: T): T {
    return new Proxy(target, {
      get: (_, name) => {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        return async (...args: readonly unknown[]) => {
          if (this.cut) throw new KubeError('the connection was refused');
          const answer: unknown = await Reflect.apply(method, target, args);
          if (this.delay > 0) await this.#underWay(signalOf(args));
          if (this.repliesToLose > 0) {
            this.repliesToLose -= 1;
            throw new KubeError('the connection was cut');
          }
          return answer;
        };
      },
    });
  }
}

const handlers: Readonly<
  Record<
    Exclude<Mishap['kind'], 'loseReplies' | 'slow'>,
    (process: Process) => Promise<void> | void
  >
> = {
  cut: process => {
    process.cut = true;
  },
  heal: process => {
    process.cut = false;
  },
  freeze: process => {
    process.frozen = true;
  },
  thaw: process => {
    process.frozen = false;
  },
  stop: process => process.stop(),
  start: process => process.start(),
};

async function befall(process: Process, mishap: Mishap): Promise<void> {
  if (mishap.kind === 'loseReplies') process.repliesToLose = mishap.count;
  else if (mishap.kind === 'slow') process.delay = mishap.milliseconds;
  else await handlers[mishap.kind](process);
  await settle();
}

const mishaps: fc.Arbitrary<Mishap> = fc.oneof(
  fc.record({
    kind: fc.constantFrom(
      ...(['cut', 'heal', 'freeze', 'thaw', 'stop', 'start'] as const),
    ),
  }),
  fc.record({
    kind: fc.constant('loseReplies' as const),
    count: fc.integer({ min: 1, max: 4 }),
  }),
  fc.record({
    kind: fc.constant('slow' as const),
    milliseconds: fc.constantFrom(0, 300, 2_000, 4_500, 9_000, 14_000),
  }),
);

const schedules = fc.array(
  fc.record({
    who: fc.nat({ max: 2 }),
    mishap: mishaps,
    steps: fc.integer({ min: 0, max: 80 }),
    first: fc.nat({ max: 2 }),
  }),
  { minLength: 1, maxLength: 10 },
);

/** Clocks of machines may say anything. */
const clocks = fc.array(fc.integer({ min: -86_400_000, max: 86_400_000 }), {
  minLength: 3,
  maxLength: 3,
});

function gather(offsets: readonly number[]) {
  const kube = new InMemoryKube({ now: () => new Date(0) });
  kube.seed(namespaces, {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: key.namespace },
  });
  const start = Date.UTC(2026, 0, 1);
  const processes = offsets.map(
    (offset, index) =>
      new Process(kube, `operator-${index}`, new Date(start + offset)),
  );
  const pass = async (steps: number, first = 0) => {
    for (let step = 0; step < steps; step += 1) {
      for (let index = 0; index < processes.length; index += 1) {
        await processes[(index + first) % processes.length].pass(STEP);
        // Clocks of the others are a step behind here: a lead of a step is within the five seconds of reserve.
        expectOneLeader(processes);
      }
    }
  };
  const end = async () => {
    for (const process of processes) {
      process.frozen = false;
      process.cut = true;
      process.delay = 0;
      await process.stop();
    }
    return processes.reduce((sum, { timing }) => sum + timing.pending, 0);
  };
  return { processes, pass, end };
}

function expectOneLeader(processes: readonly Process[]): void {
  const leaders = processes.filter(({ leads }) => leads);
  if (leaders.length > 1) throw new Error(`${leaders.length} lead at once`);
}

describe('the election, whatever happens to its candidates', () => {
  it('never has two leaders, and tells of the end of every term that it told the beginning of', async () => {
    await fc.assert(
      fc.asyncProperty(schedules, clocks, async (schedule, offsets) => {
        const { processes, pass, end } = gather(offsets);
        for (const { who, mishap, steps, first } of schedule) {
          await befall(processes[who], mishap);
          expectOneLeader(processes);
          await pass(steps, first);
        }
        const timers = await end();
        expect(timers).toBe(0);
        expect(processes.map(({ announced }) => announced)).toEqual([0, 0, 0]);
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  it('has one again within two leases once all are well, and keeps it', async () => {
    await fc.assert(
      fc.asyncProperty(schedules, clocks, async (schedule, offsets) => {
        const { processes, pass, end } = gather(offsets);
        for (const { who, mishap, steps } of schedule) {
          await befall(processes[who], mishap);
          await pass(Math.min(steps, 20));
        }
        for (const process of processes) {
          process.repliesToLose = 0;
          process.delay = 0;
          process.cut = false;
          process.frozen = false;
          process.start();
        }
        await pass(30_000 / STEP);
        const leaders = () => processes.map(({ leads }) => leads);
        const elected = leaders();
        expect(elected.filter(leads => leads)).toHaveLength(1);
        await pass(60_000 / STEP);
        expect(leaders()).toEqual(elected);
        await end();
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});
