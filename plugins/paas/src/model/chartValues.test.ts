import { ownOf, withOwn } from './chartValues';

const chart = {
  replicas: 1,
  persistence: { enabled: true, size: '8Gi' },
  hosts: ['a'],
};

describe('values of a chart and one’s own', () => {
  it('are merged field by field, lists as a whole', () => {
    const own = { persistence: { size: '2Gi' }, hosts: ['b'], extra: 1 };
    expect(withOwn(chart, own)).toEqual({
      replicas: 1,
      persistence: { enabled: true, size: '2Gi' },
      hosts: ['b'],
      extra: 1,
    });
  });

  it.each([
    {},
    { replicas: 3 },
    { persistence: { enabled: false } },
    { hosts: [] },
    { extra: { deep: [1, 2] } },
    { ['__proto__x']: 1 },
  ])('are told apart again: %j', own => {
    expect(ownOf(withOwn(chart, own), chart)).toEqual(own);
  });

  it('are nothing when all is as the chart has it', () => {
    expect(ownOf({ ...chart, replicas: 1, gone: undefined }, chart)).toEqual(
      {},
    );
  });
});
