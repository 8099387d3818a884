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
