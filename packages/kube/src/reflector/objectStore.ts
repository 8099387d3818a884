import { KubeObject, ObjectKey } from '../objects';

/** What happened to one object, told after the store holds it. */
export type StoreEvent =
  | { readonly type: 'added'; readonly object: KubeObject }
  | {
      readonly type: 'updated';
      readonly object: KubeObject;
      readonly previous: KubeObject;
    }
  | { readonly type: 'deleted'; readonly object: KubeObject };

/** The values that an object is found under. */
export type Indexer = (object: KubeObject) => readonly string[];

/** `namespace/name`, or the name of what lives in no namespace. */
export function storeKey({ namespace, name }: ObjectKey): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

function isAnother(uid: string | undefined, known: string | undefined) {
  return uid !== undefined && known !== undefined && uid !== known;
}

const nothing: readonly KubeObject[] = [];

/**
 * Objects of one kind by name, with indexes. Mutated by its reflector only. Maps are keyed by texts that the objects hold
 * anyway: a key of its own would cost more than most of what is kept of a pod.
 */
export class ObjectStore {
  readonly #namespaces = new Map<string, Map<string, KubeObject>>();
  readonly #indexers: Readonly<Record<string, Indexer>>;
  readonly #indexes = new Map<string, Map<string, Set<KubeObject>>>();
  #size = 0;

  constructor(indexers: Readonly<Record<string, Indexer>> = {}) {
    this.#indexers = indexers;
    for (const name of Object.keys(indexers)) {
      this.#indexes.set(name, new Map());
    }
  }

  get size(): number {
    return this.#size;
  }

  get({ namespace = '', name }: ObjectKey): KubeObject | undefined {
    return this.#namespaces.get(namespace)?.get(name);
  }

  list(): readonly KubeObject[] {
    return [...this.#namespaces.values()].flatMap(named => [...named.values()]);
  }

  /** Objects that the index knows under a value. Throws for an index that was not declared. */
  byIndex(index: string, value: string): readonly KubeObject[] {
    const values = this.#indexes.get(index);
    if (!values) throw new Error(`there is no index "${index}"`);
    const found = values.get(value);
    return found ? [...found] : nothing;
  }

  /** Puts an object in. Another uid under the same name is another object: the old one is told as deleted. */
  put(object: KubeObject): readonly StoreEvent[] {
    const { namespace = '', name } = object.metadata;
    const named = this.#namespaces.get(namespace) ?? new Map();
    this.#namespaces.set(namespace, named);
    const previous = named.get(name);
    if (previous) this.#unindex(previous);
    else this.#size += 1;
    named.set(name, object);
    this.#index(object);
    if (!previous) return [{ type: 'added', object }];
    if (previous.metadata.uid !== object.metadata.uid) {
      return [
        { type: 'deleted', object: previous },
        { type: 'added', object },
      ];
    }
    return previous.metadata.resourceVersion === object.metadata.resourceVersion
      ? []
      : [{ type: 'updated', object, previous }];
  }

  /** Takes an object out; with a uid only that very object, not one of the same name that came after it. */
  remove({
    namespace = '',
    name,
    uid,
  }: ObjectKey & { readonly uid?: string }): readonly StoreEvent[] {
    const named = this.#namespaces.get(namespace);
    const previous = named?.get(name);
    if (!named || !previous) return [];
    if (isAnother(uid, previous.metadata.uid)) return [];
    named.delete(name);
    if (named.size === 0) this.#namespaces.delete(namespace);
    this.#size -= 1;
    this.#unindex(previous);
    return [{ type: 'deleted', object: previous }];
  }

  /** Makes the store hold exactly these (by `storeKey`); what is missing among them is told as deleted. */
  replace(objects: ReadonlyMap<string, KubeObject>): readonly StoreEvent[] {
    const gone = this.list().filter(
      object => !objects.has(storeKey(object.metadata)),
    );
    return [
      ...gone.flatMap(object => this.remove(object.metadata)),
      ...[...objects.values()].flatMap(object => this.put(object)),
    ];
  }

  #index(object: KubeObject): void {
    for (const [name, indexer] of Object.entries(this.#indexers)) {
      const values = this.#indexes.get(name);
      for (const value of indexer(object)) {
        const found = values?.get(value);
        if (found) found.add(object);
        else values?.set(value, new Set([object]));
      }
    }
  }

  #unindex(object: KubeObject): void {
    for (const [name, indexer] of Object.entries(this.#indexers)) {
      const values = this.#indexes.get(name);
      for (const value of indexer(object)) {
        const found = values?.get(value);
        found?.delete(object);
        if (found?.size === 0) values?.delete(value);
      }
    }
  }
}
