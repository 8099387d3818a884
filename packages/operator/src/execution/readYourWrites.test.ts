import { KubeObject } from '@understage/kube';
import { refOf } from '@understage/plugin-paas-common';
import { ReadYourWrites } from './readYourWrites';

const service = (version: string, more: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {
    name: 'web',
    namespace: 'shop',
    uid: 'uid-1',
    resourceVersion: version,
    ...more,
  },
});

function setUp() {
  let clock = 0;
  const writes = new ReadYourWrites({
    monotonic: () => clock,
    patienceMs: 1000,
  });
  const versions = (
    cached: readonly KubeObject[],
    belongs = (_: KubeObject) => true,
  ) =>
    writes
      .overlay(cached, belongs)
      .map(({ metadata }) => metadata.resourceVersion);
  return {
    writes,
    versions,
    pass: (milliseconds: number) => {
      clock += milliseconds;
    },
  };
}

describe('what we wrote', () => {
  it('stands in for what the cache does not know yet', () => {
    const { writes, versions } = setUp();
    writes.remember(service('7'));
    expect(versions([])).toEqual(['7']);
  });

  it('is left out where it does not belong', () => {
    const { writes, versions } = setUp();
    writes.remember(service('7'));
    expect(versions([], () => false)).toEqual([]);
  });

  it.each([
    ['older', '6', '7'],
    ['older by a digit', '9', '10'],
    ['equal', '7', '7'],
  ])('stands in for an %s version of the cache', (_, cached, written) => {
    const { writes, versions } = setUp();
    writes.remember(service(written));
    expect(versions([service(cached)])).toEqual([written]);
  });

  it('gives way to a newer version, for good', () => {
    const { writes, versions } = setUp();
    writes.remember(service('7'));
    expect(versions([service('8')])).toEqual(['8']);
    expect(writes.pending).toBe(0);
    expect(versions([])).toEqual([]);
  });

  it('stands in for another version when versions can not be ordered', () => {
    const { writes, versions } = setUp();
    writes.remember(service('abc'));
    expect(versions([service('abd')])).toEqual(['abc']);
  });

  it('is believed for as long as we are patient', () => {
    const { writes, versions, pass } = setUp();
    writes.remember(service('7'));
    pass(999);
    expect(versions([service('6')])).toEqual(['7']);
    pass(1);
    expect(versions([service('6')])).toEqual(['6']);
    expect(versions([])).toEqual([]);
  });

  it('is forgotten when the watch says that it is gone', () => {
    const { writes, versions } = setUp();
    writes.remember(service('7'));
    writes.seenDeleted(service('8'));
    expect(versions([])).toEqual([]);
  });

  it('stays when the watch speaks of its predecessor of the same name', () => {
    const { writes, versions } = setUp();
    writes.remember(service('9', { uid: 'uid-2' }));
    writes.seenDeleted(service('8'));
    expect(versions([])).toEqual(['9']);
  });
});

describe('what we deleted', () => {
  it('is gone before the watch says so', () => {
    const { writes, versions } = setUp();
    writes.rememberDeleted(refOf(service('7')), 'uid-1');
    expect(versions([service('7')])).toEqual([]);
  });

  it('is still there while a finalizer holds it', () => {
    const { writes, versions } = setUp();
    writes.rememberDeleted(refOf(service('7')), 'uid-1');
    const held = service('8', { deletionTimestamp: '2026-11-23T00:00:00Z' });
    expect(versions([held])).toEqual(['8']);
  });

  it('does not hide a successor of the same name', () => {
    const { writes, versions } = setUp();
    writes.rememberDeleted(refOf(service('7')), 'uid-1');
    expect(versions([service('9', { uid: 'uid-2' })])).toEqual(['9']);
  });

  it('is not remembered longer than we are patient', () => {
    const { writes, versions, pass } = setUp();
    writes.rememberDeleted(refOf(service('7')), 'uid-1');
    pass(1000);
    expect(versions([service('7')])).toEqual(['7']);
  });
});
