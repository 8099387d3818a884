import { ResourceType } from '../objects';
import { PodLogReader } from '../ports';
import { objectPath, queryText } from './resourcePath';
import { errorOf } from './statusError';
import { connectionError, RequestHeaders, Transport } from './transport';

const pods: ResourceType = {
  group: '',
  version: 'v1',
  kind: 'Pod',
  plural: 'pods',
  namespaced: true,
};

/** A line longer than this is cut into several: a container may write without ever breaking a line. */
const MAX_LINE = 64 * 1024;

/** Lines of what a program wrote: unlike a watch, it may end without a line break, and hold any bytes. */
async function* logLines(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8');
  let pending = '';
  for await (const chunk of chunks) {
    pending += decoder.decode(chunk, { stream: true });
    const parts = pending.split('\n');
    pending = parts.pop() ?? '';
    yield* parts;
    while (pending.length > MAX_LINE) {
      yield pending.slice(0, MAX_LINE);
      pending = pending.slice(MAX_LINE);
    }
  }
  pending += decoder.decode();
  if (pending !== '') yield pending;
}

/** Reads logs through the API server; `identity` are the headers of whoever it is done as. */
export function createPodLogReader(
  transport: Transport,
  identity: RequestHeaders = {},
): PodLogReader {
  return {
    async *lines(query) {
      const { namespace, pod, container, signal, ...parameters } = query;
      const what = `reading the log of ${pod} ${container}`;
      const key = { namespace, name: pod };
      const response = await transport.stream({
        method: 'GET',
        verb: 'log',
        path:
          objectPath(pods, key, 'log') +
          queryText({ container, ...parameters }),
        headers: { accept: '*/*', ...identity },
        signal,
        // A container may be silent for as long as it likes.
        idleMs: query.follow ? 0 : undefined,
      });
      if (response.status !== 200) throw await errorOf(response, what);
      try {
        yield* logLines(response.body);
      } catch (error) {
        throw connectionError(what, error);
      } finally {
        response.body.destroy();
      }
    },
  };
}
