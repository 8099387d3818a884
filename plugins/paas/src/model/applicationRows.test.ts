import {
  ApplicationList,
  ApplicationSummary,
  StreamMessage,
} from '@understage/plugin-paas-common';
import { sampleSummary } from '../__testUtils__/samples';
import {
  appendPage,
  applyToRows,
  arrivalSentence,
  completeRows,
  isOutOfOrder,
  rowsOf,
  sortRows,
} from './applicationRows';

const at = '2026-11-20T12:00:00Z';

function row(name: string, changes: Partial<ApplicationSummary> = {}) {
  return sampleSummary({ name, ...changes });
}

function list(
  items: readonly ApplicationSummary[],
  nextCursor?: string,
): ApplicationList {
  return {
    items,
    total: items.length,
    counts: { Ready: items.length },
    freshness: { kind: 'live', at },
    ...(nextCursor ? { nextCursor } : {}),
  };
}

function message(
  upserts: readonly ApplicationSummary[],
  removed: readonly string[] = [],
  total = upserts.length,
): Extract<StreamMessage, { type: 'applications' }> {
  return {
    type: 'applications',
    topic: 'applications',
    upserts,
    removed,
    total,
    counts: {},
  };
}

const names = (rows: { items: readonly ApplicationSummary[] }) =>
  rows.items.map(({ name }) => name);

describe('rows of the Applications list', () => {
  const rows = rowsOf(list([row('a'), row('c')]));

  it('keep their place when they change, so that nothing jumps under the pointer', () => {
    const next = applyToRows(
      rows,
      message([row('c', { state: 'Failed' })]),
      {},
    );

    expect(names(next)).toEqual(['a', 'c']);
    expect(next.items[1].state).toBe('Failed');
    expect(next.arrived).toEqual([]);
  });

  it('are the same objects when they did not change, so that they are not drawn anew', () => {
    const next = applyToRows(rows, message([row('c', { release: 9 })]), {});

    expect(next.items[0]).toBe(rows.items[0]);
  });

  it('are joined by new ones in the order asked for, which are announced', () => {
    const next = applyToRows(rows, message([row('b')]), { sort: 'name' });

    expect(names(next)).toEqual(['a', 'b', 'c']);
    expect(arrivalSentence(next)).toBe('New: b.');
  });

  it('are joined at the end by what sorts last', () => {
    const next = applyToRows(rows, message([row('z')]), { sort: 'name' });

    expect(names(next)).toEqual(['a', 'c', 'z']);
  });

  it('leave what belongs behind the last page that was read to that page', () => {
    const paged = rowsOf(list([row('a'), row('c')], 'next'));

    const next = applyToRows(paged, message([row('z')], [], 7), {
      sort: 'name',
    });

    expect(names(next)).toEqual(['a', 'c']);
    expect(next.total).toBe(7);
    expect(arrivalSentence(next)).toBe('');
  });

  it('go when they are deleted', () => {
    const next = applyToRows(rows, message([], ['local/team-shop/a']), {});

    expect(names(next)).toEqual(['c']);
  });

  it('are told apart by cluster and namespace', () => {
    const next = applyToRows(rows, message([row('a', { cluster: 'east' })]), {
      sort: 'name',
    });

    expect(next.items).toHaveLength(3);
  });

  it('are announced by number when many come at once', () => {
    const next = applyToRows(
      rows,
      message([row('d'), row('e'), row('f'), row('g')]),
      { sort: 'name' },
    );

    expect(arrivalSentence(next)).toBe('4 new applications.');
  });
});

describe('a complete state', () => {
  it('is sorted when nothing was held', () => {
    const next = completeRows(undefined, message([row('b'), row('a')]), {
      query: { sort: 'name' },
      at,
    });

    expect(names(next)).toEqual(['a', 'b']);
    expect(next.freshness).toEqual({ kind: 'live', at });
    expect(arrivalSentence(next)).toBe('');
  });

  it('takes away what it does not name, and leaves the others where they are', () => {
    const rows = rowsOf(list([row('c'), row('gone'), row('a')]));

    const next = completeRows(rows, message([row('a'), row('c')]), {
      query: { sort: 'name' },
      at,
    });

    expect(names(next)).toEqual(['c', 'a']);
  });

  it('ends paging, and does not announce what had only not been read yet', () => {
    const rows = rowsOf(list([row('a')], 'next'));

    const next = completeRows(rows, message([row('a'), row('b')]), {
      query: { sort: 'name' },
      at,
    });

    expect(names(next)).toEqual(['a', 'b']);
    expect(next.nextCursor).toBeUndefined();
    expect(arrivalSentence(next)).toBe('');
  });

  it('announces what came while the connection was down', () => {
    const rows = rowsOf(list([row('a')]));

    const next = completeRows(rows, message([row('a'), row('b')]), {
      query: { sort: 'name' },
      at,
    });

    expect(arrivalSentence(next)).toBe('New: b.');
  });
});

describe('order', () => {
  const moved = applyToRows(
    rowsOf(list([row('a'), row('b')])),
    message([row('b', { state: 'Failed' })]),
    {},
  );

  it('is noticed when rows that kept their place no longer stand right', () => {
    expect(isOutOfOrder(moved, {})).toBe(true);
    expect(isOutOfOrder(moved, { sort: 'name' })).toBe(false);
  });

  it('is restored on demand: needs attention first', () => {
    const sorted = sortRows(moved, {});

    expect(names(sorted)).toEqual(['b', 'a']);
    expect(isOutOfOrder(sorted, {})).toBe(false);
  });
});

describe('the next page', () => {
  it('follows the rows, without those that the stream brought meanwhile', () => {
    const rows = rowsOf(list([row('a'), row('b')], '2'));

    const next = appendPage(rows, list([row('b'), row('c')]));

    expect(names(next)).toEqual(['a', 'b', 'c']);
    expect(next.nextCursor).toBeUndefined();
  });
});
