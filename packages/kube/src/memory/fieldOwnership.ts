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
  secrets: ['name'],
  ephemeralContainers: ['name'],
  volumeDevices: ['devicePath'],
  topologySpreadConstraints: ['topologyKey', 'whenUnsatisfiable'],
  hostAliases: ['ip'],
};

/** Lists of plain values that are merged as sets. */
const setLists: ReadonlySet<string> = new Set(['finalizers']);

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Tells the items of a list apart. */
type ItemKey = (item: unknown) => string;

function keyBy(keys: readonly string[]): ItemKey {
  return item => {
    const fields = isMap(item) ? item : {};
    const parts = keys.map(
      key =>
        `${key}=${String(fields[key] ?? (key === 'protocol' ? 'TCP' : ''))}`,
    );
    return `[${parts.join(',')}]`;
  };
}

/** How items of a list are told apart; `undefined` for a list that is replaced whole. */
function itemKeyOf(
  field: string,
  items: readonly unknown[],
): ItemKey | undefined {
  if (setLists.has(field)) return item => `[=${String(item)}]`;
  if (!items.every(isMap)) return undefined;
  // Ports of containers and of Services have different keys.
  if (field === 'ports') {
    const [first = {}] = items;
    return keyBy([
      'containerPort' in first ? 'containerPort' : 'port',
      'protocol',
    ]);
  }
  const keys = listKeys[field];
  return keys && keyBy(keys);
}

const segment = (name: string) => `.${name.replaceAll('.', '\\.')}`;

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
      add(leavesOf(inner, path + segment(name), name)),
    );
  } else if (Array.isArray(value)) {
    const keyOf = itemKeyOf(field, value);
    if (keyOf) value.forEach(item => add(leavesOf(item, path + keyOf(item))));
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
    const merged = new Map(Object.entries(live));
    for (const [name, value] of Object.entries(wanted)) {
      merged.set(name, mergeFields(merged.get(name), value, name));
    }
    return Object.fromEntries(merged);
  }
  if (Array.isArray(live) && Array.isArray(wanted)) {
    return mergeLists(live, wanted, field);
  }
  return wanted;
}

/** Items that were there keep their place, new ones come after them. */
function mergeLists(
  live: readonly unknown[],
  wanted: readonly unknown[],
  field: string,
): readonly unknown[] {
  const keyOf = itemKeyOf(field, [...live, ...wanted]);
  if (!keyOf) return wanted;
  const byKey = new Map(wanted.map(item => [keyOf(item), item]));
  const kept = live.map(item => {
    const key = keyOf(item);
    if (!byKey.has(key)) return item;
    const other = byKey.get(key);
    byKey.delete(key);
    return mergeFields(item, other);
  });
  return [...kept, ...byKey.values()];
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
        path: at.path + segment(name),
        field: name,
      });
      return kept === undefined ? [] : [[name, kept] as const];
    });
    const emptied = entries.length === 0 && Object.keys(value).length > 0;
    return emptied ? undefined : Object.fromEntries(entries);
  }
  if (!Array.isArray(value)) return value;
  const keyOf = itemKeyOf(at.field, value);
  if (!keyOf) return value;
  const items = value
    .map(item =>
      removeLeaves(item, paths, { path: at.path + keyOf(item), field: '' }),
    )
    // An item of which only its keys are left, and those were ours, is gone.
    .filter(item => item !== undefined);
  return items.length === 0 && value.length > 0 ? undefined : items;
}
