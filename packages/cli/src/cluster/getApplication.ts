import { KubeObject } from '@understage/kube';
import {
  Application,
  ApplicationStatus,
  checkApplication,
  nearestName,
  readStatus,
} from '@understage/plugin-paas-common';
import { Connection } from '../CliWorld';
import { CliFailure, exitCodes } from '../exitCodes';
import { checkedName } from './checkedName';
import { applications } from './resourceTypes';

/** An Application as the cluster has it. */
export interface LiveApplication {
  readonly object: KubeObject;
  readonly application: Application;
  /** What the operator said last; absent when it never did. */
  readonly status?: ApplicationStatus;
}

/** Reads an object of the cluster; one that the schema refuses was let in by an older CRD, and is a problem to be told. */
export function readLive(object: KubeObject): LiveApplication {
  const checked = checkApplication(object);
  if (!checked.ok) {
    const { name, namespace } = object.metadata;
    throw new CliFailure(
      exitCodes.problem,
      `Application ${name} in ${namespace} is not valid: ${checked.problems
        .map(({ path, message }) => (path ? `${path}: ${message}` : message))
        .join(' ')}`,
    );
  }
  const status = readStatus(object.status);
  return {
    object,
    application: {
      ...checked.value,
      metadata: { ...checked.value.metadata, ...identityOf(object) },
    },
    ...(status ? { status } : {}),
  };
}

function identityOf({
  metadata,
}: KubeObject): Partial<Application['metadata']> {
  const { namespace, uid, resourceVersion, generation } = metadata;
  const { creationTimestamp, deletionTimestamp } = metadata;
  return {
    namespace,
    uid,
    resourceVersion,
    generation,
    creationTimestamp,
    ...(deletionTimestamp === undefined ? {} : { deletionTimestamp }),
  };
}

/** The application of that name, or undefined. */
export async function findApplication(
  connection: Connection,
  key: { readonly name: string; readonly namespace?: string },
  signal?: AbortSignal,
): Promise<LiveApplication | undefined> {
  const object = await connection.cluster.get(
    applications,
    { namespace: key.namespace ?? connection.namespace, name: key.name },
    { signal },
  );
  return object && readLive(object);
}

/** The application of that name, valid or not. Throws `CliFailure` with the nearest name when there is none. */
export async function getObject(
  connection: Connection,
  name: string,
  signal?: AbortSignal,
): Promise<KubeObject> {
  const { namespace, cluster } = connection;
  const key = { namespace, name: checkedName(name) };
  const found = await cluster.get(applications, key, { signal });
  if (found) return found;
  const { items } = await cluster.list(applications, { namespace, signal });
  const names = items.map(({ metadata }) => metadata.name).sort();
  const near = nearestName(name, names);
  const hint =
    near === undefined
      ? `it has ${names.length === 0 ? 'none' : names.slice(0, 10).join(', ')}`
      : `did you mean ${near}?`;
  throw new CliFailure(
    exitCodes.problem,
    `There is no application ${name} in the namespace ${namespace}: ${hint}`,
  );
}

/** The application of that name. Throws `CliFailure` with the nearest name when there is none, and when it is invalid. */
export async function getApplication(
  connection: Connection,
  name: string,
  signal?: AbortSignal,
): Promise<LiveApplication> {
  return readLive(await getObject(connection, name, signal));
}
