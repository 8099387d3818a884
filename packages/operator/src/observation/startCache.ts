import {
  createReflector,
  KubeError,
  KubeObject,
  KubeReader,
  Reflector,
  StoreEvent,
} from '@understage/kube';
import {
  ANNOTATION_APPLICATION_UID,
  ANNOTATION_TENANT_UID,
  createProjection,
  LABEL_APPLICATION,
  LABEL_BUNDLE,
  LABEL_TENANT,
  onlyHosts,
} from '@understage/plugin-paas-common';
import { clusterIndexers, indexers, isApplication } from './applicationIndex';
import { CachedKind } from './clusterCache';
import { WatchedKind, watchedKinds } from './watchedKinds';

/** Reflectors of everything that the operator watches. */
export interface RunningCache {
  readonly kinds: readonly WatchedCache[];
  readonly synced: boolean;
  waitForSync(signal?: AbortSignal): Promise<void>;
  /** Resolves when every watch has ended. */
  readonly ended: Promise<void>;
}

export interface WatchedCache extends CachedKind {
  readonly reflector: Reflector;
  /** Resolves once it is known what there is, be it that the server does not serve the kind. */
  waitForSync(signal?: AbortSignal): Promise<void>;
}

export interface StartCacheOptions {
  readonly reader: KubeReader;
  readonly signal: AbortSignal;
  readonly onChange: (event: StoreEvent) => void;
  readonly onError: (kind: string, error: unknown) => void;
}

/** Kept as they are, whoever's they are. */
const wholeKinds = new Set([
  'Application',
  'HorizontalPodAutoscaler',
  'Namespace',
  'NetworkPolicy',
  'PersistentVolume',
  'ResourceQuota',
  'Tenant',
]);

/** Names of who manages an object, in the place where the server says much more of each. */
function managersOf(object: KubeObject): readonly { manager: string }[] {
  const fields: unknown = Reflect.get(object.metadata, 'managedFields');
  if (!Array.isArray(fields)) return [];
  const names = fields.flatMap((entry: unknown) => {
    const { manager, subresource } = { ...Object(entry) };
    return typeof manager === 'string' && subresource !== 'status'
      ? [manager]
      : [];
  });
  return [...new Set(names)].map(manager => ({ manager }));
}

/** Somebody else's object: enough to see that the name is taken, by whom, and which hosts it claims. */
function outlineOf(object: KubeObject): KubeObject {
  const { metadata, apiVersion, kind } = object;
  const { name, namespace, uid, resourceVersion, labels, annotations } =
    metadata;
  const { ownerReferences, creationTimestamp, deletionTimestamp } = metadata;
  const managedFields = managersOf(object);
  const spec = onlyHosts(object);
  const known = {
    name,
    namespace,
    uid,
    resourceVersion,
    labels,
    annotations,
    ownerReferences,
    creationTimestamp,
    deletionTimestamp,
    ...(managedFields.length === 0 ? {} : { managedFields }),
  };
  return {
    apiVersion,
    kind,
    metadata: known,
    ...(spec === undefined ? {} : { spec }),
  };
}

/** Part of a tenant's bundle, or what bears on one: a policy of anybody may open what the tenant's closes. */
function isOfTenant({ kind, metadata }: KubeObject): boolean {
  return (
    wholeKinds.has(kind) ||
    metadata.labels?.[LABEL_BUNDLE] !== undefined ||
    metadata.labels?.[LABEL_TENANT] !== undefined ||
    metadata.annotations?.[ANNOTATION_TENANT_UID] !== undefined
  );
}

/** Ours by label, by owner or, of volumes that outlive us, by annotation: somebody may have taken away one of them. */
function isOurs({ metadata }: KubeObject): boolean {
  return (
    metadata.labels?.[LABEL_APPLICATION] !== undefined ||
    metadata.annotations?.[ANNOTATION_APPLICATION_UID] !== undefined ||
    metadata.ownerReferences?.some(isApplication) === true
  );
}

/** What is kept of an object: all of ours, an outline of others', what health needs of pods and events. */
function projectionFor(
  watched: WatchedKind,
): (object: KubeObject) => KubeObject {
  if (!watched.planned) return createProjection();
  return object =>
    isOfTenant(object) || isOurs(object) ? object : outlineOf(object);
}

function cachedKind(
  watched: WatchedKind,
  options: StartCacheOptions,
): WatchedCache {
  // Stays true through failures of other kinds: a server that can not be reached has not begun to serve the kind.
  let absent = false;
  let tellAbsent: () => void = () => {};
  const foundAbsent = new Promise<void>(resolve => {
    tellAbsent = resolve;
  });
  const reflector = createReflector({
    reader: options.reader,
    type: watched.type,
    labelSelector: watched.labelSelector,
    fieldSelector: watched.fieldSelector,
    indexers: watched.type.namespaced ? indexers : clusterIndexers,
    project: projectionFor(watched),
    onEvent: options.onChange,
    onError: error => {
      if (
        watched.optional &&
        error instanceof KubeError &&
        error.status === 404
      ) {
        absent = true;
        tellAbsent();
      } else {
        options.onError(watched.type.plural, error);
      }
    },
  });
  return {
    reflector,
    type: watched.type,
    complete:
      watched.labelSelector === undefined &&
      watched.fieldSelector === undefined,
    get synced() {
      return absent || reflector.stats().synced;
    },
    get trouble() {
      return reflector.stats().trouble;
    },
    waitForSync: signal =>
      Promise.race([reflector.waitForSync(signal), foundAbsent]),
    list: () => reflector.store.list(),
    get: key => reflector.store.get(key),
    byIndex: (index, value) => reflector.store.byIndex(index, value),
  };
}

/** Starts watching; the caches fill in the background. */
export function startCache(options: StartCacheOptions): RunningCache {
  const kinds = watchedKinds.map(watched => cachedKind(watched, options));
  const ended = Promise.all(
    kinds.map(kind => kind.reflector.run(options.signal)),
  ).then(() => undefined);
  return {
    kinds,
    ended,
    get synced() {
      return kinds.every(kind => kind.synced);
    },
    async waitForSync(signal) {
      await Promise.all(kinds.map(kind => kind.waitForSync(signal)));
    },
  };
}
