import { ApplicationRecord } from '@understage/plugin-paas-node';
import { ChangeLog } from './ChangeLog';

const state = (key: string): ApplicationRecord =>
  Object.assign(Object.create(null), { key });
const one = state('one');
const two = state('two');
const three = state('three');

describe('ChangeLog', () => {
  it('answers what came after a number, each application once', () => {
    const log = new ChangeLog(100);
    log.append([{ key: 'a', before: one, after: two }]);
    log.append([
      { key: 'a', before: two, after: three },
      { key: 'b', after: one },
    ]);
    expect(log.sequence).toBe(2);
    expect(log.since(2)).toEqual(new Map());
    expect([...(log.since(0)?.values() ?? [])]).toEqual([
      { key: 'a', before: one, after: three },
      { key: 'b', before: undefined, after: one },
    ]);
    expect([...(log.since(1)?.keys() ?? [])]).toEqual(['a', 'b']);
  });

  it('has nothing to say about what is too long ago, or never was', () => {
    const log = new ChangeLog(2);
    for (let number = 0; number < 5; number += 1)
      log.append([{ key: `${number}` }]);
    expect(log.since(2)).toBeUndefined();
    expect(log.since(3)?.size).toBe(2);
    expect(log.since(6)).toBeUndefined();
    expect(log.since(-1)).toBeUndefined();
  });

  it('counts changes of freshness alone as well', () => {
    const log = new ChangeLog(2);
    log.append([]);
    expect(log.sequence).toBe(1);
    expect(log.since(0)).toEqual(new Map());
  });
});
