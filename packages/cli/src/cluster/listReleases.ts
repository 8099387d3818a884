import {
  LABEL_APPLICATION,
  ReleaseLine,
  releaseKind,
  releaseLine,
} from '@understage/plugin-paas-common';
import { Connection } from '../CliWorld';

/** The releases kept of an application, newest first. */
export async function listReleases(
  connection: Connection,
  name: string,
  signal?: AbortSignal,
): Promise<readonly ReleaseLine[]> {
  const { items } = await connection.cluster.list(releaseKind, {
    namespace: connection.namespace,
    labelSelector: `${LABEL_APPLICATION}=${name}`,
    signal,
  });
  return items
    .flatMap(object => releaseLine(object) ?? [])
    .sort((left, right) => right.revision - left.revision);
}
