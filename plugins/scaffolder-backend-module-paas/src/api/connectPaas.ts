import {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { PaasClient } from '@understage/plugin-paas-common';

/** The platform's API as somebody may use it. */
export type Connect = (
  credentials: () => Promise<BackstageCredentials>,
) => PaasClient;

/**
 * The API on behalf of whoever runs the template: one door, so the same permissions, the same audit. A token is asked
 * for at each request: a step may wait longer than a token lives.
 */
export function connectPaas(services: {
  readonly auth: AuthService;
  readonly discovery: DiscoveryService;
}): Connect {
  const { auth, discovery } = services;
  return credentials =>
    new PaasClient({
      baseUrl: () => discovery.getBaseUrl('paas'),
      async fetch(input, init) {
        const { token } = await auth.getPluginRequestToken({
          onBehalfOf: await credentials(),
          targetPluginId: 'paas',
        });
        const headers = new Headers(init?.headers);
        headers.set('authorization', `Bearer ${token}`);
        return fetch(input, { ...init, headers });
      },
    });
}
