import { KubeError } from '../errors';
import { ResourceType } from '../objects';
import { WatchEvent } from '../ports';
import { isRecord, JsonRecord, toKubeObject } from './json';
import { retryAfterOf, statusBodyOf } from './statusError';

const NOTHING: JsonRecord = {};

function parseLine(line: string, type: ResourceType): JsonRecord {
  try {
    const value: unknown = JSON.parse(line);
    if (isRecord(value)) return value;
  } catch (cause) {
    throw new KubeError(
      `a watch of ${type.plural} held a line that is no JSON`,
      { cause },
    );
  }
  throw new KubeError(`a watch of ${type.plural} held a line that is no event`);
}

function toBookmark(object: unknown): WatchEvent {
  const metadata =
    isRecord(object) && isRecord(object.metadata) ? object.metadata : NOTHING;
  const annotations = isRecord(metadata.annotations)
    ? metadata.annotations
    : NOTHING;
  return {
    type: 'BOOKMARK',
    resourceVersion:
      typeof metadata.resourceVersion === 'string'
        ? metadata.resourceVersion
        : '',
    initialEventsEnd: annotations['k8s.io/initial-events-end'] === 'true',
  };
}

function toError(object: unknown, type: ResourceType): KubeError {
  const status = statusBodyOf(object, 'the server did not say why');
  return new KubeError(`a watch of ${type.plural} ended: ${status.message}`, {
    status: status.code,
    reason: status.reason,
    // Capped: a timer that is asked to wait for weeks rings at once.
    retryAfterMs: retryAfterOf(status),
  });
}

/** One line of a watch. Throws `KubeError` for an ERROR event and for anything that is no event. */
export function toWatchEvent(line: string, type: ResourceType): WatchEvent {
  const event = parseLine(line, type);
  switch (event.type) {
    case 'ADDED':
    case 'MODIFIED':
    case 'DELETED':
      return { type: event.type, object: toKubeObject(event.object, type) };
    case 'BOOKMARK':
      return toBookmark(event.object);
    case 'ERROR':
      throw toError(event.object, type);
    default:
      throw new KubeError(
        `a watch of ${
          type.plural
        } held an event of unknown type ${JSON.stringify(event.type)}`,
      );
  }
}
