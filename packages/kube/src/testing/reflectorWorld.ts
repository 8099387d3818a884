import { KubeError } from '../errors';
import { InMemoryKube } from '../memory/inMemoryKube';
import { KubeReader, WatchEvent } from '../ports';
import { ManualTiming } from './manualTiming';
import { configMap, configMaps } from './objects';
import {
  createReflector,
  ReflectorOptions,
} from '../reflector/createReflector';
import { StoreEvent } from '../reflector/objectStore';

const stops: (() => Promise<void>)[] = [];

/** Ends every reflector that `startReflector` began; for `afterEach`. */
export async function stopReflectors(): Promise<void> {
  await Promise.all(stops.splice(0).map(stop => stop()));
}

const brief = (event: StoreEvent) =>
  `${event.type} ${event.object.metadata.name}`;

/** A running reflector of an in-memory cluster, whose reader may be bent. */
export function startReflector(
  options: Partial<ReflectorOptions> & {
    readonly bend?: (reader: KubeReader) => Partial<KubeReader>;
    readonly kube?: InMemoryKube;
  } = {},
) {
  const timing = new ManualTiming();
  const kube = options.kube ?? new InMemoryKube({ now: timing.now });
  const told: string[] = [];
  const errors: unknown[] = [];
  const straight: KubeReader = {
    get: kube.get.bind(kube),
    list: kube.list.bind(kube),
    listPage: kube.listPage.bind(kube),
    watch: kube.watch.bind(kube),
  };
  const reflector = createReflector({
    type: configMaps,
    timing,
    onEvent: event => told.push(brief(event)),
    onError: error => errors.push(error),
    ...options,
    reader: { ...straight, ...options.bend?.(straight) },
  });
  const abort = new AbortController();
  const ended = reflector.run(abort.signal);
  const stop = async () => {
    abort.abort();
    await ended;
  };
  stops.push(stop);
  const put = (name: string, data = {}) =>
    kube.seed(configMaps, configMap({ name, namespace: 'shop' }, data));
  const remove = async (name: string) => {
    const key = { namespace: 'shop', name };
    const uid = (await kube.get(configMaps, key))?.metadata.uid ?? '';
    await kube
      .writer({ fieldManager: 'test' })
      .delete(configMaps, key, { uid });
  };
  const names = () => reflector.store.list().map(item => item.metadata.name);
  return { reflector, kube, timing, told, errors, stop, put, remove, names };
}

/** A watch that breaks with these errors, one a time, and then works. */
export function breaking(...errors: readonly unknown[]) {
  const left = [...errors];
  return (reader: KubeReader): Partial<KubeReader> => ({
    watch: (type, options) => {
      const error = left.shift();
      if (error === undefined) return reader.watch(type, options);
      return {
        // eslint-disable-next-line require-yield
        async *[Symbol.asyncIterator](): AsyncGenerator<WatchEvent> {
          throw error;
        },
      };
    },
  });
}

/** An answer that is a refusal. */
export const refused = (status: number, retryAfterMs?: number) =>
  new KubeError(`injected ${status}`, { status, retryAfterMs });
