import { shortHash } from './stableHash';

/** Longest name of a Service, a pod label value and most else that we name. */
export const NAME_LIMIT = 63;
/** Kubernetes appends 11 characters to a CronJob's name for each of its jobs. */
export const CRON_JOB_NAME_LIMIT = 52;

/** What a child is of. */
export interface ChildNameParts {
  readonly application: string;
  readonly component: string;
  /** Tells several objects of one kind and component apart: the name of a volume, the hash of a job. */
  readonly suffix?: string;
  /** Longest name allowed; default 63. */
  readonly limit?: number;
}

const HASH_LENGTH = 8;

/** `text`, or its beginning and a hash of `identity` when it is longer than `limit`. */
export function shortenedName(
  text: string,
  limit: number,
  identity: string = text,
): string {
  if (text.length <= limit) {
    return text;
  }
  const head = text.slice(0, limit - HASH_LENGTH - 1).replace(/-+$/, '');
  return `${head}-${shortHash(identity)}`;
}

/**
 * The name of an object of a component: `<application>-<component>[-<suffix>]`, shortened with a stable hash, with `u-` in
 * front where the application's name begins with a digit. A changed result orphans objects of running applications: never change it.
 *
 * Not injective where names contain `-`: application `a-b` with component `c` gives the same name as `a` with `b-c`.
 * Hashing every such name would make `user-service-frontend` unreadable, so it is caught where it can happen instead:
 * between applications by the ownership check (`OwnedByOther`), within one by the renderer (`NameTaken`).
 */
export function childName(parts: ChildNameParts): string {
  const segments = [parts.application, parts.component];
  // A Service's name begins with a letter.
  if (/^[0-9]/.test(parts.application)) {
    segments.unshift('u');
  }
  if (parts.suffix !== undefined) {
    segments.push(parts.suffix);
  }
  return shortenedName(
    segments.join('-'),
    parts.limit ?? NAME_LIMIT,
    segments.join('/'),
  );
}
