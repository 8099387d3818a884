import { Release } from '../desired';
import { ReleaseContent, releasedSpec, releaseHash } from './releaseHash';

/** The newest release; undefined when there is none. */
export function newestRelease(
  history: readonly Release[],
): Release | undefined {
  return [...history].sort((left, right) => right.revision - left.revision)[0];
}

/**
 * The release that this content makes, or undefined when there is nothing new to record: it equals the newest one, or a
 * pinned release is being run, which is in the history already.
 */
export function nextRelease(
  input: ReleaseContent & {
    readonly history: readonly Release[];
    readonly now: Date;
  },
): Release | undefined {
  const { history, spec, images, charts, now } = input;
  if (spec.revision !== undefined) return undefined;
  const newest = newestRelease(history);
  const hash = releaseHash({ spec, images, charts });
  if (newest?.hash === hash) return undefined;
  return {
    revision: (newest?.revision ?? 0) + 1,
    spec: releasedSpec(spec),
    images,
    charts,
    createdAt: now.toISOString(),
    hash,
  };
}

/** The oldest releases beyond `limit`; those in `keep` (the current and the last available one) always stay. */
export function releasesToPrune(
  history: readonly Release[],
  limit: number,
  keep: ReadonlySet<number>,
): readonly Release[] {
  const newestFirst = [...history].sort(
    (left, right) => right.revision - left.revision,
  );
  return newestFirst
    .slice(Math.max(1, limit))
    .filter(release => !keep.has(release.revision))
    .reverse();
}
