import fc from 'fast-check';
import { KubeObject } from '../kubernetes';
import { readEvent, warnedUid } from './readEvent';

const about = {
  apiVersion: 'v1',
  kind: 'Pod',
  namespace: 'shop',
  name: 'web-1',
  uid: 'uid-1',
};

function event(fields: Readonly<Record<string, unknown>>): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: 'e', creationTimestamp: '2026-01-01T00:00:00Z' },
    ...fields,
  };
}

describe('an event', () => {
  const reading = {
    type: 'Warning',
    reason: 'BackOff',
    message: 'back-off restarting',
    count: 7,
    lastSeen: '2026-01-01T00:05:00Z',
    about,
  };

  it('of the core group is read', () => {
    expect(
      readEvent(
        event({
          involvedObject: about,
          type: 'Warning',
          reason: 'BackOff',
          message: '  back-off restarting\n',
          count: 7,
          lastTimestamp: '2026-01-01T00:05:00Z',
        }),
      ),
    ).toEqual(reading);
  });

  it('of events.k8s.io is read to the same', () => {
    expect(
      readEvent(
        event({
          apiVersion: 'events.k8s.io/v1',
          regarding: about,
          type: 'Warning',
          reason: 'BackOff',
          note: 'back-off restarting',
          deprecatedCount: 7,
          deprecatedLastTimestamp: '2026-01-01T00:05:00Z',
        }),
      ),
    ).toEqual(reading);
  });

  it.each<[string, object, string]>([
    [
      'its series',
      {
        series: { lastObservedTime: '2026-01-01T00:09:00Z' },
        lastTimestamp: '2026-01-01T00:05:00Z',
      },
      '2026-01-01T00:09:00Z',
    ],
    [
      'its last time',
      {
        lastTimestamp: '2026-01-01T00:05:00Z',
        eventTime: '2026-01-01T00:01:00Z',
      },
      '2026-01-01T00:05:00Z',
    ],
    [
      'its time, where the last one is null',
      { lastTimestamp: null, eventTime: '2026-01-01T00:01:00Z' },
      '2026-01-01T00:01:00Z',
    ],
    ['when it was made', { lastTimestamp: '' }, '2026-01-01T00:00:00Z'],
  ])('was last seen at the time of %s', (_, fields, time) => {
    expect(readEvent(event({ ...fields })).lastSeen).toBe(time);
  });

  it.each<[object, number]>([
    [{ series: { count: 9 }, count: 2 }, 9],
    [{ count: 2, deprecatedCount: 3 }, 2],
    [{ deprecatedCount: 3 }, 3],
    [{ count: null }, 1],
    [{}, 1],
  ])('%j was seen so many times: %d', (fields, count) => {
    expect(readEvent(event({ ...fields })).count).toBe(count);
  });

  it('that says nothing is normal, and about nothing', () => {
    const bare = { apiVersion: 'v1', kind: 'Event', metadata: { name: 'e' } };
    expect(readEvent(bare)).toEqual({
      type: 'Normal',
      reason: '',
      message: '',
      count: 1,
      lastSeen: '',
      about: { apiVersion: '', kind: '', name: '' },
    });
  });

  it.each<[string, object, string | undefined]>([
    ['a warning', { type: 'Warning', involvedObject: about }, 'uid-1'],
    [
      'a warning of the other group',
      { type: 'Warning', regarding: about },
      'uid-1',
    ],
    ['no warning', { type: 'Normal', involvedObject: about }, undefined],
    ['of no type', { involvedObject: about }, undefined],
    [
      'without a uid',
      { type: 'Warning', involvedObject: { name: 'x' } },
      undefined,
    ],
    [
      'with an empty uid',
      { type: 'Warning', involvedObject: { ...about, uid: '' } },
      undefined,
    ],
  ])('warns by the uid only: %s', (_, fields, uid) => {
    expect(warnedUid(event({ ...fields }))).toBe(uid);
  });

  it('of any content is read without an error, to the same shape', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fields => {
        const { count, message, lastSeen } = readEvent(event(fields));
        expect([typeof count, typeof message, typeof lastSeen]).toEqual([
          'number',
          'string',
          'string',
        ]);
      }),
    );
  });
});
