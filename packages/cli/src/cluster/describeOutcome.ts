import { DeleteOutcome, WriteOutcome } from '@understage/kube';
import { CliFailure, exitCodes } from '../exitCodes';
import { Connection } from '../CliWorld';
import { isUnknownResource, NOT_INSTALLED } from './notInstalled';

type Refused<T> = Exclude<T, { kind: 'written' | 'deleted' | 'absent' }>;

/** A write that the API server did not take, as one sentence that says what to do. */
export function refusalOf(
  what: string,
  outcome: Refused<WriteOutcome> | Refused<DeleteOutcome>,
  connection: Connection,
): CliFailure {
  const { message } = outcome;
  switch (outcome.kind) {
    case 'conflict':
      return new CliFailure(
        exitCodes.refused,
        `${what} was refused: ${
          outcome.managers.join(', ') || 'somebody else'
        } set fields that you want to change (${message}). Leave them out of the file, or take them over with --force-conflicts.`,
      );
    case 'forbidden':
      return new CliFailure(
        exitCodes.refused,
        `${what} was refused by the API server: ${message}`,
      );
    case 'invalid':
      return new CliFailure(
        exitCodes.problem,
        `${what} is not valid for the cluster: ${message}`,
      );
    case 'missing':
      return new CliFailure(
        exitCodes.refused,
        isUnknownResource(message)
          ? `${what} was refused. ${NOT_INSTALLED}`
          : `${what} was refused: ${message}. Does the namespace exist, and is Understage installed in ${connection.context}? paas doctor looks.`,
      );
    default:
      return new CliFailure(
        exitCodes.refused,
        `${what} was refused: it is another one now than it was a moment ago (${message}). Look again.`,
      );
  }
}
