import semver from 'semver';
import { ChartProblem } from './ChartProblem';
import { plainLine } from './plainText';

const versionText = /^[\w.+*^~<>=|, -]{1,128}$/;

/** Masterminds writes "and" as a comma, npm as a space. */
function asRange(wanted: string): string | undefined {
  if (!versionText.test(wanted)) return undefined;
  return (
    semver.validRange(wanted.replace(/,/g, ' '), { loose: true }) ?? undefined
  );
}

/** Versions that are versions, the newest first. */
export function newestFirst(versions: readonly string[]): string[] {
  return versions
    .filter(version => semver.valid(version, { loose: true }) !== null)
    .sort((a, b) => semver.rcompare(a, b, { loose: true }));
}

/**
 * The version to take: the one named, else the newest within the range, else the newest stable one.
 * Throws `ChartNotFound` with the versions that there are.
 */
export function selectVersion(options: {
  readonly chart: string;
  readonly available: readonly string[];
  readonly wanted?: string;
}): string {
  const { chart, wanted } = options;
  const available = newestFirst(options.available);
  const newest =
    available.length === 0
      ? 'it has none'
      : `the newest are ${available.slice(0, 5).join(', ')}`;
  if (wanted === undefined || wanted === '') {
    const stable = available.find(
      version => semver.prerelease(version, { loose: true }) === null,
    );
    if (stable !== undefined) return stable;
    throw new ChartProblem(
      'ChartNotFound',
      `${chart} has no stable version; ${newest}. Set version to take one of them.`,
    );
  }
  const exact = available.find(
    version => version === wanted || version === `v${wanted}`,
  );
  if (exact !== undefined) return exact;
  const range = asRange(wanted);
  if (range === undefined) {
    throw new ChartProblem(
      'ChartNotFound',
      `"${plainLine(
        wanted,
        80,
      )}" is not a version or range of ${chart}; ${newest}.`,
    );
  }
  const match = available.find(version =>
    semver.satisfies(version, range, { loose: true }),
  );
  if (match !== undefined) return match;
  throw new ChartProblem(
    'ChartNotFound',
    `${chart} has no version "${plainLine(wanted, 80)}"; ${newest}.`,
  );
}
