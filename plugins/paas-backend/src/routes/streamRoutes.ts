import { InputError } from '@backstage/errors';
import { apiRoutes } from '@understage/plugin-paas-common';
import { Response } from 'express';
import { principalKey } from '../authorization/ApplicationAuthorizer';
import { RegisterContext, registerRoute } from '../http/registerRoute';
import { StreamSink } from '../stream/StreamConnection';
import { StreamHub } from '../stream/StreamHub';
import { ParsedTopic, parseTopic } from '../stream/parseTopic';

/** The error middleware takes the status from here. */
class TooManyStreams extends Error {
  readonly name = 'TooManyStreamsError';
  readonly statusCode = 429;

  constructor() {
    super('You have too many live views open; close some tabs.');
  }
}

/** The live stream: server-sent events, one connection per browser tab. */
export function addStreamRoutes(
  options: RegisterContext & { readonly hub: StreamHub },
): void {
  const { hub } = options;

  registerRoute(options, apiRoutes.stream, async call => {
    const { query, credentials, request, response } = call;
    const topics = [...new Set(query.topic)].map(readTopic);
    const user = principalKey(credentials) ?? 'service';
    if (hub.isFull(user)) throw new TooManyStreams();
    const lastEventId = request.header('last-event-id');
    beginStream(response);
    const stream = await hub.open(
      { credentials, user, topics, lastEventId },
      sinkOf(response),
    );
    response.on('drain', () => stream.drained());
    response.on('close', () => stream.closed());
    // The reader may have gone while the policy was asked.
    if (response.destroyed || request.destroyed) stream.closed();
    return undefined;
  });
}

function readTopic(name: string): readonly [string, ParsedTopic] {
  const parsed = parseTopic(name);
  if (typeof parsed === 'string') throw new InputError(parsed);
  return [name, parsed];
}

// `no-transform` keeps compression away: it would hold small messages back. The other header says so to nginx.
function beginStream(response: Response) {
  response.status(200);
  response.set({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  });
  response.flushHeaders();
}

function sinkOf(response: Response): StreamSink {
  return {
    write: text => response.write(text),
    end: () => response.end(),
  };
}
