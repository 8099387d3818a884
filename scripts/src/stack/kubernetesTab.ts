import fs from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { ControlPlane } from './controlPlane';
import { accountKubeconfig } from './install';

const kubeconfigSchema = z.object({
  clusters: z
    .array(
      z.object({
        cluster: z.object({
          server: z.string(),
          'certificate-authority-data': z.string().optional(),
        }),
      }),
    )
    .min(1),
  users: z.array(z.object({ user: z.object({ token: z.string() }) })).min(1),
});

/** The account of the stock Kubernetes tab: it reads, and may be nobody else. Never the portal's own, which may. */
const ACCOUNT = 'understage-kubernetes-tab';

/** Configuration of the stock Kubernetes tab for one cluster, read with an account of its own. */
export async function kubernetesTab(plane: ControlPlane) {
  const file = await accountKubeconfig(plane, ACCOUNT);
  const { clusters, users } = kubeconfigSchema.parse(
    parse(fs.readFileSync(file, 'utf8')),
  );
  const [{ cluster }] = clusters;
  const [{ user }] = users;
  const reached = {
    name: plane.name,
    url: cluster.server,
    authProvider: 'serviceAccount',
    serviceAccountToken: user.token,
    caData: cluster['certificate-authority-data'],
    // Simulated nodes measure nothing.
    skipMetricsLookup: true,
  };
  return {
    clusterLocatorMethods: [{ type: 'config', clusters: [reached] }],
  };
}
