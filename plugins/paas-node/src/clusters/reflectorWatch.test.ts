import { InMemoryKube, KubeError, Timing } from '@understage/kube';
import { KubeObject } from '@understage/plugin-paas-common';
import { KindWatch } from './KindWatch';
import { startReflectorWatches } from './reflectorWatch';
import { clusterApplication } from './testing/clusterObjects';
import { applicationType } from './watchedKinds';

/** Time that passes when the test says so. Sleeps of the reflector end at once. */
class TestTiming implements Timing {
  private at = Date.parse('2026-01-01T00:00:00Z');
  private readonly timers = new Set<{ due: number; callback: () => void }>();
  now = () => new Date(this.at);
  monotonic = () => this.at;
  random = () => 0.5;
  sleep = () => new Promise<void>(resolve => setImmediate(resolve));
  after = (milliseconds: number, callback: () => void) => {
    const timer = { due: this.at + milliseconds, callback };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  };
  pass(milliseconds: number) {
    this.at += milliseconds;
    for (const timer of [...this.timers]) {
      if (timer.due > this.at) continue;
      this.timers.delete(timer);
      timer.callback();
    }
  }
}

async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 1_000 && !condition(); turn += 1) {
    await new Promise(resolve => setImmediate(resolve));
  }
  expect(condition()).toBe(true);
}

describe('a watch by a reflector', () => {
  const running: KindWatch[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map(watch => watch.stop()));
  });

  function start(fault: () => void = () => {}) {
    const timing = new TestTiming();
    const cluster = new InMemoryKube({
      name: 'playground',
      fault: ({ verb }) => {
        if (verb === 'list' || verb === 'watch') fault();
      },
    });
    const kept = new Map<string, KubeObject>();
    const watch = startReflectorWatches({ project: object => object, timing })({
      cluster,
      kind: { type: applicationType, optional: false },
      onUpsert: object => kept.set(object.metadata.name, object),
      onRemove: object => kept.delete(object.metadata.name),
      onHealth: () => {},
    });
    running.push(watch);
    return { cluster, kept, watch, timing };
  }

  it('hands on what is there and what comes', async () => {
    const { cluster, kept, watch } = start();
    expect(watch.health()).toEqual({ kind: 'starting' });
    await until(() => watch.health().kind === 'synced');
    cluster.seed(
      applicationType,
      clusterApplication({ name: 'checkout', namespace: 'shop' }),
    );
    await until(() => kept.has('checkout'));
  });

  it('says what is missing when the cluster does not know Applications', async () => {
    const { watch } = start(() => {
      throw new KubeError('the server could not find it', { status: 404 });
    });
    await until(() => watch.health().kind === 'failing');
    expect(watch.health()).toMatchObject({
      missing: true,
      synced: false,
      why: expect.stringContaining('kubectl apply --server-side -f crds/'),
    });
  });

  it('stays quiet about an interruption that is over soon, and tells one that lasts', async () => {
    let broken = false;
    const { cluster, watch, timing, kept } = start(() => {
      if (broken) {
        throw new KubeError(
          'GET /apis at https://10.0.0.1: connection refused',
          {
            why: 'connection refused',
          },
        );
      }
    });
    await until(() => watch.health().kind === 'synced');
    broken = true;
    cluster.closeWatches();
    await new Promise(resolve => setImmediate(resolve));
    expect(watch.health().kind).toBe('synced');
    await until(() => {
      timing.pass(100);
      return watch.health().kind === 'failing';
    });
    expect(watch.health()).toMatchObject({
      synced: true,
      missing: false,
      // A person at the portal sent no request, and has no use for its address.
      why: 'The API server of playground does not answer: connection refused',
    });
    broken = false;
    await until(() => {
      timing.pass(100);
      return watch.health().kind === 'synced';
    });
    cluster.seed(
      applicationType,
      clusterApplication({ name: 'media', namespace: 'shop' }),
    );
    await until(() => kept.has('media'));
  });
});
