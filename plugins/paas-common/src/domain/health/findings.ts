import { ApplicationStatus } from '../../schema/ApplicationStatus';
import { Reason, reasons } from '../reasons';

/** What planning or writing had to say about a component, or about the whole application. */
export interface Finding {
  readonly component?: string;
  readonly reason: Reason;
  readonly message: string;
}

/** Reasons that only planning and writing can give; health can not see them in the objects. */
const givenByPlanning = new Set<Reason>([
  'WaitingForDependency',
  'AwaitingImage',
  'Invalid',
  'UnknownDependency',
  'DependencyCycle',
  'NameTaken',
  'HostTaken',
  'OwnedByOther',
  'ImmutableField',
  'KindNotAllowed',
  'NamespaceNotAllowed',
  'HookNotAllowed',
  'ChartEmpty',
  'ChartNotFound',
  'ChartFailed',
  'RepositoryUnknown',
  'RepositoryUnreachable',
  'RevisionNotFound',
  'NoDeployer',
  'Forbidden',
  'ApplyFailed',
  'FieldConflict',
  'ObservationIncomplete',
]);

function isReason(text: string): text is Reason {
  return Object.hasOwn(reasons, text);
}

/**
 * The findings that the operator reported in a status, for a reader that sees only objects. A status about an older
 * generation counts all the same: it is the newest that is known.
 */
export function findingsOf(
  status: ApplicationStatus | undefined,
): readonly Finding[] {
  if (!status) return [];
  const invalid = status.conditions.find(
    each => each.type === 'Valid' && each.status === 'False',
  );
  const findings: Finding[] = invalid
    ? [
        {
          reason: isReason(invalid.reason) ? invalid.reason : 'Invalid',
          message: invalid.message,
        },
      ]
    : [];
  for (const { name, reason, message } of status.components) {
    if (isReason(reason) && givenByPlanning.has(reason)) {
      findings.push({ component: name, reason, message });
    }
  }
  return findings;
}
