import { KubeObject, ObjectMeta, ResourceType } from '../objects';

const core = (
  kind: string,
  plural: string,
  namespaced = true,
): ResourceType => ({ group: '', version: 'v1', kind, plural, namespaced });

export const configMaps = core('ConfigMap', 'configmaps');
export const services = core('Service', 'services');
export const pods = core('Pod', 'pods');
export const namespaces = core('Namespace', 'namespaces', false);
export const resourceQuotas = core('ResourceQuota', 'resourcequotas');
export const deployments: ResourceType = {
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  plural: 'deployments',
  namespaced: true,
};

/** A ConfigMap; `data` is its whole content. */
export function configMap(
  metadata: ObjectMeta,
  data?: Readonly<Record<string, string>>,
): KubeObject {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata };
  return data ? { ...object, data } : object;
}

/** A Deployment of one container that the API server accepts. */
export function deployment(
  metadata: ObjectMeta,
  options: {
    readonly replicas?: number;
    readonly env?: readonly { name: string; value: string }[];
  } = {},
): KubeObject {
  const labels = { app: metadata.name };
  const { replicas, env } = options;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      ...(replicas === undefined ? {} : { replicas }),
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            { name: 'web', image: 'example.com/web:1', ...(env && { env }) },
          ],
        },
      },
    },
  };
}

/** The value at a path of names and list positions; `undefined` when there is none. */
export function at(value: unknown, ...path: readonly (string | number)[]) {
  return path.reduce<unknown>(
    (inner, name) =>
      typeof inner === 'object' && inner !== null
        ? Reflect.get(inner, name)
        : undefined,
    value,
  );
}
