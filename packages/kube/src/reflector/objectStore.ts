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

export function storeKey({ namespace, name }: ObjectKey): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

const nothing: readonly KubeObject[] = [];

/** Objects of one kind by name, with indexes. Mutated by its reflector only. */
export class ObjectStore {
  readonly #objects = new Map<string, KubeObject>();
  readonly #indexers: Readonly<Record<string, Indexer>>;
  readonly #indexes = new Map<string, Map<string, Map<string, KubeObject>>>();

  constructor(indexers: Readonly<Record<string, Indexer>> = {}) {
    this.#indexers = indexers;
    for (const name of Object.keys(indexers))
      this.#indexes.set(name, new Map());
  }

  get size(): number {
    return this.#objects.size;
  }

  get(key: ObjectKey): KubeObject | undefined {
    return this.#objects.get(storeKey(key));
  }

  list(): readonly KubeObject[] {
    return [...this.#objects.values()];
  }

  /** Objects that the index knows under a value. Throws for an index that was not declared. */
  byIndex(index: string, value: string): readonly KubeObject[] {
    const values = this.#indexes.get(index);
    if (!values) throw new Error(`there is no index "${index}"`);
    const found = values.get(value);
    return found ? [...found.values()] : nothing;
  }

  /** Puts an object in. Another uid under the same name is another object: the old one is told as deleted. */
  put(object: KubeObject): readonly StoreEvent[] {
    const key = storeKey(object.metadata);
    const previous = this.#objects.get(key);
    if (previous) this.#unindex(key, previous);
    this.#objects.set(key, object);
    this.#index(key, object);
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

  remove(key: ObjectKey): readonly StoreEvent[] {
    const text = storeKey(key);
    const previous = this.#objects.get(text);
    if (!previous) return [];
    this.#objects.delete(text);
    this.#unindex(text, previous);
    return [{ type: 'deleted', object: previous }];
  }

  /** Makes the store hold exactly these; what is missing among them is told as deleted. */
  replace(objects: ReadonlyMap<string, KubeObject>): readonly StoreEvent[] {
    const gone = [...this.#objects.values()].filter(
      object => !objects.has(storeKey(object.metadata)),
    );
    return [
      ...gone.flatMap(object => this.remove(object.metadata)),
      ...[...objects.values()].flatMap(object => this.put(object)),
    ];
  }

  #index(key: string, object: KubeObject): void {
    for (const [name, indexer] of Object.entries(this.#indexers)) {
      const values = this.#indexes.get(name);
      for (const value of indexer(object)) {
        const found = values?.get(value);
        if (found) found.set(key, object);
        else values?.set(value, new Map([[key, object]]));
      }
    }
  }

  #unindex(key: string, object: KubeObject): void {
    for (const [name, indexer] of Object.entries(this.#indexers)) {
      const values = this.#indexes.get(name);
      for (const value of indexer(object)) {
        const found = values?.get(value);
        found?.delete(key);
        if (found?.size === 0) values?.delete(value);
      }
    }
  }
}
