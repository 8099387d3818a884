import fs from 'node:fs';
import { parseDocument } from 'yaml';
import { ControlPlane } from './controlPlane';
import { accountKubeconfig } from './install';

/** The account of the stock Kubernetes tab: it reads, and may be nobody else. Never the portal's own, which may. */
const ACCOUNT = 'understage-kubernetes-tab';

/** Configuration of the stock Kubernetes tab for one cluster, read with an account of its own. */
export async function kubernetesTab(plane: ControlPlane) {
  const file = await accountKubeconfig(plane, ACCOUNT);
  const kubeconfig = parseDocument(fs.readFileSync(file, 'utf8'));
  const text = (...path: (string | number)[]): string => {
    const value = kubeconfig.getIn(path);
    if (typeof value === 'string') return value;
    throw new Error(`the kubeconfig ${file} has no ${path.join('.')}`);
  };
  const cluster = {
    name: plane.name,
    url: text('clusters', 0, 'cluster', 'server'),
    authProvider: 'serviceAccount',
    serviceAccountToken: text('users', 0, 'user', 'token'),
    caData: text('clusters', 0, 'cluster', 'certificate-authority-data'),
    // Simulated nodes measure nothing.
    skipMetricsLookup: true,
  };
  return { clusterLocatorMethods: [{ type: 'config', clusters: [cluster] }] };
}
