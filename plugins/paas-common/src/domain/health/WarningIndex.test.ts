import { podOf, warning } from './testing/podOf';
import { WarningIndex } from './WarningIndex';

const pod = podOf();
const said = warning(pod, { reason: 'Unhealthy', message: 'no' });
const now = new Date('2026-11-23T00:01:00Z');
const reasons = (...events: readonly (typeof said)[]) =>
  new WarningIndex(events, now).about(pod).map(({ reason }) => reason);

describe('what warnings say about an object', () => {
  it('is found by its uid', () => {
    expect(reasons(said)).toEqual(['Unhealthy']);
  });

  it.each([
    ['its name and no uid', { involvedObject: { kind: 'Pod', name: 'web-1' } }],
    [
      'its name and an empty uid',
      { involvedObject: { kind: 'Pod', name: 'web-1', uid: '' } },
    ],
    [
      'its name and the uid of another',
      { involvedObject: { kind: 'Pod', name: 'web-1', uid: 'gone' } },
    ],
    ['it, as no warning', { type: 'Normal' }],
  ])('is nothing that names %s', (_what, fields) => {
    expect(reasons({ ...said, ...fields })).toEqual([]);
  });

  it('is nothing about an object without a uid', () => {
    const { uid: _uid, ...metadata } = pod.metadata;
    const index = new WarningIndex([said], now);
    expect(index.about({ ...pod, metadata })).toEqual([]);
  });

  it('is told by the newer kind of event as well', () => {
    const { involvedObject, message, ...rest } = said;
    const newer = { ...rest, regarding: involvedObject, note: message };
    expect(reasons(newer)).toEqual(['Unhealthy']);
  });
});

describe('warnings by their object', () => {
  const later = new Date('2026-11-23T01:00:00Z');
  const at = (time: string, reason = 'BackOff') =>
    warning(pod, { reason, message: `${reason} at ${time}`, at: time });
  const messages = (index: WarningIndex, ...wanted: string[]) =>
    index.about(pod, ...wanted).map(({ message }) => message);

  it('come newest first, whatever the order in which they were told', () => {
    const events = [
      at('2026-11-23T00:50:00Z'),
      at('2026-11-23T00:58:00Z'),
      at('2026-11-23T00:55:00Z'),
    ];
    const expected = [
      'BackOff at 2026-11-23T00:58:00Z',
      'BackOff at 2026-11-23T00:55:00Z',
      'BackOff at 2026-11-23T00:50:00Z',
    ];
    expect(messages(new WarningIndex(events, later))).toEqual(expected);
    expect(messages(new WarningIndex([...events].reverse(), later))).toEqual(
      expected,
    );
  });

  it('of one time come by their text, so that the same is said each time', () => {
    const time = '2026-11-23T00:50:00Z';
    const events = [at(time, 'Zeta'), at(time, 'Alpha')];
    const expected = [`Alpha at ${time}`, `Zeta at ${time}`];
    expect(messages(new WarningIndex(events, later))).toEqual(expected);
    expect(messages(new WarningIndex([...events].reverse(), later))).toEqual(
      expected,
    );
  });

  it.each([
    ['2026-11-23T00:45:00Z', 1],
    ['2026-11-23T00:44:59Z', 0],
    // A clock that is ahead of ours.
    ['2026-11-23T01:02:00Z', 1],
  ])('count for a quarter of an hour: %s', (time, count) => {
    expect(messages(new WarningIndex([at(time)], later))).toHaveLength(count);
  });

  it('count without a time too', () => {
    const timeless = { ...at(''), metadata: { name: 'e' } };
    expect(messages(new WarningIndex([timeless], later))).toHaveLength(1);
  });

  it('are found by their reasons, any of several', () => {
    const index = new WarningIndex(
      [
        at('2026-11-23T00:50:00Z', 'Failed'),
        at('2026-11-23T00:51:00Z', 'BackOff'),
        at('2026-11-23T00:52:00Z', 'Unhealthy'),
      ],
      later,
    );
    expect(messages(index, 'Unhealthy', 'Failed')).toEqual([
      'Unhealthy at 2026-11-23T00:52:00Z',
      'Failed at 2026-11-23T00:50:00Z',
    ]);
    expect(messages(index, 'Evicted')).toEqual([]);
  });
});
