import { parseManifests } from './parseManifests';

const object = (fields: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n${fields}`;

describe('parseManifests', () => {
  it('reads the documents in order and skips empty ones', () => {
    const text = `---\n# Source: a\n${object(
      'data: {a: "1"}',
    )}\n---\n---\n# nothing\n---\n${object('').replace('name: a', 'name: b')}`;
    expect(parseManifests(text).map(({ metadata }) => metadata.name)).toEqual([
      'a',
      'b',
    ]);
    expect(parseManifests('')).toEqual([]);
  });

  it.each([
    ['mode: 0644', { mode: 420 }],
    ['mode: 0o644', { mode: 420 }],
    ['mode: -010', { mode: -8 }],
    ['port: 8080', { port: 8080 }],
    ['enabled: yes', { enabled: true }],
    ['a: "yes"', { a: 'yes' }],
    ['a: Off', { a: false }],
    ['at: 2026-11-23', { at: '2026-11-23' }],
    ['at: 2026-11-23T00:00:00Z', { at: '2026-11-23T00:00:00Z' }],
    ['a: 1.5', { a: 1.5 }],
    ['a: 08', { a: 8 }],
    ['a: 1:30', { a: '1:30' }],
    ['a: ~', { a: null }],
    ['a: &x {b: 1}\nc: {<<: *x, d: 2}', { a: { b: 1 }, c: { b: 1, d: 2 } }],
  ])('reads %j as kubectl does', (fields, expected) => {
    expect(parseManifests(object(fields))[0]).toMatchObject(expected);
  });

  it('takes labels without a value as absent', () => {
    const [parsed] = parseManifests(
      'apiVersion: v1\nkind: A\nmetadata:\n  name: a\n  labels:\n  annotations:\n',
    );
    expect(parsed).toEqual({
      apiVersion: 'v1',
      kind: 'A',
      metadata: { name: 'a' },
    });
  });

  it('takes the items of a List as objects, as helm does', () => {
    const text = `apiVersion: v1
kind: List
items:
  - {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
  - apiVersion: v1
    kind: SecretList
    items: [{metadata: {name: b}}]
---
apiVersion: v1
kind: List
items:
---
apiVersion: v1
kind: Service
metadata: {name: c}
`;
    expect(
      parseManifests(text).map(
        ({ apiVersion, kind, metadata }) =>
          `${apiVersion} ${kind} ${metadata.name}`,
      ),
    ).toEqual(['v1 ConfigMap a', 'v1 Secret b', 'v1 Service c']);
  });

  it.each([
    [
      '{apiVersion: v1, kind: List, items: nothing}',
      'Document 1 (List) of the rendered chart is not a Kubernetes object: its items are no list of objects',
    ],
    [
      '{apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: Job, metadata: {name: a}}, text]}',
      'Item 2 of document 1 of the rendered chart is not a Kubernetes object: document',
    ],
    [
      '{apiVersion: v1, kind: List, items: [{kind: List, items: [{kind: List, items: [{kind: List, items: []}]}]}]}',
      'Item 1 of document 1 (List) of the rendered chart is not a Kubernetes object: its items are no list of objects, or lists in lists in lists.',
    ],
    ['a: b: c', 'is not YAML'],
    ['just text', 'Document 1 of the rendered chart'],
    ['[1, 2]', 'Document 1 of the rendered chart'],
    ['kind: ConfigMap', 'Document 1 (ConfigMap)'],
    [
      'apiVersion: v1\nkind: Job\nmetadata: {generateName: a-}',
      'Document 1 (Job) of the rendered chart is not a Kubernetes object: metadata.name',
    ],
    [`${object('')}\n---\nkind: X`, 'Document 2 (X)'],
  ])('refuses %j', (text, sentence) => {
    expect(() => parseManifests(text)).toThrow(
      expect.objectContaining({
        reason: 'ChartFailed',
        message: expect.stringContaining(sentence),
      }),
    );
  });

  it('S18: writes no bomb of anchors out', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 10; i++) {
      lines.push(
        `a${i}: &a${i} [${Array(10)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      );
    }
    expect(() => parseManifests(object(lines.join('\n')))).toThrow(
      'more than 500000 values',
    );
  });

  it('S18: refuses nesting that would overflow a stack', () => {
    expect(() =>
      parseManifests(object(`a: ${'['.repeat(200)}${']'.repeat(200)}`)),
    ).toThrow(/nesting exceeded|100 levels/);
  });
});
