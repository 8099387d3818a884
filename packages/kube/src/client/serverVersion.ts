import { KubeError } from '../errors';
import { isRecord, parseAnswer } from './json';
import { errorOf } from './statusError';
import { RequestHeaders, Transport } from './transport';

/** `v1.30.5-gke.123` as `v1.30.5`: what a vendor adds says nothing about the API, and reads like a version before 1.30.5. */
function plainVersion(text: string): string | undefined {
  return /^v?(\d+\.\d+\.\d+)/.exec(text)?.[1];
}

/**
 * The version of the API server, as `v1.36.3`. Everybody who can log in may ask, as long as the cluster has not closed
 * that; then it is undefined. Throws `KubeError`.
 */
export async function readServerVersion(
  transport: Transport,
  options: { readonly headers?: RequestHeaders; readonly signal?: AbortSignal },
): Promise<string | undefined> {
  const what = 'asking for the version';
  const response = await transport.send({
    method: 'GET',
    verb: 'discover',
    path: '/version',
    ...options,
  });
  if (response.status === 403) {
    await response.body.text();
    return undefined;
  }
  if (response.status !== 200) throw await errorOf(response, what);
  const value = parseAnswer(await response.body.text(), what);
  const given = isRecord(value) ? value.gitVersion : undefined;
  const version = typeof given === 'string' ? plainVersion(given) : undefined;
  if (version === undefined) {
    throw new KubeError(`${what}: the answer names none: ${given}`);
  }
  return `v${version}`;
}
