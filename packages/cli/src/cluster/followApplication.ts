import { KubeError, KubeObject } from '@understage/kube';
import { Connection } from '../CliWorld';
import { applications } from './resourceTypes';

/**
 * One application, now and after each change, by watch; `undefined` while it is not there. Ends when aborted. A watch
 * that breaks is started again; a cluster that is gone throws.
 */
export async function* followApplication(
  connection: Connection,
  name: string,
  signal: AbortSignal,
): AsyncGenerator<KubeObject | undefined> {
  const { cluster, namespace } = connection;
  const fieldSelector = `metadata.name=${name}`;
  while (!signal.aborted) {
    const { items, resourceVersion } = await cluster.list(applications, {
      namespace,
      fieldSelector,
      signal,
    });
    yield items.at(0);
    try {
      for await (const event of cluster.watch(applications, {
        namespace,
        fieldSelector,
        resourceVersion,
        timeoutSeconds: 300,
        signal,
      })) {
        if (event.type === 'DELETED') yield undefined;
        else if (event.type !== 'BOOKMARK') yield event.object;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof KubeError)) throw error;
      // The next list either works or says what is wrong.
    }
  }
}
