import {
  KubeObject,
  readTenants,
  renderTenant,
} from '@understage/plugin-paas-common';
import { Manifest } from './attack';

/** The bundle of a tenant as the controller would write it. */
export function bundleOf(
  tenant: Manifest,
  uid: string,
  retainedVolumes: readonly string[],
): readonly KubeObject[] {
  const [read] = readTenants(JSON.stringify(tenant));
  if (!read?.checked.ok) throw new Error(JSON.stringify(read));
  const { value } = read.checked;
  const { objects } = renderTenant(
    { ...value, metadata: { ...value.metadata, uid } },
    { retainedVolumes },
  );
  return objects;
}
