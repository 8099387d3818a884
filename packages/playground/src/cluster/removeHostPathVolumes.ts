import { rmdirSync } from 'node:fs';
import type { BootstrapClient } from './bootstrapClient';

// Where the controller manager's provisioner makes its folders; the place is fixed in its source.
const PROVISIONED = /^\/tmp\/hostpath_pv\/[0-9a-f-]{36}$/;

interface VolumeList {
  readonly items: readonly {
    readonly spec: { readonly hostPath?: { readonly path: string } };
  }[];
}

/**
 * Removes the empty folders behind the playground's volumes. Pods are simulated, so nothing was ever written there; a
 * folder that holds something after all stays. An API server that is down leaves its (empty) folders behind.
 */
export async function removeHostPathVolumes(
  client: BootstrapClient,
  server: string,
): Promise<void> {
  let list: VolumeList;
  try {
    const answer = await client.get(`${server}/api/v1/persistentvolumes`);
    if (answer.status !== 200) return;
    list = JSON.parse(answer.body);
  } catch {
    return;
  }
  for (const { spec } of list.items) {
    const path = spec.hostPath?.path ?? '';
    if (PROVISIONED.test(path)) removeEmpty(path);
  }
}

function removeEmpty(path: string): void {
  try {
    rmdirSync(path);
  } catch {
    // Already gone, or not empty.
  }
}
