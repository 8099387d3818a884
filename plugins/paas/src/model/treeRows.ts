import { ObjectNode } from '@understage/plugin-paas-common';
import { objectKey } from './applicationKey';

/** One visible line of the object tree, with what ARIA wants to know of it. */
export interface TreeRow {
  readonly key: string;
  readonly node: ObjectNode;
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
  readonly expanded: boolean | undefined;
  /** Key of the line it hangs from. */
  readonly parent?: string;
}

/** True for lines that only group objects (the components): nothing in the cluster stands behind them. */
export function isGroup(node: ObjectNode): boolean {
  return node.ref.kind === 'Component' && node.uid === undefined;
}

/** The keys of all objects of a tree. */
export function allKeys(nodes: readonly ObjectNode[]): readonly string[] {
  return nodes.flatMap(({ ref, children }) => [
    objectKey(ref),
    ...allKeys(children),
  ]);
}

/** The key of the object that an event is about: of its kind and name, as not every event says the version. */
export function findKey(
  nodes: readonly ObjectNode[],
  about: ObjectNode['ref'],
): string | undefined {
  for (const { ref, children } of nodes) {
    const same =
      ref.kind === about.kind &&
      ref.name === about.name &&
      (about.apiVersion === '' || ref.apiVersion === about.apiVersion);
    const found = same ? objectKey(ref) : findKey(children, about);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Trees up to this many objects are shown unfolded. */
const SMALL = 60;

function count(nodes: readonly ObjectNode[]): number {
  return nodes.reduce((sum, node) => sum + 1 + count(node.children), 0);
}

/** Keys to unfold at first: all of a small tree; of a large one the ways to what is not ready. */
export function firstExpanded(
  nodes: readonly ObjectNode[],
): ReadonlySet<string> {
  const keys = new Set<string>();
  const all = count(nodes) <= SMALL;
  const visit = (node: ObjectNode): boolean => {
    const below = node.children.map(visit).some(Boolean);
    if (node.children.length > 0 && (all || below)) {
      keys.add(objectKey(node.ref));
    }
    return below || node.state !== 'Ready';
  };
  nodes.forEach(visit);
  return keys;
}

/** The lines of a tree in reading order; children of folded lines are left out. */
export function treeRows(
  nodes: readonly ObjectNode[],
  expanded: ReadonlySet<string>,
): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const visit = (
    level: readonly ObjectNode[],
    depth: number,
    parent: string | undefined,
  ) => {
    level.forEach((node, index) => {
      const key = objectKey(node.ref);
      const open = node.children.length > 0 ? expanded.has(key) : undefined;
      rows.push({
        key,
        node,
        level: depth,
        position: index + 1,
        siblings: level.length,
        expanded: open,
        ...(parent === undefined ? {} : { parent }),
      });
      if (open) visit(node.children, depth + 1, key);
    });
  };
  visit(nodes, 1, undefined);
  return rows;
}

/** What a key does in a tree (WAI-ARIA): another line gets the focus, or the line folds or unfolds. */
export type TreeMove =
  | { readonly kind: 'focus'; readonly key: string }
  | { readonly kind: 'toggle'; readonly key: string };

type Move = (rows: readonly TreeRow[], at: number) => TreeMove | undefined;

const focus = (row: TreeRow | undefined): TreeMove | undefined =>
  row && { kind: 'focus', key: row.key };

const moves: Readonly<Record<string, Move>> = {
  ArrowDown: (rows, at) => focus(rows[at + 1]),
  ArrowUp: (rows, at) => focus(rows[at - 1]),
  Home: rows => focus(rows[0]),
  End: rows => focus(rows[rows.length - 1]),
  ArrowRight: (rows, at) => {
    const row = rows[at];
    if (row.expanded === false) return { kind: 'toggle', key: row.key };
    return row.expanded ? focus(rows[at + 1]) : undefined;
  },
  ArrowLeft: (rows, at) => {
    const row = rows[at];
    if (row.expanded) return { kind: 'toggle', key: row.key };
    return row.parent === undefined
      ? undefined
      : { kind: 'focus', key: row.parent };
  },
};

/** What pressing `pressed` on line `key` does; `undefined` when nothing, and the browser may have the key. */
export function treeMove(
  rows: readonly TreeRow[],
  key: string,
  pressed: string,
): TreeMove | undefined {
  const at = rows.findIndex(row => row.key === key);
  return at < 0 ? undefined : moves[pressed]?.(rows, at);
}
