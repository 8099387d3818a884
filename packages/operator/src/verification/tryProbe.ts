import {
  KubeCluster,
  KubeError,
  ResourceType,
  WriteOutcome,
} from '@understage/kube';
import {
  DEPLOYER,
  ObjectRef,
  PROBE_PREFIX,
  ProbeAnswer,
  ProbeIdentity,
  splitApiVersion,
  TenantProbe,
} from '@understage/plugin-paas-common';

/** Where to try, and what has to be known for it. */
export interface TryOptions {
  readonly cluster: KubeCluster;
  /** The environment whose accounts try. */
  readonly namespace: string;
  /** Of an object that is to be deleted: the server compares it before it asks anybody whether that is allowed. */
  readonly uidOf: (ref: ObjectRef) => string | undefined;
  readonly signal?: AbortSignal;
}

/** The account of an environment that stands for its members of one role, for what is deployed, or for its pods. */
export function probeUser(identity: ProbeIdentity, namespace: string): string {
  const account =
    identity === 'deployer' ? DEPLOYER : `${PROBE_PREFIX}${identity}`;
  return `system:serviceaccount:${namespace}:${account}`;
}

function pluralOf(kind: string): string {
  const name = kind.toLowerCase();
  if (name.endsWith('y')) return `${name.slice(0, -1)}ies`;
  return name.endsWith('s') ? `${name}es` : `${name}s`;
}

function typeOf(ref: Omit<ObjectRef, 'name'>): ResourceType {
  return {
    ...splitApiVersion(ref.apiVersion),
    kind: ref.kind,
    plural: pluralOf(ref.kind),
    namespaced: ref.namespace !== undefined,
  };
}

const statusOf: Readonly<
  Record<Exclude<WriteOutcome['kind'], 'written'>, number>
> = { forbidden: 403, invalid: 422, conflict: 409, missing: 404 };

function answerOf(outcome: WriteOutcome): ProbeAnswer {
  if (outcome.kind === 'written')
    return { kind: 'allowed', object: outcome.object };
  const { kind, message } = outcome;
  return { kind: 'refused', status: statusOf[kind], message };
}

async function attempt(
  probe: TenantProbe,
  { cluster, namespace, uidOf, signal }: TryOptions,
): Promise<ProbeAnswer> {
  const impersonate = { user: probeUser(probe.as, namespace) };
  const writer = () =>
    cluster.writer({
      fieldManager: 'understage-probe',
      impersonate,
      dryRun: true,
    });
  const tried = probe.attempt;
  if (tried.verb === 'list') {
    const { namespace: place } = tried.ref;
    await cluster.as(impersonate).listPage(typeOf(tried.ref), {
      limit: 1,
      signal,
      ...(place === undefined ? {} : { namespace: place }),
    });
    return { kind: 'allowed' };
  }
  if (tried.verb === 'delete') {
    const uid = uidOf(tried.ref) ?? '00000000-0000-0000-0000-000000000000';
    const outcome = await writer().delete(typeOf(tried.ref), tried.ref, {
      uid,
      signal,
    });
    if (outcome.kind === 'deleted') return { kind: 'allowed' };
    if (outcome.kind === 'absent')
      return { kind: 'refused', status: 404, message: 'there is none' };
    const status = outcome.kind === 'forbidden' ? 403 : 409;
    return { kind: 'refused', status, message: outcome.message };
  }
  const { apiVersion, kind, metadata } = tried.object;
  const type = tried.at
    ? {
        ...splitApiVersion(tried.at.apiVersion),
        kind,
        plural: tried.at.path,
        namespaced: true,
      }
    : typeOf({ apiVersion, kind, namespace: metadata.namespace });
  return answerOf(
    tried.verb === 'create'
      ? await writer().create(tried.object, { type, signal })
      : await writer().apply(tried.object, { type, force: true, signal }),
  );
}

/**
 * Tries one forbidden thing as an account of the environment. Everything is a dry run but reads, of which one object is
 * asked for at most. Never throws, unless it is aborted.
 */
export async function tryProbe(
  probe: TenantProbe,
  options: TryOptions,
): Promise<ProbeAnswer> {
  try {
    return await attempt(probe, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    const { message } = error instanceof Error ? error : new Error(`${error}`);
    const status = error instanceof KubeError ? error.status : undefined;
    // What a server says to a request is an answer, unless it says that it can not answer.
    return status !== undefined && status < 500 && status !== 429
      ? { kind: 'refused', status, message }
      : { kind: 'failed', message };
  }
}
