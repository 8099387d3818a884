import {
  createReflector,
  KubeCluster,
  KubeObject,
  Reflector,
  ResourceType,
} from '@understage/kube';

/** Counts the objects of both sides of a comparison as the API server tells of them. */
export class ObjectCounter {
  readonly #reflectors: readonly Reflector[];
  readonly #abort = new AbortController();
  readonly #running: Promise<unknown>;

  constructor(
    cluster: KubeCluster,
    options: {
      readonly types: readonly ResourceType[];
      readonly labelSelector: string;
      /** Whose an object is, by what its name or namespace begins with: `ours-1` is of `ours`. */
      readonly sideOf: (object: KubeObject) => string | undefined;
    },
  ) {
    const { types, labelSelector, sideOf } = options;
    const side = (object: KubeObject) => [(sideOf(object) ?? '').split('-')[0]];
    this.#reflectors = types.map(type =>
      createReflector({
        reader: cluster,
        type,
        labelSelector,
        indexers: { side },
      }),
    );
    this.#running = Promise.all(
      this.#reflectors.map(reflector => reflector.run(this.#abort.signal)),
    );
  }

  async ready(): Promise<void> {
    await Promise.all(
      this.#reflectors.map(reflector => reflector.waitForSync()),
    );
  }

  objects(side: string): readonly KubeObject[] {
    return this.#reflectors.flatMap(({ store }) => store.byIndex('side', side));
  }

  /** Cheap enough to be asked every few milliseconds while something is measured. */
  count(side: string): number {
    return this.#reflectors.reduce(
      (sum, { store }) => sum + store.byIndex('side', side).length,
      0,
    );
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#running;
  }
}
