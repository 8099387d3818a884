import { EventIndex } from './EventIndex';
import { clusterObject } from './testing/clusterObjects';

const event = (name: string, uid: string) => ({
  ...clusterObject('Event', { name, namespace: 'shop' }),
  type: 'Warning',
  involvedObject: { uid },
});
const namesAbout = (index: EventIndex, ...uids: string[]) =>
  index.about(uids).map(({ metadata }) => metadata.name);

describe('EventIndex', () => {
  it('finds events by what they are about', () => {
    const index = new EventIndex();
    expect(index.set(event('e1', 'pod-1'))).toBe('pod-1');
    index.set(event('e2', 'pod-2'));
    expect(namesAbout(index, 'pod-1', 'pod-2')).toEqual(['e1', 'e2']);
    expect(namesAbout(index, 'pod-3')).toEqual([]);
    expect(index.about([undefined])).toEqual([]);
  });

  it('forgets events that expire', () => {
    const index = new EventIndex();
    index.set(event('e1', 'pod-1'));
    index.delete(event('e1', 'pod-1'));
    expect(namesAbout(index, 'pod-1')).toEqual([]);
  });

  it('keeps the last twenty of one object', () => {
    const index = new EventIndex();
    for (let count = 1; count <= 25; count += 1) {
      index.set(event(`e${count}`, 'pod-1'));
    }
    const names = namesAbout(index, 'pod-1');
    expect(names).toHaveLength(20);
    expect(names[0]).toBe('e6');
  });

  it.each([
    ['about nothing', { involvedObject: undefined }],
    [
      'that name their object without its uid',
      { involvedObject: { name: 'a' } },
    ],
    ['that are no warnings', { type: 'Normal' }],
  ])('leaves out events %s', (_which, fields) => {
    const index = new EventIndex();
    expect(index.set({ ...event('e', 'pod-1'), ...fields })).toBeUndefined();
    expect(namesAbout(index, 'pod-1')).toEqual([]);
  });
});
