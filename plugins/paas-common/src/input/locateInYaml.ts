import {
  Alias,
  Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  Node,
  Pair,
  ParsedNode,
  YAMLMap,
} from 'yaml';
import { Locate } from './finding';

type Place = { readonly key?: Node; readonly value: Node | null };

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'range' in value;
}

/** The name of a field as it is written; `<<`, which the reader takes as a symbol, included. */
export function keyText({ key }: Pair): string | undefined {
  if (!isScalar(key)) return undefined;
  const { value } = key;
  return typeof value === 'symbol' ? value.description : String(value);
}

function resolved(node: Node | null, document: Document): Node | null {
  return isAlias(node) ? resolveAlias(node, document) : node;
}

function resolveAlias(alias: Alias, document: Document): Node | null {
  return alias.resolve(document) ?? null;
}

function toPlace(pair: Pair): Place {
  return {
    value: isNode(pair.value) ? pair.value : null,
    ...(isNode(pair.key) && { key: pair.key }),
  };
}

function inMap(
  map: YAMLMap,
  name: string,
  document: Document,
): Place | undefined {
  const own = map.items.find(pair => keyText(pair) === name);
  if (own) return toPlace(own);
  // `<<: *defaults` brings fields of another map.
  const merged = map.items
    .filter(pair => keyText(pair) === '<<')
    .map(pair => resolved(isNode(pair.value) ? pair.value : null, document));
  for (const source of merged) {
    const place = isMap(source) ? inMap(source, name, document) : undefined;
    if (place) return place;
  }
  return undefined;
}

function stepInto(
  node: Node | null,
  step: string | number,
  document: Document,
): Place | undefined {
  const target = resolved(node, document);
  if (isMap(target)) return inMap(target, String(step), document);
  const item =
    isSeq(target) && typeof step === 'number' ? target.items[step] : undefined;
  return isNode(item) ? { value: item } : undefined;
}

/** Finds paths in a parsed document; where a path ends early, its nearest part that exists. */
export function locateInYaml(
  document: Document<ParsedNode>,
  lines: LineCounter,
): Locate {
  return (path, part = 'value') => {
    let place: Place = { value: document.contents };
    let whole = true;
    for (const step of path) {
      const next = stepInto(place.value, step, document);
      if (!next) {
        whole = false;
        break;
      }
      place = next;
    }
    const node =
      (part === 'key' || !whole ? place.key : undefined) ??
      place.value ??
      place.key;
    const offset = node?.range?.[0];
    if (offset === undefined) return undefined;
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
}
