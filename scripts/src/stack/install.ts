import fs from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from '../boundaries/workspaces';
import { ControlPlane } from './controlPlane';
import { waitFor } from './waitFor';

const manifests = [
  'crds',
  'deploy/namespace.yaml',
  'deploy/operator-rbac.yaml',
  'deploy/portal-rbac.yaml',
  'deploy/kubernetes-tab-rbac.yaml',
  'deploy/deployer.yaml',
  'deploy/provisioner-rbac.yaml',
  'deploy/tenant-roles.yaml',
  'deploy/platform-engineer.yaml',
];

/** A namespace that nobody but the provisioner may make. */
const canary = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'canary', labels: { 'understage.dev/tenant': 'canary' } },
};

/** Resource definitions and identities, as they would be installed for real. */
export async function installPlatform({
  kubectl,
}: ControlPlane): Promise<void> {
  for (const manifest of manifests) {
    await kubectl([
      'apply',
      '--server-side',
      '--force-conflicts',
      '-f',
      path.join(repositoryRoot, manifest),
    ]);
  }
  await kubectl([
    'wait',
    '--for=condition=Established',
    '--timeout=30s',
    'crd/applications.paas.understage.dev',
    'crd/tenants.paas.understage.dev',
  ]);
}

/**
 * What the API server refuses in namespaces of tenants. Done when it does: it takes up to a second to compile policies that
 * it was given. From now on namespaces of tenants are made by Tenants only.
 */
export async function installAdmission({
  kubectl,
}: ControlPlane): Promise<void> {
  const file = path.join(repositoryRoot, 'deploy/admission.yaml');
  await kubectl(['apply', '--server-side', '--force-conflicts', '-f', file]);
  await waitFor(
    async () => {
      const refusal = await kubectl(
        ['create', '--dry-run=server', '-f', '-'],
        JSON.stringify(canary),
      ).then(() => 'a namespace of a tenant may be made by anybody', String);
      if (refusal.includes('understage-tenant-namespaces')) return true;
      throw new Error(refusal);
    },
    { what: 'the admission policies to be active', timeoutMs: 30_000 },
  );
}

/** Whoever runs the playground's platform. */
export async function installEngineers({
  kubectl,
}: ControlPlane): Promise<void> {
  const file = 'examples/platform/engineers.yaml';
  await kubectl([
    'apply',
    '--server-side',
    '-f',
    path.join(repositoryRoot, file),
  ]);
}

/** A kubeconfig of one of our service accounts, valid for a day: operator and portal never run as an administrator. */
export async function accountKubeconfig(
  plane: ControlPlane,
  account: string,
): Promise<string> {
  if (plane.playground) {
    const login = await plane.playground.serviceAccountKubeconfig({
      namespace: 'understage-system',
      name: account,
    });
    return login.kubeconfig;
  }
  const token = (
    await plane.kubectl([
      'create',
      'token',
      account,
      '--namespace',
      'understage-system',
      '--duration=24h',
    ])
  ).trim();
  const config = JSON.parse(
    await plane.kubectl([
      'config',
      'view',
      '--minify',
      '--flatten',
      '--raw',
      '-o',
      'json',
    ]),
  );
  const [cluster] = config.clusters;
  const file = path.join(plane.directory, `${account}.kubeconfig`);
  const content = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [cluster],
    users: [{ name: account, user: { token } }],
    contexts: [
      { name: account, context: { cluster: cluster.name, user: account } },
    ],
    'current-context': account,
  };
  fs.writeFileSync(file, JSON.stringify(content), { mode: 0o600 });
  return file;
}
