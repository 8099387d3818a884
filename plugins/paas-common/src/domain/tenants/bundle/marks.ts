import { Tenant } from '../../../schema/Tenant';
import { ObjectMeta } from '../../kubernetes';
import {
  ANNOTATION_TENANT_UID,
  LABEL_BUNDLE,
  LABEL_ENVIRONMENT,
  LABEL_MANAGED_BY,
  LABEL_TENANT,
  MANAGER,
} from '../../labels';

/** One environment while its objects are written down. */
export interface BundlePlace {
  readonly tenant: Tenant;
  readonly environment: string;
  readonly namespace: string;
}

/** Metadata that says whose an object of a bundle is. */
export function bundleMetadata(
  name: string,
  { tenant, environment, namespace }: Partial<BundlePlace> & { tenant: Tenant },
): ObjectMeta {
  return {
    name,
    ...(namespace !== undefined && { namespace }),
    labels: {
      [LABEL_MANAGED_BY]: MANAGER,
      [LABEL_BUNDLE]: 'tenant',
      [LABEL_TENANT]: tenant.metadata.name,
      ...(environment !== undefined && { [LABEL_ENVIRONMENT]: environment }),
    },
    annotations: { [ANNOTATION_TENANT_UID]: tenant.metadata.uid ?? '' },
  };
}
