import { KubeError } from '../errors';
import { Impersonation } from '../ports';
import { RequestHeaders } from './transport';

/** True for what a header says as it is. */
export function isHeaderSafe(text: string): boolean {
  return text !== '' && text === text.trim() && !/[^\x20-\x7e]/.test(text);
}

/**
 * Impersonation as headers. A name with a line break would be a header of its own, so anything but printable ASCII is
 * refused with a `KubeError`, as is the empty name, and one with spaces at its ends: the server would see it without them.
 */
export function impersonationHeaders(
  identity: Impersonation | undefined,
): RequestHeaders {
  if (!identity) return {};
  const { user, groups = [] } = identity;
  const unsafe = [user, ...groups].find(text => !isHeaderSafe(text));
  if (unsafe !== undefined) {
    throw new KubeError(
      `can not act as ${JSON.stringify(
        unsafe,
      )}: a user or group is printable ASCII and not empty, without spaces at its ends`,
    );
  }
  return groups.length > 0
    ? { 'impersonate-user': user, 'impersonate-group': [...groups] }
    : { 'impersonate-user': user };
}

/**
 * Headers of the login without whom it acts as, when the request itself says whom: groups of one identity beside the name of
 * another would be a third one, with the rights of both.
 */
export function withoutImpersonation(
  login: RequestHeaders,
  request: RequestHeaders = {},
): RequestHeaders {
  if (request['impersonate-user'] === undefined) return login;
  return Object.fromEntries(
    Object.entries(login).filter(
      ([name]) => !name.toLowerCase().startsWith('impersonate-'),
    ),
  );
}
