import { KubeObject } from '../kubernetes';
import { LABEL_COMPONENT } from '../labels';

/** Objects by their place under each other, as ownerReferences tell. Independent of the order given. */
export class ObjectGraph {
  readonly #byUid = new Map<string, KubeObject>();
  readonly #children = new Map<string, KubeObject[]>();
  /** Objects whose owner is not among the objects, sorted by kind and name. */
  readonly roots: readonly KubeObject[];

  constructor(objects: readonly KubeObject[]) {
    const sorted = [...objects].sort(byKindAndName);
    for (const object of sorted) {
      if (object.metadata.uid !== undefined) {
        this.#byUid.set(object.metadata.uid, object);
      }
    }
    this.roots = sorted.filter(object => {
      const parent = this.parentOf(object);
      const uid = parent?.metadata.uid;
      if (uid === undefined) return true;
      const siblings = this.#children.get(uid) ?? [];
      siblings.push(object);
      this.#children.set(uid, siblings);
      return false;
    });
  }

  /** The owner of an object, when it is among the objects. */
  parentOf(object: KubeObject): KubeObject | undefined {
    for (const reference of object.metadata.ownerReferences ?? []) {
      const parent = this.#byUid.get(reference.uid);
      if (parent && parent !== object) return parent;
    }
    return undefined;
  }

  /** What an object owns, sorted by kind and name; optionally of one kind only. */
  childrenOf(object: KubeObject, kind?: string): readonly KubeObject[] {
    const children = this.#children.get(object.metadata.uid ?? '') ?? [];
    return kind === undefined
      ? children
      : children.filter(child => child.kind === kind);
  }

  /** Every pod below an object, through replica sets and jobs. */
  podsOf(object: KubeObject): readonly KubeObject[] {
    return this.#podsBelow(object, new Set());
  }

  /** Owners are written by anybody who may write the object, rings of them included: each object is gone through once. */
  #podsBelow(object: KubeObject, seen: Set<KubeObject>): readonly KubeObject[] {
    if (seen.has(object)) return [];
    seen.add(object);
    return this.childrenOf(object).flatMap(child =>
      child.kind === 'Pod' ? [child] : this.#podsBelow(child, seen),
    );
  }

  /** The component of an object: by its own label, else by its owner's. */
  componentOf(object: KubeObject): string | undefined {
    let current: KubeObject | undefined = object;
    // Ownership can not go deeper than this in Kubernetes (CronJob, Job, Pod); the bound only guards against rings.
    for (let depth = 0; current && depth < 8; depth += 1) {
      const component: string | undefined =
        current.metadata.labels?.[LABEL_COMPONENT];
      if (component !== undefined) return component;
      current = this.parentOf(current);
    }
    return undefined;
  }
}

function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function byKindAndName(left: KubeObject, right: KubeObject): number {
  return (
    compareText(left.kind, right.kind) ||
    // Ordinals and generated names sort by number: web-2 before web-10.
    left.metadata.name.length - right.metadata.name.length ||
    compareText(left.metadata.name, right.metadata.name)
  );
}
