import { stringify } from 'yaml';
import type { KeyPair } from './authority';

/** How a kubeconfig logs in. */
export type Credentials = KeyPair | { readonly token: string };

/** What a kubeconfig is made of; nothing in it points at another file. */
export interface KubeconfigOptions {
  readonly cluster: string;
  readonly server: string;
  /** PEM. */
  readonly certificateAuthority: string;
  readonly user: string;
  readonly credentials: Credentials;
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** A kubeconfig with one cluster, one user and one context (named like the cluster), as YAML. */
export function kubeconfig(options: KubeconfigOptions): string {
  const { cluster, server, certificateAuthority, user, credentials } = options;
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: cluster,
        cluster: {
          server,
          'certificate-authority-data': base64(certificateAuthority),
        },
      },
    ],
    users: [
      {
        name: user,
        user:
          'token' in credentials
            ? { token: credentials.token }
            : {
                'client-certificate-data': base64(credentials.certificate),
                'client-key-data': base64(credentials.key),
              },
      },
    ],
    contexts: [{ name: cluster, context: { cluster, user } }],
    'current-context': cluster,
  });
}
