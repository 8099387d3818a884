import { KubeObject } from '@understage/kube';
import { LABEL_APPLICATION } from '@understage/plugin-paas-common';

/** The application that an object says it belongs to. */
export function applicationLabelOf(object: KubeObject): string | undefined {
  return object.metadata.labels?.[LABEL_APPLICATION];
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
};

/** Keys (`namespace/name`) of the applications that a change of this object concerns. */
export function concernedApplications(object: KubeObject): readonly string[] {
  if (object.kind === 'Application') {
    return [`${object.metadata.namespace}/${object.metadata.name}`];
  }
  return indexers.application(object);
}
