import * as fc from 'fast-check';
import { KubeObject } from '../objects';
import { configMap } from '../testing/objects';
import { ObjectStore, storeKey } from './objectStore';

const object = (
  name: string,
  options: { uid?: string; version?: string; color?: string } = {},
): KubeObject => {
  const { uid = 'u1', version = '1', color } = options;
  return configMap(
    { name, namespace: 'shop', uid, resourceVersion: version },
    color === undefined ? undefined : { color },
  );
};

const byColor = (found: KubeObject): readonly string[] => {
  const { data } = found;
  const color =
    typeof data === 'object' && data !== null
      ? Reflect.get(data, 'color')
      : undefined;
  return typeof color === 'string' ? [color] : [];
};

describe('ObjectStore', () => {
  it('names objects by namespace and name', () => {
    expect(storeKey({ namespace: 'shop', name: 'a' })).toBe('shop/a');
    expect(storeKey({ name: 'a' })).toBe('a');
  });

  it('tells an arrival, a change and a departure', () => {
    const store = new ObjectStore();
    const first = object('a');
    const second = object('a', { version: '2' });
    expect(store.put(first)).toEqual([{ type: 'added', object: first }]);
    expect(store.put(second)).toEqual([
      { type: 'updated', object: second, previous: first },
    ]);
    expect(store.remove(second.metadata)).toEqual([
      { type: 'deleted', object: second },
    ]);
    expect(store.remove(second.metadata)).toEqual([]);
  });

  it('tells nothing of an object that is still at its version', () => {
    const store = new ObjectStore();
    store.put(object('a'));
    expect(store.put(object('a'))).toEqual([]);
    expect(store.size).toBe(1);
  });

  it('tells another uid of the same name as deletion and addition', () => {
    const store = new ObjectStore();
    const old = object('a', { uid: 'old' });
    const fresh = object('a', { uid: 'new' });
    store.put(old);
    expect(store.put(fresh)).toEqual([
      { type: 'deleted', object: old },
      { type: 'added', object: fresh },
    ]);
  });

  it('keeps an object when the deletion of its predecessor comes late', () => {
    const store = new ObjectStore();
    store.put(object('a', { uid: 'new' }));
    expect(store.remove({ ...object('a').metadata, uid: 'old' })).toEqual([]);
    expect(store.size).toBe(1);
  });

  it('tells departures before arrivals when everything is replaced', () => {
    const store = new ObjectStore();
    store.put(object('goes'));
    store.put(object('stays'));
    const next = [object('stays'), object('comes')];
    const events = store.replace(
      new Map(next.map(each => [storeKey(each.metadata), each])),
    );
    expect(
      events.map(
        ({ type, object: { metadata } }) => `${type} ${metadata.name}`,
      ),
    ).toEqual(['deleted goes', 'added comes']);
  });

  it('keeps its indexes true, whatever happens', () => {
    const step = fc.record({
      kind: fc.constantFrom(
        'put' as const,
        'remove' as const,
        'replace' as const,
      ),
      name: fc.constantFrom('a', 'b', 'c', 'd'),
      uid: fc.constantFrom('u1', 'u2'),
      version: fc.constantFrom('1', '2', '3'),
      color: fc.constantFrom('red', 'blue', undefined),
    });
    fc.assert(
      fc.property(fc.array(step), steps => {
        const store = new ObjectStore({ color: byColor });
        for (const { kind, name, ...rest } of steps) {
          const each = object(name, rest);
          if (kind === 'put') store.put(each);
          else if (kind === 'remove') store.remove({ name, namespace: 'shop' });
          else store.replace(new Map([[storeKey(each.metadata), each]]));
        }
        for (const color of ['red', 'blue']) {
          const expected = store
            .list()
            .filter(each => byColor(each).includes(color));
          expect(new Set(store.byIndex('color', color))).toEqual(
            new Set(expected),
          );
        }
      }),
    );
  });

  it('does not know an index that nobody declared', () => {
    expect(() => new ObjectStore().byIndex('color', 'red')).toThrow(
      'there is no index "color"',
    );
  });
});
