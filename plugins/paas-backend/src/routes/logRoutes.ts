import { UserInfoService } from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { KubeError, PodLogReader } from '@understage/kube';
import { apiRoutes, LogQuery } from '@understage/plugin-paas-common';
import { ApplicationRecord, PaasClusters } from '@understage/plugin-paas-node';
import { principalKey } from '../authorization/ConditionalAuthorizer';
import { withCluster } from '../changes/explainOutcome';
import { userIdentity } from '../changes/UserIdentity';
import { beginEventStream, EndingEventSink } from '../http/eventStream';
import {
  ApiCall,
  RegisterContext,
  registerDoor,
  registerStream,
} from '../http/registerRoute';
import { TooManyStreams } from '../http/TooManyStreams';
import { collectLogs } from '../podLogs/collectLogs';
import { LogHub } from '../podLogs/LogHub';
import { containersFor } from '../podLogs/LogSession';

export interface LogRoutesOptions extends RegisterContext {
  readonly clusters: PaasClusters;
  readonly userInfo: UserInfoService;
  readonly logHub: LogHub;
}

/** Who waits for one answer waits no longer: a node may answer never. */
const LONGEST_READING_MS = 30_000;

/** Logs: server-sent events, read from the cluster as the signed-in user. */
export function addLogRoutes(options: LogRoutesOptions): void {
  const { clusters, userInfo, access, logHub } = options;

  const open = async (
    call: ApiCall<typeof apiRoutes.readLogs>,
    sink: () => EndingEventSink,
  ) => {
    const { credentials, params: ref, query } = call;
    const record = await access.visible(credentials, ref);
    requirePod(record, query);
    const identity = await userIdentity(credentials, userInfo);
    const user = principalKey(credentials) ?? identity.user;
    if (logHub.isFull(user)) throw new TooManyStreams();
    const { logs } = clusters.cluster(ref.cluster)?.as(identity) ?? {};
    if (!logs) throw new NotFoundError(`${ref.cluster} has no logs to read.`);
    await requireRight(record, query, logs);
    return logHub.open({ ref, credentials, user, logs, query }, sink());
  };

  registerStream(options, apiRoutes.readLogs, async call => {
    const { request, response } = call;
    const session = await open(call, () => beginEventStream(response));
    response.on('drain', () => session.drained());
    response.on('close', () => session.closed());
    // The reader may have gone while the cluster was asked.
    if (response.destroyed || request.destroyed) session.closed();
  });

  // Who does not listen gets what there is.
  registerDoor(options, apiRoutes.readLogs, async call => {
    const { messages, full, sink } = collectLogs();
    const query = { ...call.query, follow: false };
    const session = await open({ ...call, query }, () => sink);
    full.then(() => session.closed());
    const late = setTimeout(() => session.closed(), LONGEST_READING_MS);
    return messages.finally(() => clearTimeout(late));
  });
}

function requirePod(record: ApplicationRecord, query: LogQuery) {
  const { pod, container } = query;
  if (pod === undefined || containersFor(record, query).length > 0) return;
  const { namespace, name } = record.ref;
  const has = (wanted: LogQuery) => containersFor(record, wanted).length > 0;
  throw new NotFoundError(
    has({ pod }) && container !== undefined
      ? `Pod ${pod} has no container named ${container}.`
      : `Application ${namespace}/${name} has no pod named ${pod}, or its containers were not started yet; it may have been replaced meanwhile.`,
  );
}

// Asked with no lines at all: whoever may not read gets that as the answer, and not as an event within it.
async function requireRight(
  record: ApplicationRecord,
  query: LogQuery,
  logs: PodLogReader,
) {
  const [first] = containersFor(record, query);
  if (!first) return;
  const { cluster, namespace } = record.ref;
  const lines = logs.lines({
    namespace,
    pod: first.pod,
    container: first.name,
    follow: false,
    previous: false,
    timestamps: false,
    tailLines: 0,
  });
  try {
    await readAll(lines);
  } catch (error) {
    const known = error instanceof KubeError ? error : undefined;
    if (known?.status === 403) {
      throw new NotAllowedError(
        `You may not read logs in namespace ${namespace} of cluster ${cluster}. Whoever gives out roles there can bind you understage-application-editor (${known.message}).`,
      );
    }
    // What the server says about one container is told as an event; others may have a log.
    if (known?.status === undefined) {
      await withCluster(cluster, () => rethrow(error));
    }
  }
}

async function rethrow(error: unknown): Promise<never> {
  throw error;
}

async function readAll(lines: AsyncIterable<string>): Promise<void> {
  const iterator = lines[Symbol.asyncIterator]();
  while (!(await iterator.next()).done);
}
