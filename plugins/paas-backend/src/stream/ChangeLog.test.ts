import { ApplicationRecord } from '@understage/plugin-paas-node';
import { ChangeLog } from './ChangeLog';

const state = (key: string): ApplicationRecord =>
  Object.assign(Object.create(null), { key });
const kind = 'application';
const one = state('one');
const two = state('two');
const three = state('three');

describe('ChangeLog', () => {
  it('answers what came after a number, each application once', () => {
    const log = new ChangeLog(100);
    log.append([{ kind, key: 'a', before: one, after: two }]);
    log.append([
      { kind, key: 'a', before: two, after: three },
      { kind, key: 'b', after: one },
    ]);
    expect(log.sequence).toBe(2);
    expect(log.since(2)).toEqual(new Map());
    expect([...(log.since(0)?.values() ?? [])]).toEqual([
      { kind, key: 'a', before: one, after: three },
      { kind, key: 'b', after: one },
    ]);
    expect([...(log.since(1)?.keys() ?? [])]).toEqual([
      'application a',
      'application b',
    ]);
  });

  it('keeps things of different kinds apart though their keys are equal', () => {
    const log = new ChangeLog(100);
    log.append([{ kind, key: 'a', after: one }]);
    log.append([{ kind: 'tenant', key: 'a' }]);
    expect([...(log.since(0)?.values() ?? [])]).toEqual([
      { kind, key: 'a', after: one },
      { kind: 'tenant', key: 'a' },
    ]);
  });

  it('has nothing to say about what is too long ago, or never was', () => {
    const log = new ChangeLog(2);
    for (let number = 0; number < 5; number += 1)
      log.append([{ kind, key: `${number}` }]);
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
