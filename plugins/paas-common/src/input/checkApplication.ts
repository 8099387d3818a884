import { Checked } from '../domain/problem';
import {
  Application,
  APPLICATION_API_VERSION,
  ApplicationSpec,
} from '../schema/Application';
import { checkEnvelope, findOtherKind, readMetadata } from './checkEnvelope';
import { CheckedSpec, checkSpec } from './checkSpec';
import { formatPath, valueAt } from './fieldPath';
import { Finding, Locate, toProblems } from './finding';
import { inspectValue } from './inspectValue';

/** Room for metadata and status in the 1.5 MiB that etcd keeps of one object. */
const mostBytes = 1_000_000;

function checkSize(spec: ApplicationSpec): readonly Finding[] {
  const bytes = new TextEncoder().encode(JSON.stringify(spec)).length;
  if (bytes <= mostBytes) return [];
  return [
    {
      path: ['spec'],
      found: `${bytes} bytes`,
      allowed: `at most ${mostBytes} bytes`,
      message: `The application is ${bytes} bytes as JSON; Kubernetes stores at most ${mostBytes}. Split it, or put large files into images.`,
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

function conclude(
  findings: readonly Finding[],
  locate: Locate | undefined,
  value: Application | undefined,
): Checked<Application> {
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

function checkDocument(
  document: Readonly<Record<string, unknown>>,
): CheckedSpec {
  const name = valueAt(document, ['metadata', 'name']);
  const checked: CheckedSpec =
    document.spec === undefined
      ? { findings: [] }
      : checkSpec(document.spec, typeof name === 'string' ? name : undefined);
  const size = checked.spec ? checkSize(checked.spec) : [];
  return {
    ...checked,
    findings: [...checkEnvelope(document), ...checked.findings, ...size],
  };
}

/**
 * Reads a document as an Application: the whole of it with defaults filled in and `apiVersion` normalised, or every
 * problem at once. Takes anything and never throws. `locate` gives the problems their lines and columns.
 */
export function checkApplication(
  value: unknown,
  locate?: Locate,
): Checked<Application> {
  const { findings: unfit, stop } = inspectValue(value);
  if (stop) return conclude(unfit, locate, undefined);
  const otherKind = findOtherKind(value);
  if (otherKind) return conclude([...unfit, otherKind], locate, undefined);
  const document = { ...(typeof value === 'object' ? value : undefined) };
  const { findings, spec } = checkDocument(document);
  const application: Application | undefined = spec && {
    apiVersion: APPLICATION_API_VERSION,
    kind: 'Application',
    metadata: readMetadata(value),
    spec,
  };
  return conclude(
    [...unfit, ...withoutPlaces(findings, unfit)],
    locate,
    application,
  );
}
