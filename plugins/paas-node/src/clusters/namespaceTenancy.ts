import {
  KubeObject,
  LABEL_TENANT,
  ownerRef,
} from '@understage/plugin-paas-common';
import { NamespaceTenancy } from './PaasClusters';

/** Annotation of a namespace: who owns the applications in it that name nobody. */
export const ANNOTATION_OWNER = 'understage.dev/owner';

/** Whose a namespace is, by its label and annotation. */
export function namespaceTenancy({ metadata }: KubeObject): NamespaceTenancy {
  const tenant = metadata.labels?.[LABEL_TENANT] || metadata.name;
  const owner = metadata.annotations?.[ANNOTATION_OWNER];
  return owner ? { tenant, owner: ownerRef(owner) } : { tenant };
}
