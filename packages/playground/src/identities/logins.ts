import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { BootstrapClient } from '../cluster/bootstrapClient';
import { layout } from '../components/layout';
import type { Login, PlaygroundUser } from '../playground';
import type { Authority } from './authority';
import { kubeconfig } from './kubeconfig';
import type { Credentials } from './kubeconfig';
import type { ClusterAddress } from './writeIdentities';

const TOKEN_SECONDS = 24 * 60 * 60;

/** What logins of one playground are made with. */
export interface LoginContext {
  readonly directory: string;
  readonly cluster: ClusterAddress;
  readonly authority: Authority;
  readonly client: BootstrapClient;
}

/** User names hold colons and slashes; the hash keeps `a:b` and `a/b` apart. */
function fileNameFor(user: string): string {
  const readable = user.replace(/[^a-zA-Z0-9.-]+/g, '-').slice(0, 80);
  const hash = createHash('sha256').update(user).digest('hex').slice(0, 8);
  return `user-${readable}-${hash}`;
}

function writeLogin(
  context: LoginContext,
  user: string,
  credentials: Credentials,
): Login {
  const file = layout(context.directory).kubeconfig(fileNameFor(user));
  const text = kubeconfig({
    cluster: context.cluster.name,
    server: context.cluster.server,
    certificateAuthority: context.authority.certificate,
    user,
    credentials,
  });
  writeFileSync(file, text, { mode: 0o600 });
  return { kubeconfig: file };
}

/** Signs a client certificate for a user and writes a kubeconfig with it. */
export async function certificateLogin(
  context: LoginContext,
  user: PlaygroundUser,
): Promise<Login> {
  return writeLogin(
    context,
    user.name,
    await context.authority.issueClient(user),
  );
}

function tokenOf(answer: unknown): string {
  if (typeof answer === 'object' && answer !== null && 'status' in answer) {
    const { status } = answer;
    if (
      typeof status === 'object' &&
      status !== null &&
      'token' in status &&
      typeof status.token === 'string'
    ) {
      return status.token;
    }
  }
  throw new Error(
    'The API server answered a TokenRequest without a token; its log says why.',
  );
}

/** Asks for a token of an existing service account and writes a kubeconfig with it. */
export async function serviceAccountLogin(
  context: LoginContext,
  account: { readonly namespace: string; readonly name: string },
): Promise<Login> {
  const { namespace, name } = account;
  const answer = await context.client.create(
    `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`,
    {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { expirationSeconds: TOKEN_SECONDS },
    },
  );
  return writeLogin(context, `system:serviceaccount:${namespace}:${name}`, {
    token: tokenOf(answer),
  });
}
