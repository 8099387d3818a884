import { waitFor } from './waitFor';

/** The portal as an HTTP client sees it, signed in as somebody. */
export interface PortalApi {
  /** GET below the portal's address, as JSON. Throws with status and body for anything but 2xx. */
  get(path: string): Promise<unknown>;
  send(
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<unknown>;
  readonly token: string;
}

function tokenOf(answer: unknown, what: string): string {
  const identity =
    typeof answer === 'object' && answer !== null
      ? Reflect.get(answer, 'backstageIdentity')
      : undefined;
  const token =
    typeof identity === 'object' && identity !== null
      ? Reflect.get(identity, 'token')
      : undefined;
  if (typeof token !== 'string') {
    throw new Error(`${what} gave no token`);
  }
  return token;
}

async function readJson(response: Response, what: string): Promise<unknown> {
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${what}: HTTP ${response.status} ${text.slice(0, 500)}`);
  }
  return text === '' ? undefined : JSON.parse(text);
}

/** The platform engineer of the playground. */
const engineer = 'user:default/ada';

/**
 * Signs in as a person of the playground (`user:default/sam`), which works in development only. A portal that has just
 * been started is waited for: its catalog is still reading who there is.
 */
export async function signIn(
  url: string,
  person = engineer,
): Promise<PortalApi> {
  const what = `signing in as ${person}`;
  const ask = async () => {
    const response = await fetch(`${url}/api/auth/playground/refresh`, {
      headers: {
        'x-requested-with': 'XMLHttpRequest',
        'x-understage-person': person,
      },
    });
    return tokenOf(await readJson(response, what), what);
  };
  const token = await waitFor(ask, { what, timeoutMs: 60_000 });
  const headers = { authorization: `Bearer ${token}` };
  return {
    token,
    async get(path) {
      return readJson(await fetch(`${url}${path}`, { headers }), `GET ${path}`);
    },
    async send(method, path, body) {
      const answer = await fetch(`${url}${path}`, {
        method,
        headers: { ...headers, 'content-type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      return readJson(answer, `${method} ${path}`);
    },
  };
}
