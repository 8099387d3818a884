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
