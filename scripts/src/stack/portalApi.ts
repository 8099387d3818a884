/** The portal as an HTTP client sees it, signed in as the guest that development allows. */
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

function tokenOf(answer: unknown): string {
  const identity =
    typeof answer === 'object' && answer !== null
      ? Reflect.get(answer, 'backstageIdentity')
      : undefined;
  const token =
    typeof identity === 'object' && identity !== null
      ? Reflect.get(identity, 'token')
      : undefined;
  if (typeof token !== 'string') {
    throw new Error('signing in as guest gave no token');
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

/** Signs in as guest, which works in development only. */
export async function signIn(url: string): Promise<PortalApi> {
  const what = 'signing in as guest';
  const response = await fetch(`${url}/api/auth/guest/refresh`, {
    headers: { 'x-requested-with': 'XMLHttpRequest' },
  });
  const token = tokenOf(await readJson(response, what));
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
