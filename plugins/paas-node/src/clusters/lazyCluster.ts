import {
  KubeCluster,
  KubeError,
  KubeReader,
  KubeWriter,
} from '@understage/kube';

/**
 * A cluster whose configuration is read at the first request, and again at the next one as long as that fails: a
 * kubeconfig that is not there yet makes this cluster unavailable and nothing else.
 */
export function lazyCluster(
  name: string,
  connect: () => Promise<KubeCluster>,
): KubeCluster {
  let connected: Promise<KubeCluster> | undefined;
  const get = (): Promise<KubeCluster> => {
    connected ??= connect().catch(error => {
      connected = undefined;
      throw error;
    });
    return connected;
  };
  return {
    name,
    ...lazyReader(get),
    as: identity => lazyReader(async () => (await get()).as(identity)),
    writer: options => lazyWriter(async () => (await get()).writer(options)),
  };
}

function lazyReader(get: () => Promise<KubeReader>): KubeReader {
  return {
    awaitReturn: async options =>
      (await get()).awaitReturn?.(options) ?? 'present',
    version: async options => (await get()).version?.(options),
    get: async (...args) => (await get()).get(...args),
    list: async (...args) => (await get()).list(...args),
    listPage: async (...args) => (await get()).listPage(...args),
    async *watch(...args) {
      yield* (await get()).watch(...args);
    },
    logs: {
      async *lines(query) {
        const { logs } = await get();
        if (!logs) throw new KubeError('this cluster has no logs to read');
        yield* logs.lines(query);
      },
    },
  };
}

function lazyWriter(get: () => Promise<KubeWriter>): KubeWriter {
  return {
    apply: async (...args) => (await get()).apply(...args),
    create: async (...args) => (await get()).create(...args),
    update: async (...args) => (await get()).update(...args),
    delete: async (...args) => (await get()).delete(...args),
  };
}
