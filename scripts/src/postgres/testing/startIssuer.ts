import { createServer } from 'node:http';
import { freePort } from '../../stack/ports';

/** As much of an OpenID Connect provider as a portal asks for before somebody signs in. */
export interface Issuer {
  readonly metadataUrl: string;
  readonly authorizationUrl: string;
  stop(): Promise<void>;
}

/** Starts one on 127.0.0.1. */
export async function startIssuer(): Promise<Issuer> {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(metadata()));
  });
  const port = await freePort();
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${port}`;
  const authorizationUrl = `${url}/authorize`;
  function metadata() {
    return {
      issuer: url,
      authorization_endpoint: authorizationUrl,
      token_endpoint: `${url}/token`,
      userinfo_endpoint: `${url}/userinfo`,
      jwks_uri: `${url}/keys`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
    };
  }
  return {
    metadataUrl: `${url}/.well-known/openid-configuration`,
    authorizationUrl,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
