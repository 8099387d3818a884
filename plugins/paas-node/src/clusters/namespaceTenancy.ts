import {
  ANNOTATION_OWNER,
  KubeObject,
  LABEL_TENANT,
  namespaceDomains,
  ownerRef,
} from '@understage/plugin-paas-common';
import { NamespaceTenancy } from './PaasClusters';

/** Whose a namespace is, by its label and annotation: only the platform sets those, so they outrank what is written in it. */
export function namespaceTenancy(namespace: KubeObject): NamespaceTenancy {
  const { metadata } = namespace;
  const tenant = metadata.labels?.[LABEL_TENANT] || metadata.name;
  const owner = metadata.annotations?.[ANNOTATION_OWNER];
  const domains = namespaceDomains(namespace);
  return {
    tenant,
    ...(owner && { owner: ownerRef(owner) }),
    ...(domains && { domains }),
  };
}
