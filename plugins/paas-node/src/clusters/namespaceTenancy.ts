import {
  ANNOTATION_OWNER,
  KubeObject,
  LABEL_TENANT,
  ownerRef,
} from '@understage/plugin-paas-common';
import { NamespaceTenancy } from './PaasClusters';

/** Whose a namespace is, by its label and annotation: only the platform sets those, so they outrank what is written in it. */
export function namespaceTenancy({ metadata }: KubeObject): NamespaceTenancy {
  const tenant = metadata.labels?.[LABEL_TENANT] || metadata.name;
  const owner = metadata.annotations?.[ANNOTATION_OWNER];
  return owner ? { tenant, owner: ownerRef(owner) } : { tenant };
}
