import { KubeObject, OwnerReference } from '@understage/kube';
import {
  claimKeys,
  hostsOf,
  LABEL_APPLICATION,
  LABEL_TENANT,
} from '@understage/plugin-paas-common';

/** The application that an object says it belongs to. */
export function applicationLabelOf(object: KubeObject): string | undefined {
  return object.metadata.labels?.[LABEL_APPLICATION];
}

/** True for an owner that is an Application of ours. */
export function isApplication({ kind, apiVersion }: OwnerReference): boolean {
  return (
    kind === 'Application' && apiVersion.startsWith('paas.understage.dev/')
  );
}

/** Index functions of every cached kind. */
export const indexers = {
  namespace: (object: KubeObject): readonly string[] =>
    object.metadata.namespace === undefined ? [] : [object.metadata.namespace],
  application: (object: KubeObject): readonly string[] => {
    const application = applicationLabelOf(object);
    return application === undefined
      ? []
      : [`${object.metadata.namespace}/${application}`];
  },
  host: (object: KubeObject): readonly string[] =>
    hostsOf(object).flatMap(claimKeys),
};

/** For kinds of which a tenant has some that live in no namespace. */
export const clusterIndexers = {
  ...indexers,
  tenant: (object: KubeObject): readonly string[] => {
    const tenant = object.metadata.labels?.[LABEL_TENANT];
    return tenant === undefined ? [] : [tenant];
  },
};
