import { latencyBuckets, RequestStatistics } from './requestStatistics';

const get = { method: 'GET', verb: 'get' } as const;
const list = { method: 'GET', verb: 'list' } as const;

describe('RequestStatistics', () => {
  it('counts by verb, and sums verbs up by method', () => {
    const statistics = new RequestStatistics();
    statistics.record(get, 200, 1);
    statistics.record(list, 200, 1);
    statistics.record(list, 200, 1);
    statistics.record(list, 0, 1);
    expect(statistics.stats().requests).toEqual([
      { verb: 'get', status: 200, count: 1 },
      { verb: 'list', status: 200, count: 2 },
      { verb: 'list', status: 0, count: 1 },
    ]);
    expect(statistics.counts()).toEqual([
      { method: 'GET', status: 200, count: 3 },
      { method: 'GET', status: 0, count: 1 },
    ]);
  });

  it('sorts times into buckets, a bound included, with one for the slowest', () => {
    const statistics = new RequestStatistics();
    latencyBuckets.forEach(bound => statistics.record(get, 200, bound));
    statistics.record(get, 200, 60_000);
    expect(statistics.latency()).toEqual(
      new Array(latencyBuckets.length + 1).fill(1),
    );
    const { latency } = statistics.stats();
    expect(latency.count).toBe(12);
    expect(latency.sumMs).toBe(
      latencyBuckets.reduce((sum, bound) => sum + bound, 60_000),
    );
  });

  it('hands out values that do not change later', () => {
    const statistics = new RequestStatistics();
    statistics.record(get, 200, 1);
    const before = statistics.stats();
    statistics.record(get, 200, 1);
    expect(before.requests[0].count).toBe(1);
    expect(before.latency.counts[0]).toBe(1);
  });
});
