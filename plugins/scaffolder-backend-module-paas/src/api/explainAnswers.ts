import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import {
  ApplyConflict,
  PaasClientError,
  Problem,
} from '@understage/plugin-paas-common';

/** A problem as a line of a log. */
export function problemLine({ path, message }: Problem): string {
  return path ? `${path}: ${message}` : message;
}

/** Refused input, in the API's own sentences. */
export function refusedInput(problems: readonly Problem[]): InputError {
  return new InputError(problems.map(problemLine).join('\n'));
}

/** Fields that another program holds. */
export function conflictOf({ message, fields }: ApplyConflict): ConflictError {
  const held = fields.map(({ field, by }) => `${field} is held by ${by}`);
  return new ConflictError(
    [message, ...held, 'With force: true the step takes them over.'].join('\n'),
  );
}

const errors: Partial<
  Record<PaasClientError['kind'], new (message: string) => Error>
> = {
  conflict: ConflictError,
  forbidden: NotAllowedError,
  invalid: InputError,
  missing: NotFoundError,
};

/** Calls the API; what it refuses fails the step with the API's sentence, and with an error of the kind it is. */
export async function ask<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof PaasClientError)) throw error;
    const Known = errors[error.kind];
    throw Known ? new Known(error.message) : error;
  }
}

/** As `ask`; what is not there (or not theirs to see, which is the same) is `undefined`. */
export async function askFor<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await ask(call);
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}
