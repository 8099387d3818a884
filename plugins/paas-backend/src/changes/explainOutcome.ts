import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { DeleteOutcome, KubeError, WriteOutcome } from '@understage/kube';

type Refused<T> = Exclude<T, { kind: 'written' | 'deleted' | 'absent' }>;

/** A write that the API server did not take, as the error that the route answers. */
export function explainOutcome(
  what: string,
  outcome: Refused<WriteOutcome> | Refused<DeleteOutcome>,
): Error {
  const { message } = outcome;
  switch (outcome.kind) {
    case 'forbidden':
      return new NotAllowedError(
        `${what} was refused by the cluster: ${message}`,
      );
    case 'conflict':
      return new ConflictError(
        `${what} would change fields that ${
          outcome.managers.join(', ') || 'somebody else'
        } set (${message}). Leave them out, or send \`force\` to take them over.`,
      );
    case 'invalid':
      return new InputError(`${what} is not valid for the cluster: ${message}`);
    case 'missing':
      return new NotFoundError(
        `${what} found nothing to change: ${message}. Does the namespace exist, and is Understage installed there?`,
      );
    default:
      return new ConflictError(
        `${what} was meant for another one of that name than is there now (${message}). Look again.`,
      );
  }
}

const lastKnown = 'What is on screen is what was last known; try again later.';
// A server that was frozen or cut off may have taken the change, or take it when it wakes up.
const unknownOutcome =
  'Whether the change was made is not known: look again when the cluster answers, before you repeat it.';

/**
 * Runs a request to a cluster; a cluster that does not answer is said to be the one that does not. `changes` says that the
 * request would have changed something.
 */
export async function withCluster<T>(
  cluster: string,
  request: () => Promise<T>,
  { changes = false } = {},
): Promise<T> {
  try {
    return await request();
  } catch (error) {
    if (!(error instanceof KubeError)) throw error;
    if (error.status === 403) {
      throw new NotAllowedError(
        `The cluster ${cluster} refuses: ${error.message}`,
        error,
      );
    }
    const next =
      changes && error.status === undefined ? unknownOutcome : lastKnown;
    throw new ServiceUnavailableError(
      `The cluster ${cluster} does not answer: ${error.message}. ${next}`,
      error,
    );
  }
}
