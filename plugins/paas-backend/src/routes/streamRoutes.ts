import { InputError } from '@backstage/errors';
import { apiRoutes } from '@understage/plugin-paas-common';
import { principalKey } from '../authorization/ConditionalAuthorizer';
import { beginEventStream } from '../http/eventStream';
import { RegisterContext, registerStream } from '../http/registerRoute';
import { TooManyStreams } from '../http/TooManyStreams';
import { StreamHub } from '../stream/StreamHub';
import { ParsedTopic, parseTopic } from '../stream/parseTopic';

/** The live stream: server-sent events, one connection per browser tab. */
export function addStreamRoutes(
  options: RegisterContext & { readonly hub: StreamHub },
): void {
  const { hub } = options;

  registerStream(options, apiRoutes.stream, async call => {
    const { query, credentials, request, response } = call;
    const topics = [...new Set(query.topic)].map(readTopic);
    const user = principalKey(credentials) ?? 'service';
    if (!hub.admits(user)) throw new TooManyStreams();
    const lastEventId = request.header('last-event-id');
    const stream = await hub.open(
      { credentials, user, topics, lastEventId },
      beginEventStream(response),
    );
    response.on('drain', () => stream.drained());
    response.on('close', () => stream.closed());
    // The reader may have gone while the policy was asked.
    if (response.destroyed || request.destroyed) stream.closed();
  });
}

function readTopic(name: string): readonly [string, ParsedTopic] {
  const parsed = parseTopic(name);
  if (typeof parsed === 'string') throw new InputError(parsed);
  return [name, parsed];
}
