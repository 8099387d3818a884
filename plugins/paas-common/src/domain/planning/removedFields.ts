import { FieldChange } from '../action';
import { KubeObject } from '../kubernetes';
import { childPath, entryPath } from './fieldPath';
import { isRecord, JsonRecord, recordAt, recordsAt } from '../jsonValue';
import { ANNOTATION_APPLIED_HASH, MANAGER } from '../labels';
import { maskChanges } from './maskSecrets';

/** The fields that we own by our last apply, in the form of `managedFields[].fieldsV1`; undefined when not recorded. */
export function ownedFields(live: KubeObject): JsonRecord | undefined {
  const entry = recordsAt(live, 'metadata', 'managedFields').find(
    each =>
      each.manager === MANAGER &&
      each.operation === 'Apply' &&
      each.subresource === undefined,
  );
  return entry && recordAt(entry, 'fieldsV1');
}

function parseKey(key: string): unknown {
  try {
    return JSON.parse(key);
  } catch {
    return undefined;
  }
}

/** The entry of a list that a `k:{...}` of fieldsV1 names. */
function entryOf(list: unknown, keys: unknown): unknown {
  if (!Array.isArray(list) || !isRecord(keys)) return undefined;
  return list.find(
    item =>
      isRecord(item) &&
      Object.entries(keys).every(
        ([key, value]) => (item[key] ?? defaultOfKey(key)) === value,
      ),
  );
}

function defaultOfKey(key: string): unknown {
  return key === 'protocol' ? 'TCP' : undefined;
}

class Removals {
  readonly changes: FieldChange[] = [];

  /** Walks what we own; what the new object lacks and the live one has will be removed by applying. */
  walk(
    owned: JsonRecord,
    values: { readonly desired: unknown; readonly live: unknown },
    path: string,
  ): void {
    for (const [name, below] of Object.entries(owned)) {
      const child = this.#child(name, values, path);
      if (child && child.live !== undefined && isRecord(below))
        this.#visit(below, child);
    }
  }

  #child(
    name: string,
    values: { readonly desired: unknown; readonly live: unknown },
    path: string,
  ) {
    if (name.startsWith('f:')) {
      const field = name.slice(2);
      return {
        desired: recordAt(values.desired)[field],
        live: recordAt(values.live)[field],
        path: childPath(path, field),
        field,
      };
    }
    if (!name.startsWith('k:')) return undefined;
    const keys = parseKey(name.slice(2));
    const label = isRecord(keys) ? Object.values(keys).join('/') : name;
    return {
      desired: entryOf(values.desired, keys),
      live: entryOf(values.live, keys),
      path: entryPath(path, label),
      field: '',
    };
  }

  #visit(
    owned: JsonRecord,
    child: { desired: unknown; live: unknown; path: string; field: string },
  ): void {
    if (child.field === ANNOTATION_APPLIED_HASH) return;
    const leaf = Object.keys(owned).every(name => name === '.');
    const wholly = leaf || '.' in owned;
    if ((child.desired === undefined || child.desired === null) && wholly) {
      this.changes.push({ path: child.path, from: child.live, to: undefined });
    } else if (!leaf) {
      this.walk(owned, child, child.path);
    }
  }
}

/**
 * Fields that our last apply set and the new object leaves out: server-side apply removes them. Named from the live
 * object's `managedFields`; empty when those are not there.
 */
export function removedFields(
  desired: KubeObject,
  live: KubeObject,
): FieldChange[] {
  const owned = ownedFields(live);
  if (!owned) return [];
  const removals = new Removals();
  removals.walk(owned, { desired, live }, '');
  return maskChanges(desired.kind, removals.changes);
}
