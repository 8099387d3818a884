import * as fc from 'fast-check';
import { leavesOf, mergeFields, removeLeaves } from './fieldOwnership';

describe('leavesOf', () => {
  it.each([
    ['plain fields', { a: 1, b: { c: 'x' } }, ['.a', '.b.c']],
    ['names with dots', { 'a.b': { 'c.d/e': 1 } }, ['.a\\.b.c\\.d/e']],
    ['an empty map inside', { a: {} }, ['.a']],
    ['a list that is replaced whole', { args: ['x', 'y'] }, ['.args']],
    [
      'containers and their variables',
      { containers: [{ name: 'web', env: [{ name: 'A', value: '1' }] }] },
      [
        '.containers[name=web].name',
        '.containers[name=web].env[name=A].name',
        '.containers[name=web].env[name=A].value',
      ],
    ],
    [
      'ports of a Service',
      { ports: [{ port: 80 }, { port: 80, protocol: 'UDP' }] },
      [
        '.ports[port=80,protocol=TCP].port',
        '.ports[port=80,protocol=UDP].port',
        '.ports[port=80,protocol=UDP].protocol',
      ],
    ],
    [
      'ports of a container',
      { ports: [{ containerPort: 8080 }] },
      ['.ports[containerPort=8080,protocol=TCP].containerPort'],
    ],
    [
      'finalizers',
      { finalizers: ['a', 'b'] },
      ['.finalizers[=a]', '.finalizers[=b]'],
    ],
  ])('names %s', (_what, value, expected) => {
    expect([...leavesOf(value).keys()]).toEqual(expected);
  });
});

describe('mergeFields', () => {
  it.each([
    ['new over old', { a: 1, b: 1 }, { a: 2 }, { a: 2, b: 1 }],
    ['deeper', { a: { b: 1, c: 1 } }, { a: { c: 2 } }, { a: { b: 1, c: 2 } }],
    ['a list for a list', { args: [1, 2] }, { args: [3] }, { args: [3] }],
    [
      'items by key, in place',
      {
        env: [
          { name: 'A', value: '1' },
          { name: 'B', value: '1' },
        ],
      },
      {
        env: [
          { name: 'C', value: '3' },
          { name: 'A', value: '2' },
        ],
      },
      {
        env: [
          { name: 'A', value: '2' },
          { name: 'B', value: '1' },
          { name: 'C', value: '3' },
        ],
      },
    ],
    [
      'a set',
      { finalizers: ['a'] },
      { finalizers: ['b', 'a'] },
      { finalizers: ['a', 'b'] },
    ],
    ['another type', { a: [1] }, { a: 'x' }, { a: 'x' }],
  ])('lays %s', (_what, live, wanted, expected) => {
    expect(mergeFields(live, wanted)).toEqual(expected);
  });
});

describe('removeLeaves', () => {
  it.each([
    ['a field', { a: 1, b: 2 }, ['.a'], { b: 2 }],
    ['what becomes empty', { a: { b: 1 }, c: 2 }, ['.a.b'], { c: 2 }],
    ['nothing that was empty before', { a: {}, b: 1 }, ['.b'], { a: {} }],
    [
      'an item whose key goes with the rest',
      { env: [{ name: 'A', value: '1' }, { name: 'B' }] },
      ['.env[name=A].name', '.env[name=A].value'],
      { env: [{ name: 'B' }] },
    ],
    [
      'a member of a set',
      { finalizers: ['a', 'b'] },
      ['.finalizers[=a]'],
      { finalizers: ['b'] },
    ],
    ['everything', { a: 1 }, ['.a'], undefined],
  ])('takes away %s', (_what, value, paths, expected) => {
    expect(removeLeaves(value, new Set(paths))).toEqual(expected);
  });
});

describe('fields of any shape', () => {
  const leaf = fc.oneof(
    fc.integer(),
    fc.string(),
    fc.boolean(),
    fc.constant(null),
  );
  const { value: fields } = fc.letrec<{
    value: Record<string, unknown>;
    any: unknown;
  }>(tie => ({
    any: fc.oneof({ depthSize: 'small' }, leaf, fc.array(leaf), tie('value')),
    value: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'env.x'), tie('any'), {
      maxKeys: 3,
    }),
  }));

  it('are as wanted after a merge, and merging again changes nothing', () => {
    fc.assert(
      fc.property(fields, fields, (live, wanted) => {
        const once = mergeFields(live, wanted);
        expect(mergeFields(once, wanted)).toEqual(once);
        const leaves = leavesOf(once);
        const asked = [...leavesOf(wanted)].filter(
          ([, value]) => JSON.stringify(value) !== '{}',
        );
        expect(asked.map(([path]) => leaves.get(path))).toEqual(
          asked.map(([, value]) => value),
        );
      }),
    );
  });

  it('are gone when all their leaves are removed', () => {
    fc.assert(
      fc.property(fields, value => {
        fc.pre(Object.keys(value).length > 0);
        const paths = new Set(leavesOf(value).keys());
        expect(removeLeaves(value, paths)).toBeUndefined();
        expect(removeLeaves(value, new Set())).toEqual(value);
      }),
    );
  });
});
