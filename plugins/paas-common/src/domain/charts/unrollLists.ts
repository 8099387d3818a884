import { isRecord } from '../jsonValue';

// Lists in lists are legal and pointless; one nested deeper stays what it is, which is no kind of an application.
const LIST_DEPTH = 3;

/** An item of a list of one kind may leave out what the list says already. */
function itemOf(list: Readonly<Record<string, unknown>>, item: unknown) {
  const { kind, apiVersion } = list;
  if (!isRecord(item) || typeof kind !== 'string' || kind === 'List') {
    return item;
  }
  return item.kind === undefined
    ? { apiVersion, ...item, kind: kind.slice(0, -'List'.length) }
    : item;
}

/**
 * The objects that a rendered document stands for: those of a `List`, or of a `ConfigMapList` and the like, as helm and
 * kubectl take it; any other document is itself. Items come back as they are, whatever they are.
 */
export function unrollLists(document: unknown): readonly unknown[] {
  return unrolled(document, 0);
}

function unrolled(document: unknown, depth: number): readonly unknown[] {
  if (!isRecord(document) || typeof document.kind !== 'string') {
    return [document];
  }
  const items = document.items ?? (document.kind === 'List' ? [] : undefined);
  const isList = document.kind.endsWith('List') && Array.isArray(items);
  return isList && depth < LIST_DEPTH
    ? items.flatMap(item => unrolled(itemOf(document, item), depth + 1))
    : [document];
}
