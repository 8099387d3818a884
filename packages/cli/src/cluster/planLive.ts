import { Application, platformSettings } from '@understage/plugin-paas-common';
import {
  liveClusterView,
  PlannedApplication,
  planFor,
} from '@understage/plugin-paas-node';
import { Connection } from '../CliWorld';
import { VerbContext } from '../Verb';
import { findApplication } from './getApplication';
import { loadPlatform } from './loadPlatform';

/** A plan, and the namespace that it is for. */
export interface LivePlan extends PlannedApplication {
  readonly namespace: string;
  readonly name: string;
}

/** Namespace of an application from a file: the option, else the file's, else the context's. */
export function namespaceOf(
  application: Application,
  context: VerbContext,
  connection: Connection,
): string {
  return (
    context.global.namespace ??
    application.metadata.namespace ??
    connection.namespace
  );
}

/**
 * Plans an application against the cluster with the operator's own planner. What the file says, who it is in the
 * cluster: the uid of an application that exists decides which objects are its own.
 */
export async function planLive(
  application: Application,
  context: VerbContext,
  connection: Connection,
): Promise<LivePlan> {
  const { world } = context;
  const namespace = namespaceOf(application, context, connection);
  const { name } = application.metadata;
  const [platform, live] = await Promise.all([
    loadPlatform(context),
    findApplication(connection, { name, namespace }, world.signal),
  ]);
  const planned = await planFor({
    view: liveClusterView(connection.cluster, connection),
    application: {
      ...application,
      metadata: {
        ...application.metadata,
        namespace,
        ...(live ? { uid: live.application.metadata.uid } : {}),
      },
    },
    namespace,
    charts: world.createCharts(platform),
    platform: platformSettings(platform),
    now: world.now,
    signal: world.signal,
  });
  return { ...planned, namespace, name };
}
