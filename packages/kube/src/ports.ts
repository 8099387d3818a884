import { KubeObject, ObjectKey, ResourceType } from './objects';

export interface ListOptions {
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  /** `'0'` reads any version from the watch cache; absent means the most recent. */
  readonly resourceVersion?: string;
  readonly signal?: AbortSignal;
}

export interface PageOptions extends ListOptions {
  readonly limit: number;
  readonly continue?: string;
}

export interface ListPage {
  readonly items: readonly KubeObject[];
  readonly resourceVersion: string;
  readonly continue?: string;
}

export interface WatchOptions extends ListOptions {
  readonly resourceVersion: string;
  readonly timeoutSeconds: number;
  /** Ask for the state as initial events (WatchList); ends with a bookmark that says so. */
  readonly sendInitialEvents?: boolean;
  /** Told once, when the server has accepted the watch: from now on silence means that nothing happens. */
  readonly onOpen?: () => void;
}

export type WatchEvent =
  | {
      readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
      readonly object: KubeObject;
    }
  | {
      readonly type: 'BOOKMARK';
      readonly resourceVersion: string;
      readonly initialEventsEnd: boolean;
    };

/**
 * Looks whether the server is ready to work: `present` when it is, at once; `returned` when it was away at first and is
 * back. Rejects only when aborted.
 */
export type AwaitReturn = (options: {
  readonly signal: AbortSignal;
}) => Promise<'present' | 'returned'>;

/** Which lines of one container. */
export interface PodLogQuery {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /** Go on as lines come, until the container ends or the signal aborts. */
  readonly follow: boolean;
  /** The run before the last restart. */
  readonly previous: boolean;
  /** Only so many of the last lines; 0 asks only whether there is a log and one may read it. */
  readonly tailLines?: number;
  readonly sinceSeconds?: number;
  /** Each line begins with the time when it was written, RFC 3339 with nanoseconds, and a space. */
  readonly timestamps: boolean;
  readonly signal?: AbortSignal;
}

/** Logs of containers. Lines come without their line break; what is no UTF-8 is replaced. Throws `KubeError`. */
export interface PodLogReader {
  lines(query: PodLogQuery): AsyncIterable<string>;
}

/** Reads. A missing object is `undefined`; every other failure throws `KubeError`. */
export interface KubeReader {
  /** Absent where nothing can be said about it; then a failed watch is tried again by back-off alone. */
  readonly awaitReturn?: AwaitReturn;
  get(
    type: ResourceType,
    key: ObjectKey,
    options?: { readonly signal?: AbortSignal },
  ): Promise<KubeObject | undefined>;
  /** All pages. Throws rather than answering with a part. */
  list(
    type: ResourceType,
    options?: ListOptions,
  ): Promise<{
    readonly items: readonly KubeObject[];
    readonly resourceVersion: string;
  }>;
  listPage(type: ResourceType, options: PageOptions): Promise<ListPage>;
  /** Ends when the server ends it; throws `KubeError` on an ERROR event, a broken connection or a malformed line. */
  watch(type: ResourceType, options: WatchOptions): AsyncIterable<WatchEvent>;
  /**
   * The server's version without what vendors add (`v1.36.3`); undefined when it does not tell. Absent where there is no
   * server: in doubles.
   */
  readonly version?: (options?: {
    readonly signal?: AbortSignal;
  }) => Promise<string | undefined>;
  /** Logs of containers, in the identity of the reader. Absent where no container runs: in doubles. */
  readonly logs?: PodLogReader;
}

/** What the API server made of a write. Anything worth a retry (429, 5xx, network) throws `KubeError` instead. */
export type WriteOutcome =
  | {
      readonly kind: 'written';
      readonly object: KubeObject;
      readonly created: boolean;
      /**
       * False when we know that nothing changed. A server does not say so: over HTTP it is known only when the object was
       * sent with its `resourceVersion`; else compare `object.metadata.resourceVersion` with the one you saw before.
       */
      readonly changed: boolean;
    }
  /** Another field manager owns fields that we send. */
  | {
      readonly kind: 'conflict';
      readonly message: string;
      readonly managers: readonly string[];
      /** Which field is whose, as far as the server said. */
      readonly fields?: readonly {
        readonly manager: string;
        readonly field: string;
      }[];
    }
  /** RBAC, quota or an admission policy; the message is the server's. */
  | { readonly kind: 'forbidden'; readonly message: string }
  /** Validation or an immutable field. */
  | {
      readonly kind: 'invalid';
      readonly message: string;
      readonly fields: readonly string[];
    }
  /** The namespace or the kind does not exist, or a uid/resourceVersion precondition failed. */
  | { readonly kind: 'missing'; readonly message: string };

export type DeleteOutcome =
  | { readonly kind: 'deleted' }
  | { readonly kind: 'absent' }
  /** The object of that name has another uid: it is not the one meant. */
  | { readonly kind: 'preconditionFailed'; readonly message: string }
  | { readonly kind: 'forbidden'; readonly message: string };

export interface ApplyOptions {
  readonly type: ResourceType;
  /** Take over fields from other managers. Default false: conflicts are answers. */
  readonly force?: boolean;
  /**
   * Create only: where an object of that name exists, whatever is in it, the answer is `conflict` and nothing is merged.
   * The API server decides, in the same request. Default false. For an object that is there send its `metadata.uid`:
   * a successor of the same name is answered `missing`.
   */
  readonly ifAbsent?: boolean;
  readonly subresource?: 'status';
  readonly signal?: AbortSignal;
}

/**
 * Writes. The field manager, the identity to impersonate and whether it is a dry run are fixed when a writer is made:
 * a caller that holds a writer can not write as somebody else.
 */
export interface KubeWriter {
  apply(object: KubeObject, options: ApplyOptions): Promise<WriteOutcome>;
  /** Fails with `conflict` when an object of that name exists. */
  create(
    object: KubeObject,
    options: { readonly type: ResourceType; readonly signal?: AbortSignal },
  ): Promise<WriteOutcome>;
  /** Replaces the object, with `metadata.resourceVersion` as precondition. */
  update(
    object: KubeObject,
    options: {
      readonly type: ResourceType;
      readonly subresource?: 'status';
      readonly signal?: AbortSignal;
    },
  ): Promise<WriteOutcome>;
  delete(
    type: ResourceType,
    key: ObjectKey,
    options: {
      readonly uid: string;
      readonly propagation?: 'Background' | 'Foreground' | 'Orphan';
      readonly signal?: AbortSignal;
    },
  ): Promise<DeleteOutcome>;
}

/** Who a request is made as. */
export interface Impersonation {
  readonly user: string;
  readonly groups?: readonly string[];
}

/** One cluster: a reader, and writers for an identity. */
export interface KubeCluster extends KubeReader {
  readonly name: string;
  as(identity: Impersonation): KubeReader;
  writer(options: {
    readonly fieldManager: string;
    readonly impersonate?: Impersonation;
    readonly dryRun?: boolean;
  }): KubeWriter;
}
