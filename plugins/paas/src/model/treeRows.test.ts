import { ObjectNode } from '@understage/plugin-paas-common';
import { sampleDetail } from '../__testUtils__/samples';
import { objectKey } from './applicationKey';
import { findKey, firstExpanded, treeMove, treeRows } from './treeRows';

const { tree } = sampleDetail();
const all = firstExpanded(tree);
const short = (key: string | undefined) => key?.split('/').pop();
const lines = (expanded: ReadonlySet<string>) =>
  treeRows(tree, expanded).map(row => `${row.level} ${row.node.ref.name}`);

function pods(count: number, state: ObjectNode['state']): ObjectNode {
  const [deployment] = tree;
  const [, , pod] = deployment.children[0].children;
  return {
    ...deployment,
    ref: { ...deployment.ref, name: `of-${count}-${state}` },
    children: Array.from({ length: count }, (_, index) => ({
      ...pod,
      state,
      ref: { ...pod.ref, name: `pod-${state}-${index}` },
    })),
  };
}

describe('the lines of the object tree', () => {
  it('stand in reading order with their depth', () => {
    expect(lines(all)).toEqual([
      '1 user-service-frontend',
      '2 user-service-frontend-7c9d8f',
      '3 user-service-frontend-7c9d8f-aaaaa',
      '3 user-service-frontend-7c9d8f-bbbbb',
      '3 user-service-frontend-7c9d8f-ccccc',
      '1 user-service-frontend',
      '1 user-service-redis-master',
      '2 user-service-redis-master-0',
      '1 user-service-frontend',
    ]);
  });

  it('hide what is below a folded line', () => {
    expect(lines(new Set())).toHaveLength(4);
  });

  it('say which of how many they are', () => {
    const [, , , second] = treeRows(tree, all);

    expect([second.position, second.siblings]).toEqual([2, 3]);
  });

  it('can be folded only where something is below', () => {
    const expanded = treeRows(tree, new Set()).map(row => row.expanded);

    expect(expanded).toEqual([false, undefined, false, undefined]);
  });
});

describe('what is unfolded at first', () => {
  it('is everything in a small tree', () => {
    expect(all.size).toBe(3);
  });

  it('is only the way to what is not ready in a large one', () => {
    const healthy = pods(100, 'Ready');
    const failing = pods(1, 'Failed');
    const well = {
      ...healthy,
      state: 'Ready' as const,
    };

    const expanded = firstExpanded([well, failing]);

    expect([...expanded]).toEqual([objectKey(failing.ref)]);
  });
});

describe('keys in the tree', () => {
  const rows = treeRows(tree, all);
  const [deployment, replicaSet, pod] = rows;
  const last = rows[rows.length - 1];

  it.each([
    ['ArrowDown', deployment, replicaSet.key],
    ['ArrowUp', replicaSet, deployment.key],
    ['ArrowRight', deployment, replicaSet.key],
    ['ArrowLeft', pod, replicaSet.key],
    ['Home', pod, deployment.key],
    ['End', pod, last.key],
  ])('%s goes from one line to another', (pressed, from, to) => {
    expect(treeMove(rows, from.key, pressed)).toEqual({
      kind: 'focus',
      key: to,
    });
  });

  it('fold an unfolded line and unfold a folded one', () => {
    const folded = treeRows(tree, new Set());

    expect(treeMove(rows, deployment.key, 'ArrowLeft')?.kind).toBe('toggle');
    expect(treeMove(folded, deployment.key, 'ArrowRight')?.kind).toBe('toggle');
  });

  it.each([
    ['ArrowUp', deployment],
    ['ArrowDown', last],
    ['ArrowRight', pod],
    ['ArrowLeft', last],
    ['a', deployment],
  ])('%s does nothing where there is nowhere to go', (pressed, from) => {
    expect(treeMove(rows, from.key, pressed)).toBeUndefined();
  });

  it('do nothing on a line that is gone', () => {
    expect(treeMove(rows, 'gone', 'ArrowDown')).toBeUndefined();
    expect(short(deployment.key)).toBe('user-service-frontend');
  });
});

describe('the object that an event is about', () => {
  const pod = tree[0].children[0].children[0].ref;

  it.each([
    ['with its version', pod, objectKey(pod)],
    ['without', { ...pod, apiVersion: '' }, objectKey(pod)],
    ['of another version', { ...pod, apiVersion: 'v2' }, undefined],
    ['that is gone', { ...pod, name: 'gone' }, undefined],
  ])('is found by its kind and name: %s', (_, about, key) => {
    expect(findKey(tree, about)).toBe(key);
  });
});
