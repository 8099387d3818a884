import { Checked } from '../domain/problem';
import { checkEnvelope, findOtherKind, readMetadata } from './checkEnvelope';
import { formatPath, valueAt } from './fieldPath';
import { Finding, Locate, toProblems } from './finding';
import { inspectValue } from './inspectValue';
import { KindWords } from './kindWords';

/** What checking a specification came to. */
export interface CheckedFields<Spec> {
  readonly findings: readonly Finding[];
  /** Set when the fields are right; the findings may still hold problems. */
  readonly spec?: Spec;
}

/** How a kind of ours is read from a document. */
export interface ResourceReader<Spec, Resource> {
  readonly words: KindWords;
  /** Everything wrong with `spec`; paths begin with `spec`. `name` is the resource's, as far as it is text. */
  readonly checkSpec: (
    spec: unknown,
    name: string | undefined,
  ) => CheckedFields<Spec>;
  readonly build: (
    metadata: ReturnType<typeof readMetadata>,
    spec: Spec,
  ) => Resource;
}

/** Room for metadata and status in the 1.5 MiB that etcd keeps of one object. */
const mostBytes = 1_000_000;

function checkSize(spec: unknown, { it }: KindWords): readonly Finding[] {
  const bytes = new TextEncoder().encode(JSON.stringify(spec)).length;
  if (bytes <= mostBytes) return [];
  return [
    {
      path: ['spec'],
      found: `${bytes} bytes`,
      allowed: `at most ${mostBytes} bytes`,
      message: `${it[0].toUpperCase()}${it.slice(
        1,
      )} is ${bytes} bytes as JSON; Kubernetes stores at most ${mostBytes}. Split it, or put large files into images.`,
    },
  ];
}

/** What a place holds is unfit as data: nothing else need be said about it. */
function withoutPlaces(
  findings: readonly Finding[],
  unfit: readonly Finding[],
): readonly Finding[] {
  const places = new Set(unfit.map(({ path }) => formatPath(path)));
  return findings.filter(({ path }) => !places.has(formatPath(path)));
}

function conclude<T>(
  findings: readonly Finding[],
  locate: Locate | undefined,
  value: T | undefined,
): Checked<T> {
  const problems = toProblems(
    findings.filter(finding => !finding.warning),
    locate,
  );
  if (problems.length > 0 || value === undefined)
    return { ok: false, problems };
  return {
    ok: true,
    value,
    warnings: toProblems(
      findings.filter(finding => finding.warning),
      locate,
    ),
  };
}

/**
 * Reads a document as a resource of ours: the whole of it with defaults filled in and `apiVersion` normalised, or every
 * problem at once. Takes anything and never throws. `locate` gives the problems their lines and columns.
 */
export function checkResource<Spec, Resource>(
  value: unknown,
  reader: ResourceReader<Spec, Resource>,
  locate?: Locate,
): Checked<Resource> {
  const { words, checkSpec, build } = reader;
  const { findings: unfit, stop } = inspectValue(value);
  if (stop) return conclude<Resource>(unfit, locate, undefined);
  const otherKind = findOtherKind(value, words);
  if (otherKind)
    return conclude<Resource>([...unfit, otherKind], locate, undefined);
  const document: Readonly<Record<string, unknown>> = {
    ...(typeof value === 'object' ? value : undefined),
  };
  const name = valueAt(document, ['metadata', 'name']);
  const checked: CheckedFields<Spec> =
    document.spec === undefined
      ? { findings: [] }
      : checkSpec(document.spec, typeof name === 'string' ? name : undefined);
  const { spec } = checked;
  const findings = [
    ...checkEnvelope(document, words),
    ...checked.findings,
    ...(spec ? checkSize(spec, words) : []),
  ];
  return conclude(
    [...unfit, ...withoutPlaces(findings, unfit)],
    locate,
    spec && build(readMetadata(value), spec),
  );
}
