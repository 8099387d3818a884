import { KubeError } from '../errors';
import { InMemoryKube } from '../memory/inMemoryKube';
import { KubeObject } from '../objects';
import { KubeReader, KubeWriter } from '../ports';
import { ManualTiming, settle } from '../testing/manualTiming';
import { at, namespaces } from '../testing/objects';
import {
  createLeaseElection,
  leaseType,
  LeaseElectionOptions,
} from './leaseElection';

const key = { namespace: 'system', name: 'operator' };

function world() {
  const timing = new ManualTiming();
  let down = false;
  const kube = new InMemoryKube({
    now: timing.now,
    fault: () => {
      if (down) throw new KubeError('the connection was refused');
    },
  });
  kube.seed(namespaces, {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'system' },
  });
  const stops: (() => Promise<void>)[] = [];
  const candidate = (
    identity: string,
    options: Partial<LeaseElectionOptions> = {},
  ) => {
    const log: string[] = [];
    const own = options.timing ?? timing;
    const election = createLeaseElection({
      reader: kube,
      writer: kube.writer({ fieldManager: identity }),
      ...key,
      identity,
      timing: own,
      onStartedLeading: () => log.push(`start ${own.monotonic()}`),
      onStoppedLeading: () => log.push(`stop ${own.monotonic()}`),
      onError: error => log.push(String(error)),
      ...options,
    });
    const abort = new AbortController();
    const ended = election.run(abort.signal);
    const stop = async () => {
      abort.abort();
      await ended;
    };
    stops.push(stop);
    return { election, log, stop };
  };
  const lease = async () => {
    const object = await kube.get(leaseType, key);
    if (!object) throw new Error('there is no lease');
    return object;
  };
  return {
    timing,
    kube,
    candidate,
    lease,
    holder: async () => at(await lease(), 'spec', 'holderIdentity'),
    outage: (value: boolean) => {
      down = value;
    },
    end: async () => {
      await Promise.all(stops.map(stop => stop()));
      if (timing.pending > 0) throw new Error('a timer was left behind');
    },
  };
}

let world1: ReturnType<typeof world>;
beforeEach(() => {
  world1 = world();
});
afterEach(async () => {
  world1.outage(false);
  await world1.end();
});

describe('createLeaseElection', () => {
  it('makes the first candidate the leader and writes a lease that others understand', async () => {
    const { candidate, timing, lease } = world1;
    const { election, log } = candidate('one');
    await settle();
    expect(election.isLeader()).toBe(true);
    expect(log).toEqual(['start 0']);
    expect((await lease()).spec).toEqual({
      holderIdentity: 'one',
      leaseDurationSeconds: 15,
      acquireTime: '2026-01-01T00:00:00.000000Z',
      renewTime: '2026-01-01T00:00:00.000000Z',
      leaseTransitions: 0,
    });
    await timing.advance(2_500);
    expect(at(await lease(), 'spec', 'renewTime')).toBe(
      '2026-01-01T00:00:02.000000Z',
    );
  });

  it('has one leader while all is well, for as long as you like', async () => {
    const { candidate, timing, kube } = world1;
    const one = candidate('one');
    const two = candidate('two');
    await timing.advance(600_000);
    expect(one.election.isLeader()).toBe(true);
    expect(two.election.isLeader()).toBe(false);
    expect(two.log).toEqual([]);
    expect(kube.requests('create')).toBeLessThanOrEqual(2);
  });

  it('hands over at once when the leader stops', async () => {
    const { candidate, timing, holder, lease } = world1;
    const one = candidate('one');
    await settle();
    const two = candidate('two');
    await timing.advance(5_000);
    await one.stop();
    expect(one.election.isLeader()).toBe(false);
    expect(one.log).toEqual(['start 0', 'stop 5000']);
    await timing.advance(2_400);
    expect(two.election.isLeader()).toBe(true);
    expect(await holder()).toBe('two');
    expect(at(await lease(), 'spec', 'leaseTransitions')).toBe(1);
  });

  it('hands over after the lease when the leader dies, and not before', async () => {
    const { candidate, timing } = world1;
    const dying = new ManualTiming();
    candidate('one', { timing: dying });
    await settle();
    const two = candidate('two');
    await timing.advance(14_900);
    expect(two.election.isLeader()).toBe(false);
    await timing.advance(3_000);
    expect(two.election.isLeader()).toBe(true);
  });

  it('stops leading before a successor may begin when the server can not be reached', async () => {
    const { candidate, timing, outage } = world1;
    const { election, log } = candidate('one');
    await timing.advance(4_000);
    outage(true);
    await timing.advance(9_000);
    expect(election.isLeader()).toBe(true);
    await timing.advance(1_500);
    expect(election.isLeader()).toBe(false);
    expect(log.filter(line => line.startsWith('stop'))).toHaveLength(1);
    expect(log).toContain('KubeError: the connection was refused');
    outage(false);
    await timing.advance(2_500);
    expect(election.isLeader()).toBe(true);
  });

  it('fences a term: its signal ends with the term, and there is none without one', async () => {
    const { candidate, timing, outage } = world1;
    const { election } = candidate('one');
    expect(() => election.fence()).toThrow(
      'one does not hold the lease system/operator and may not write',
    );
    await settle();
    const fence = election.fence();
    await timing.advance(60_000);
    expect(fence.aborted).toBe(false);
    expect(election.fence()).toBe(fence);
    outage(true);
    await timing.advance(12_500);
    expect(fence.aborted).toBe(true);
    expect(String(fence.reason)).toContain('one lost the lease');
    expect(() => election.fence()).toThrow(KubeError);
  });

  it('knows after having been frozen that its time is over, before it writes anything', async () => {
    const { candidate, timing, kube } = world1;
    const frozen = new ManualTiming();
    const one = candidate('one', { timing: frozen });
    await settle();
    const fence = one.election.fence();
    const two = candidate('two');
    await timing.advance(20_000);
    expect(two.election.isLeader()).toBe(true);
    // The process wakes up: its clock went on, its timers have not rung yet.
    frozen.freeze(20_000);
    expect(one.election.isLeader()).toBe(false);
    expect(() => one.election.fence()).toThrow(KubeError);
    expect(fence.aborted).toBe(true);
    const before = kube.writes.length;
    await frozen.advance(10_000);
    expect(one.election.isLeader()).toBe(false);
    expect(kube.writes).toHaveLength(before);
    expect(two.election.isLeader()).toBe(true);
    await one.stop();
    expect(frozen.pending).toBe(0);
  });

  it('begins a new term after having been frozen when nobody else came', async () => {
    const { candidate } = world1;
    const frozen = new ManualTiming();
    const one = candidate('one', { timing: frozen });
    await settle();
    const first = one.election.fence();
    frozen.freeze(60_000);
    await frozen.advance(3_000);
    expect(first.aborted).toBe(true);
    expect(one.election.fence()).not.toBe(first);
    await one.stop();
  });

  it('does not believe the clocks of others', async () => {
    const { candidate, timing } = world1;
    const slow = new ManualTiming(new Date('1999-01-01T00:00:00Z'));
    const one = candidate('one', { timing: slow });
    await settle();
    const two = candidate('two');
    for (let second = 0; second < 60; second += 1) {
      await slow.advance(1_000);
      await timing.advance(1_000);
    }
    expect(one.election.isLeader()).toBe(true);
    expect(two.log).toEqual([]);
    await one.stop();
  });

  it('counts from when a slow answer came, not from when it was asked for', async () => {
    const { candidate, timing, kube } = world1;
    const steady = new ManualTiming();
    const one = candidate('one', { timing: steady });
    await settle();
    let slow = true;
    /** The first read is answered with the state at its end, 4 s after it was sent. */
    const slowly: KubeReader = {
      get: async (type, where) => {
        if (slow) await timing.sleep(4_000, new AbortController().signal);
        slow = false;
        return kube.get(type, where);
      },
      list: kube.list.bind(kube),
      listPage: kube.listPage.bind(kube),
      watch: kube.watch.bind(kube),
    };
    const taken: number[] = [];
    candidate('two', {
      reader: slowly,
      leaseMs: 9_000,
      renewDeadlineMs: 8_500,
      onStartedLeading: () => taken.push(timing.monotonic()),
    });
    // The leader renews for the last time at 4 s, just before the first answer.
    await steady.advance(2_500);
    await timing.advance(3_900);
    await steady.advance(2_500);
    await timing.advance(60_000);
    expect(taken[0]).toBeGreaterThan(4_000 + 15_000);
    await one.stop();
  });

  it('does not wait for ever for a server that does not answer', async () => {
    const { candidate, timing, kube } = world1;
    const hanging: KubeReader = {
      get: (_type, _where, options) =>
        new Promise((_resolve, reject) => {
          options?.signal?.addEventListener('abort', () =>
            reject(options.signal?.reason),
          );
        }),
      list: kube.list.bind(kube),
      listPage: kube.listPage.bind(kube),
      watch: kube.watch.bind(kube),
    };
    const { log, stop } = candidate('one', { reader: hanging });
    await timing.advance(5_000);
    expect(log).toEqual([
      'KubeError: the lease system/operator could not be read and written within 5 s',
    ]);
    const stopping = stop();
    await timing.advance(5_000);
    await stopping;
  });

  it('keeps leading when somebody merely edits the lease', async () => {
    const { candidate, timing, kube, lease } = world1;
    let edit = async () => {};
    const writer = kube.writer({ fieldManager: 'one' });
    const racing: KubeWriter = {
      ...writer,
      apply: writer.apply.bind(writer),
      create: writer.create.bind(writer),
      delete: writer.delete.bind(writer),
      update: async (object, options) => {
        await edit();
        return writer.update(object, options);
      },
    };
    const { election, log } = candidate('one', { writer: racing });
    await settle();
    edit = async () => {
      edit = async () => {};
      const current = await lease();
      const labels = { edited: 'yes' };
      kube.seed(leaseType, {
        ...current,
        metadata: { ...current.metadata, labels },
      });
    };
    await timing.advance(2_500);
    expect(election.isLeader()).toBe(true);
    expect(log).toEqual(['start 0']);
  });

  it('steps down when the lease is somebody else s', async () => {
    const { candidate, timing, kube, lease } = world1;
    const { election, log } = candidate('one');
    await settle();
    const current: KubeObject = await lease();
    const spec = { ...Object(current.spec), holderIdentity: 'usurper' };
    kube.seed(leaseType, { ...current, spec });
    await timing.advance(2_500);
    expect(election.isLeader()).toBe(false);
    expect(log[1]).toMatch(/^stop/);
  });

  it('takes up a lease that was deleted', async () => {
    const { candidate, timing, kube, lease, holder } = world1;
    const { election } = candidate('one');
    await settle();
    const { metadata } = await lease();
    const admin = kube.writer({ fieldManager: 'admin' });
    await admin.delete(leaseType, metadata, { uid: metadata.uid ?? '' });
    await timing.advance(2_500);
    expect(election.isLeader()).toBe(true);
    expect(await holder()).toBe('one');
  });

  it('survives a lost answer: the lease is its own when it looks again', async () => {
    const { candidate, timing, kube, holder } = world1;
    const writer = kube.writer({ fieldManager: 'one' });
    let lost = false;
    const { election } = candidate('one', {
      writer: {
        ...writer,
        apply: writer.apply.bind(writer),
        update: writer.update.bind(writer),
        delete: writer.delete.bind(writer),
        create: async (object, options) => {
          const outcome = await writer.create(object, options);
          if (lost) return outcome;
          lost = true;
          throw new KubeError('the connection broke');
        },
      },
    });
    await settle();
    expect(election.isLeader()).toBe(false);
    await timing.advance(2_500);
    expect(election.isLeader()).toBe(true);
    expect(await holder()).toBe('one');
  });

  it('says what keeps it from campaigning', async () => {
    const timing = new ManualTiming();
    const kube = new InMemoryKube({ now: timing.now });
    const { log } = world1.candidate('one', {
      reader: kube,
      writer: kube.writer({ fieldManager: 'one' }),
    });
    await settle();
    expect(log).toEqual([
      'KubeError: the lease system/operator can not be made: namespaces "system" not found',
    ]);
  });

  it('refuses a deadline that is no shorter than the lease', () => {
    const { kube } = world1;
    expect(() =>
      createLeaseElection({
        reader: kube,
        writer: kube.writer({ fieldManager: 'x' }),
        ...key,
        identity: 'x',
        leaseMs: 10_000,
        renewDeadlineMs: 10_000,
      }),
    ).toThrow('a leader stops before its successor starts');
  });
});
