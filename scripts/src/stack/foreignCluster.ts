import { connectCluster, HttpCluster, KubeError } from '@understage/kube';
import { applicationType } from '@understage/plugin-paas-node';
import { Kubectl } from './kubectl';
import { StackSettings } from './settings';

/** Somebody's cluster, as far as one has to know it before anything is started. */
export interface ForeignCluster {
  /** Its context's name as a DNS label: what the portal calls it. */
  readonly name: string;
  readonly context: string;
  /** Whether the resource definition of Applications is installed. */
  readonly knowsApplications: boolean;
}

const namespaceType = {
  group: '',
  version: 'v1',
  kind: 'Namespace',
  plural: 'namespaces',
  namespaced: false,
};

/** A context's name as the portal can use it in addresses: `arn:aws:eks:eu/prod` becomes `arn-aws-eks-eu-prod`. */
export function clusterNameOf(context: string): string {
  const label = context
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replace(/^-+|-+$/g, '');
  return label || 'cluster';
}

function sentenceOf(
  error: KubeError,
  { server }: HttpCluster,
  kubeconfig: string,
): string {
  switch (error.status) {
    case undefined:
      return `there is no answer from ${server}: ${error.message}. Is the cluster running, and is it reachable from here?`;
    case 401:
      return `${server} does not accept the credentials of ${kubeconfig}: they are wrong or have expired. Log in again, then start again.`;
    case 403:
      return `${server} knows who you are, but you may not read what the portal shows (${error.message}). Ask for a role with the rules of deploy/portal-rbac.yaml.`;
    default:
      return `${server} answers with an error: ${error.message}`;
  }
}

async function read(
  cluster: HttpCluster,
): Promise<Pick<ForeignCluster, 'knowsApplications'>> {
  // Discovery first: everybody who is logged in may ask, so it tells a wrong login from one without rights.
  const knowsApplications = await cluster.serves(applicationType);
  await cluster.listPage(namespaceType, { limit: 1 });
  if (knowsApplications) await cluster.listPage(applicationType, { limit: 1 });
  return { knowsApplications };
}

/**
 * Reaches for the cluster of a kubeconfig, by reads alone. Rejects with one sentence when the file is no use, the server
 * does not answer, or the credentials do not suffice for looking.
 */
export async function lookAtCluster({
  kubeconfig,
  context,
}: Pick<StackSettings, 'kubeconfig' | 'context'>): Promise<ForeignCluster> {
  const cluster = await connectCluster({
    name: 'yours',
    kubeconfig,
    context,
    userAgent: 'understage-start',
  });
  try {
    const found = await read(cluster);
    const { name } = cluster.context;
    return { ...found, context: name, name: clusterNameOf(name) };
  } catch (error) {
    if (!(error instanceof KubeError)) throw error;
    throw new Error(sentenceOf(error, cluster, kubeconfig ?? ''), {
      cause: error,
    });
  } finally {
    await cluster.close();
  }
}

/** What an installation writes; asked for before the first of it is written, so that none is left half done. */
const written = [
  'customresourcedefinitions.apiextensions.k8s.io',
  'namespaces',
  'clusterroles.rbac.authorization.k8s.io',
  'clusterrolebindings.rbac.authorization.k8s.io',
  'roles.rbac.authorization.k8s.io',
  'rolebindings.rbac.authorization.k8s.io',
  'serviceaccounts',
  'serviceaccounts/token',
];

/** Rejects with what is missing when the user of the kubeconfig may not install the platform. Writes nothing. */
export async function requireInstallRights(kubectl: Kubectl): Promise<void> {
  const refused = await Promise.all(
    written.map(async resource => {
      const question = ['auth', 'can-i', 'create', resource];
      const answer = await kubectl([
        ...question,
        '--namespace',
        'understage-system',
      ]).catch(() => 'no');
      return answer.trim().endsWith('yes') ? [] : [resource];
    }),
  );
  const missing = refused.flat();
  if (missing.length === 0) return;
  throw new Error(
    `you may not install here: creating ${missing.join(
      ', ',
    )} is refused to you. Nothing was written. Let an administrator run this once, or run it without --install to look only.`,
  );
}
