import { FieldChange } from '../action';
import { KubeObject } from '../kubernetes';
import { sameJson } from './contentHash';
import {
  emptinessAgrees,
  entriesByKey,
  isEmptyValue,
  isIntOrStringPlace,
  isKeyedList,
  isQuantityPlace,
  isServerDefault,
  isWhole,
  Place,
} from './fieldRules';
import { childPath, entryPath } from './fieldPath';
import { isRecord, JsonRecord } from '../jsonValue';
import { ANNOTATION_APPLIED_HASH } from '../labels';
import { maskChanges, withEncodedSecret } from './maskSecrets';
import { sameQuantity } from './quantity';

/** Fields of `metadata` that we have a say in; the rest names the object or belongs to the API server. */
const ourMetadata = new Set([
  'labels',
  'annotations',
  'ownerReferences',
  'finalizers',
]);

function sameScalar(desired: unknown, live: unknown, place: Place): boolean {
  if (desired === live) return true;
  if (isQuantityPlace(place) && sameQuantity(desired, live)) return true;
  return (
    isIntOrStringPlace(place) &&
    live !== undefined &&
    String(desired) === String(live)
  );
}

class Comparison {
  readonly changes: FieldChange[] = [];

  compare(desired: unknown, live: unknown, place: Place): void {
    if (emptinessAgrees(desired, live, place)) return;
    if (Array.isArray(desired)) this.#compareList(desired, live, place);
    else if (isRecord(desired)) this.#compareRecord(desired, live, place);
    else if (!sameScalar(desired, live, place))
      this.#note(place, live, desired);
  }

  compareField(
    field: string,
    values: { readonly desired: unknown; readonly live: unknown },
    around: Place,
  ): void {
    const place = {
      ...around,
      field,
      parent: around.field,
      path: childPath(around.path, field),
    };
    this.compare(values.desired, values.live, {
      ...place,
      whole: isWhole(place),
    });
  }

  #compareRecord(desired: JsonRecord, live: unknown, place: Place): void {
    if (!isRecord(live)) {
      this.#note(place, live, desired);
      return;
    }
    for (const [field, value] of Object.entries(desired)) {
      if (field !== ANNOTATION_APPLIED_HASH)
        this.compareField(field, { desired: value, live: live[field] }, place);
    }
    if (place.whole) this.#noteExtras(desired, live, place);
  }

  /** Where everything is ours, a field that we did not send is a change too. */
  #noteExtras(desired: JsonRecord, live: JsonRecord, place: Place): void {
    for (const [field, value] of Object.entries(live)) {
      const absent = desired[field] === undefined || desired[field] === null;
      if (absent && !isEmptyValue(value) && !isServerDefault(field, value)) {
        this.changes.push({
          path: childPath(place.path, field),
          from: value,
          to: undefined,
        });
      }
    }
  }

  #compareList(desired: readonly unknown[], live: unknown, place: Place): void {
    const found = Array.isArray(live) ? live : [];
    const wanted = isKeyedList(place)
      ? entriesByKey(desired, place)
      : undefined;
    const present = wanted && entriesByKey(found, place);
    if (wanted && present) this.#compareEntries(wanted, present, place);
    else if (desired.length !== found.length) this.#note(place, live, desired);
    else
      desired.forEach((item, index) =>
        this.compare(item, found[index], {
          ...place,
          path: entryPath(place.path, index),
        }),
      );
  }

  #compareEntries(
    wanted: ReadonlyMap<string, unknown>,
    present: ReadonlyMap<string, unknown>,
    place: Place,
  ): void {
    for (const [key, item] of wanted) {
      const at = { ...place, path: entryPath(place.path, key) };
      if (present.has(key)) this.compare(item, present.get(key), at);
      else this.#note(at, undefined, item);
    }
  }

  #note(place: Place, from: unknown, to: unknown): void {
    this.changes.push({ path: place.path, from, to });
  }
}

/**
 * What applying `desired` would change in `live`. Only what we send is compared: fields of others and of the API server
 * are theirs. Lists are merged by their Kubernetes keys, quantities by amount, empty is absent. Objects served under
 * different versions can not be compared field by field and have no changes here. Secret values never show.
 */
export function diffObject(
  desired: KubeObject,
  live: KubeObject,
): FieldChange[] {
  if (desired.apiVersion !== live.apiVersion) return [];
  const comparison = new Comparison();
  const wanted = withEncodedSecret(desired);
  const root: Place = {
    kind: desired.kind,
    path: '',
    field: '',
    parent: '',
    whole: false,
  };
  const metadata: Place = { ...root, path: 'metadata', field: 'metadata' };
  for (const [field, value] of Object.entries(wanted.metadata)) {
    if (ourMetadata.has(field)) {
      comparison.compareField(
        field,
        { desired: value, live: Object(live.metadata)[field] },
        metadata,
      );
    }
  }
  for (const [field, value] of Object.entries(wanted)) {
    if (!['apiVersion', 'kind', 'metadata', 'status'].includes(field)) {
      comparison.compareField(
        field,
        { desired: value, live: live[field] },
        root,
      );
    }
  }
  return maskChanges(
    desired.kind,
    comparison.changes.filter(change => !sameJson(change.from, change.to)),
  );
}
