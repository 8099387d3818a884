import fs from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from '../boundaries/workspaces';
import { ControlPlane } from './controlPlane';

const manifests = [
  'crds',
  'deploy/namespace.yaml',
  'deploy/operator-rbac.yaml',
  'deploy/portal-rbac.yaml',
  'deploy/kubernetes-tab-rbac.yaml',
  'deploy/deployer.yaml',
];

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
  ]);
}

/** The two example teams. */
export async function installTeams({ kubectl }: ControlPlane): Promise<void> {
  await kubectl([
    'apply',
    '--server-side',
    '-f',
    path.join(repositoryRoot, 'examples/platform/namespaces.yaml'),
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
