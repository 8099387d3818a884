import { numberAt, recordAt, textAt } from '../jsonValue';
import { KubeObject } from '../kubernetes';

/** A Kubernetes Event, of the core group or of `events.k8s.io`, whole or projected. */
export interface EventReading {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  /** RFC 3339; empty when the event says no time. */
  readonly lastSeen: string;
  readonly about: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly namespace?: string;
    readonly name: string;
    readonly uid?: string;
  };
}

function firstText(...texts: readonly (string | undefined)[]): string {
  return texts.find(text => text !== undefined && text !== '') ?? '';
}

function countOf(event: KubeObject): number {
  return (
    numberAt(event, 'series', 'count') ??
    numberAt(event, 'count') ??
    numberAt(event, 'deprecatedCount') ??
    1
  );
}

/**
 * Uid of the object that a warning is about; undefined for what is no warning, and for one that names its object without
 * a uid. Kubernetes always says the uid: a name alone may be that of an object that is gone, or of somebody's making.
 */
export function warnedUid(event: KubeObject): string | undefined {
  const { type, about } = readEvent(event);
  return type === 'Warning' && about.uid !== '' ? about.uid : undefined;
}

/** Reads the fields of an event wherever its API version keeps them. */
export function readEvent(event: KubeObject): EventReading {
  const about = event.involvedObject ?? event.regarding;
  const { namespace } = recordAt(about);
  const uid = textAt(about, 'uid');
  return {
    type: textAt(event, 'type') ?? 'Normal',
    reason: textAt(event, 'reason') ?? '',
    message: firstText(textAt(event, 'message'), textAt(event, 'note')).trim(),
    count: countOf(event),
    lastSeen: firstText(
      textAt(event, 'series', 'lastObservedTime'),
      textAt(event, 'lastTimestamp'),
      textAt(event, 'deprecatedLastTimestamp'),
      textAt(event, 'eventTime'),
      event.metadata.creationTimestamp,
    ),
    about: {
      apiVersion: textAt(about, 'apiVersion') ?? '',
      kind: textAt(about, 'kind') ?? '',
      ...(typeof namespace === 'string' ? { namespace } : {}),
      name: textAt(about, 'name') ?? '',
      ...(uid === undefined ? {} : { uid }),
    },
  };
}
