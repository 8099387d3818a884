import {
  Application,
  LABEL_APPLICATION,
  ReleaseLine,
  releaseKind,
  releaseLine,
} from '@understage/plugin-paas-common';
import { Connection } from '../CliWorld';

/** The releases that an application keeps, newest first; what only carries its label is none of them. */
export async function listReleases(
  connection: Connection,
  application: Pick<Application, 'metadata'>,
  signal?: AbortSignal,
): Promise<readonly ReleaseLine[]> {
  const { items } = await connection.cluster.list(releaseKind, {
    namespace: connection.namespace,
    labelSelector: `${LABEL_APPLICATION}=${application.metadata.name}`,
    signal,
  });
  return items
    .flatMap(object => releaseLine(object, application) ?? [])
    .sort((left, right) => right.revision - left.revision);
}
