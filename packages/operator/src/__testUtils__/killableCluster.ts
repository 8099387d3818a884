import { KubeCluster, KubeReader, KubeWriter } from '@understage/kube';

/** A write as a kill switch sees it. */
export interface SeenWrite {
  readonly verb: keyof KubeWriter;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
  readonly dryRun: boolean;
}

/** A cluster whose client process ends, as far as anybody can tell. */
export interface KillableCluster extends KubeCluster {
  readonly dead: boolean;
  /** From now on nothing is sent and nothing arrives. */
  kill(): void;
}

class Killed extends Error {
  override readonly name = 'Killed';
}

/**
 * Wraps a cluster so that it dies like a process: after the write for which `diesAfter` answers true, its answer is lost,
 * and neither reads nor writes nor watches come through any more. The lease is not given back either.
 */
export function killableCluster(
  cluster: KubeCluster,
  diesAfter: (write: SeenWrite) => boolean = () => false,
): KillableCluster {
  let dead = false;
  const requireLife = () => {
    if (dead) throw new Killed('the process was killed');
  };

  const reader = (inner: KubeReader): KubeReader => ({
    async version(options) {
      requireLife();
      return inner.version?.(options);
    },
    async get(...args) {
      requireLife();
      return inner.get(...args);
    },
    async list(...args) {
      requireLife();
      return inner.list(...args);
    },
    async listPage(...args) {
      requireLife();
      return inner.listPage(...args);
    },
    async *watch(...args) {
      requireLife();
      for await (const event of inner.watch(...args)) {
        requireLife();
        yield event;
      }
    },
  });

  async function attempt<T>(seen: SeenWrite, send: () => Promise<T>) {
    requireLife();
    const answer = await send();
    if (!dead && diesAfter(seen)) dead = true;
    requireLife();
    return answer;
  }

  const seen = (
    verb: SeenWrite['verb'],
    kind: string,
    { namespace, name }: { readonly namespace?: string; readonly name: string },
  ) => ({ verb, kind, namespace, name });

  const writer = (inner: KubeWriter, dryRun: boolean): KubeWriter => ({
    apply: (object, options) =>
      attempt({ ...seen('apply', object.kind, object.metadata), dryRun }, () =>
        inner.apply(object, options),
      ),
    create: (object, options) =>
      attempt({ ...seen('create', object.kind, object.metadata), dryRun }, () =>
        inner.create(object, options),
      ),
    update: (object, options) =>
      attempt({ ...seen('update', object.kind, object.metadata), dryRun }, () =>
        inner.update(object, options),
      ),
    delete: (type, key, options) =>
      attempt({ ...seen('delete', type.kind, key), dryRun }, () =>
        inner.delete(type, key, options),
      ),
  });

  return {
    name: cluster.name,
    ...reader(cluster),
    as: identity => reader(cluster.as(identity)),
    writer: options => writer(cluster.writer(options), options.dryRun ?? false),
    get dead() {
      return dead;
    },
    kill() {
      dead = true;
    },
  };
}
