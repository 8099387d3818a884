/** JSON values as objects hold them. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/** List items that Kubernetes merges by key, by the name of the list; other lists are replaced whole. */
const listKeys: Readonly<Record<string, readonly string[]>> = {
  containers: ['name'],
  initContainers: ['name'],
  env: ['name'],
  volumes: ['name'],
  volumeMounts: ['mountPath'],
  conditions: ['type'],
  ownerReferences: ['uid'],
  imagePullSecrets: ['name'],
};

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The merge keys of a list: `ports` are keyed by what kind of ports they are. */
function keysOf(
  field: string,
  items: readonly unknown[],
): readonly string[] | undefined {
  const keys =
    field === 'ports' && isMap(items[0])
      ? ['containerPort' in items[0] ? 'containerPort' : 'port', 'protocol']
      : listKeys[field];
  return keys && items.every(isMap) ? keys : undefined;
}

function itemKey(
  item: Readonly<Record<string, unknown>>,
  keys: readonly string[],
): string {
  return `[${keys
    .map(
      key => `${key}=${String(item[key] ?? (key === 'protocol' ? 'TCP' : ''))}`,
    )
    .join(',')}]`;
}

/** Every leaf of a value as path and content: what a manager owns when it applies the value. */
export function leavesOf(
  value: unknown,
  path = '',
  field = '',
): ReadonlyMap<string, unknown> {
  const leaves = new Map<string, unknown>();
  const add = (inner: ReadonlyMap<string, unknown>) =>
    inner.forEach((leaf, key) => leaves.set(key, leaf));
  if (isMap(value)) {
    const entries = Object.entries(value);
    if (entries.length === 0 && path !== '') leaves.set(path, value);
    entries.forEach(([name, inner]) =>
      add(leavesOf(inner, `${path}.${name.replaceAll('.', '\\.')}`, name)),
    );
  } else if (Array.isArray(value)) {
    const keys = keysOf(field, value);
    if (keys)
      value.forEach(item =>
        add(leavesOf(item, `${path}${itemKey(item, keys)}`)),
      );
    else leaves.set(path, value);
  } else {
    leaves.set(path, value);
  }
  return leaves;
}

/** `live` with everything of `wanted` laid over it, lists merged by their keys. */
export function mergeFields(
  live: unknown,
  wanted: unknown,
  field = '',
): unknown {
  if (isMap(live) && isMap(wanted)) {
    const merged: Record<string, unknown> = { ...live };
    for (const [name, value] of Object.entries(wanted)) {
      merged[name] = mergeFields(live[name], value, name);
    }
    return merged;
  }
  if (Array.isArray(live) && Array.isArray(wanted)) {
    const keys = keysOf(field, [...live, ...wanted]);
    if (!keys) return wanted;
    const byKey = new Map(wanted.map(item => [itemKey(item, keys), item]));
    const kept = live.map(item => {
      const key = itemKey(item, keys);
      const other = byKey.get(key);
      byKey.delete(key);
      return other === undefined ? item : mergeFields(item, other);
    });
    return [...kept, ...byKey.values()];
  }
  return wanted;
}

/** `value` without the leaves at these paths; containers that become empty go too. */
export function removeLeaves(
  value: unknown,
  paths: ReadonlySet<string>,
  at = { path: '', field: '' },
): unknown {
  if (paths.has(at.path)) return undefined;
  if (isMap(value)) {
    const entries = Object.entries(value).flatMap(([name, inner]) => {
      const kept = removeLeaves(inner, paths, {
        path: `${at.path}.${name.replaceAll('.', '\\.')}`,
        field: name,
      });
      return kept === undefined ? [] : [[name, kept] as const];
    });
    const emptied = entries.length === 0 && Object.keys(value).length > 0;
    return emptied ? undefined : Object.fromEntries(entries);
  }
  if (Array.isArray(value)) {
    const keys = keysOf(at.field, value);
    if (!keys) return value;
    const items = value
      .map(item =>
        removeLeaves(item, paths, {
          path: `${at.path}${itemKey(item, keys)}`,
          field: '',
        }),
      )
      // An item of which only its keys are left, and those were ours, is gone.
      .filter(item => item !== undefined);
    return items.length === 0 && value.length > 0 ? undefined : items;
  }
  return value;
}
