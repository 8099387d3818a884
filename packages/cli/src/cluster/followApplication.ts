import { KubeObject } from '@understage/kube';
import { Connection } from '../CliWorld';
import { listAndWatch } from './listAndWatch';
import { applications } from './resourceTypes';

/** One application, now and after each change; `undefined` while it is not there. Ends when aborted. */
export async function* followApplication(
  connection: Connection,
  name: string,
  signal: AbortSignal,
): AsyncGenerator<KubeObject | undefined> {
  const followed = {
    type: applications,
    namespace: connection.namespace,
    fieldSelector: `metadata.name=${name}`,
  };
  for await (const sighting of listAndWatch(
    connection.cluster,
    followed,
    signal,
  )) {
    if (sighting.kind === 'all') yield sighting.objects.at(0);
    else yield sighting.kind === 'gone' ? undefined : sighting.object;
  }
}
