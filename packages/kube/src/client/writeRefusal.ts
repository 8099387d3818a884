import { WriteOutcome } from '../ports';
import { StatusBody } from './statusError';

/** `conflict with "kubectl" using apps/v1: .spec.replicas` names the other manager. */
function managersOf(status: StatusBody): readonly string[] {
  const texts = [status.message, ...status.causes.map(cause => cause.message)];
  const found = texts.flatMap(message =>
    [...message.matchAll(/conflicts? with "([^"]+)"/g)].map(match => match[1]),
  );
  return [...new Set(found)];
}

/** Each cause names one field, and its manager in its sentence. */
function fieldsOf(status: StatusBody) {
  return status.causes.flatMap(({ field, message }) => {
    const [, manager] = /conflicts? with "([^"]+)"/.exec(message) ?? [];
    return manager === undefined || field === '' ? [] : [{ manager, field }];
  });
}

function invalid(status: StatusBody): WriteOutcome {
  return {
    kind: 'invalid',
    message: status.message,
    fields: status.causes
      .map(cause => cause.field)
      .filter(field => field !== ''),
  };
}

function conflict(status: StatusBody): WriteOutcome | undefined {
  const managers = managersOf(status);
  // Two requests counted against the same quota at once: nothing is wrong with the object, so it is worth another try.
  if (status.kind === 'resourcequotas') return undefined;
  if (managers.length === 0 && isPrecondition(status)) {
    return { kind: 'missing', message: status.message };
  }
  const fields = fieldsOf(status);
  return { kind: 'conflict', message: status.message, managers, fields };
}

/** A uid that does not match: the object that was meant is gone. */
export function isPrecondition(status: StatusBody): boolean {
  return (
    status.reason === 'Conflict' &&
    /precondition failed|in the precondition|uid mismatch/i.test(status.message)
  );
}

/**
 * What a refusal means to the caller; `undefined` when the same request may succeed later (429, 5xx, an expired login) or
 * when the status says nothing that we know.
 */
export function refusalOf(
  httpStatus: number,
  status: StatusBody,
): WriteOutcome | undefined {
  switch (httpStatus) {
    case 403:
      return { kind: 'forbidden', message: status.message };
    case 404:
    case 410:
      return { kind: 'missing', message: status.message };
    case 409:
      return conflict(status);
    case 422:
      // An object of that name exists, and it is another one: the uid that was sent is a precondition.
      return status.causes.some(cause => cause.field === 'metadata.uid')
        ? { kind: 'missing', message: status.message }
        : invalid(status);
    case 400:
    case 413:
    case 415:
      return invalid(status);
    default:
      return undefined;
  }
}
