import { Playground, startPlayground } from '@understage/playground';
import { connectCluster, HttpCluster } from '../client/connectCluster';
import { eventually } from '../testing/eventually';
import { at } from '../testing/objects';
import { createLeaseElection, leaseType } from './leaseElection';

jest.setTimeout(180_000);

const key = { namespace: 'default', name: 'contract' };

let playground: Playground;
let cluster: HttpCluster;
beforeAll(async () => {
  playground = await startPlayground({
    components: ['etcd', 'kube-apiserver'],
  });
  const { kubeconfig } = playground;
  cluster = await connectCluster({ name: 'playground', kubeconfig });
});
afterAll(async () => {
  await cluster?.close();
  await playground?.stop();
});

function candidate(identity: string) {
  const abort = new AbortController();
  const errors: unknown[] = [];
  const election = createLeaseElection({
    reader: cluster,
    writer: cluster.writer({ fieldManager: identity }),
    ...key,
    identity,
    leaseMs: 3_000,
    renewDeadlineMs: 2_000,
    retryMs: 50,
    onError: error => errors.push(error),
  });
  const ended = election.run(abort.signal);
  const stop = async () => {
    abort.abort();
    await ended;
  };
  return { election, errors, stop };
}

describe('a lease on a real API server', () => {
  it('is held by one of two, given back and taken over', async () => {
    const one = candidate('one');
    await eventually('one leads', () => one.election.isLeader());
    const two = candidate('two');
    expect(two.election.isLeader()).toBe(false);
    const began = performance.now();
    await one.stop();
    await eventually('two leads', () => two.election.isLeader());
    // Given back, not expired.
    expect(performance.now() - began).toBeLessThan(2_500);
    expect(one.election.isLeader()).toBe(false);
    const lease = await cluster.get(leaseType, key);
    expect(lease?.spec).toMatchObject({
      holderIdentity: 'two',
      leaseDurationSeconds: 3,
      leaseTransitions: 1,
    });
    await two.stop();
    const given = await cluster.get(leaseType, key);
    expect(at(given, 'spec', 'holderIdentity') ?? '').toBe('');
    expect([...one.errors, ...two.errors]).toEqual([]);
  });

  it('is lost while the server is gone, and won again after its restart', async () => {
    const { election, stop } = candidate('three');
    await eventually('it leads', () => election.isLeader());
    const fence = election.fence();
    await playground.kill('kube-apiserver');
    await eventually('it knows', () => !election.isLeader());
    await eventually('the term is over', () => fence.aborted);
    await playground.restart('kube-apiserver');
    await eventually('it leads again', () => election.isLeader());
    expect(election.fence()).not.toBe(fence);
    await stop();
  });
});
