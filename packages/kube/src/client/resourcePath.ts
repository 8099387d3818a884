import { ObjectKey, ResourceType } from '../objects';
import { KubeError } from '../errors';

const segment = /^[a-z0-9A-Z][-a-zA-Z0-9_.:]*$/;

function checked(text: string, what: string): string {
  // A name goes into a path: what is no name must not become one.
  if (!segment.test(text) || text.includes('..')) {
    throw new KubeError(
      `${what} "${text.slice(0, 80)}" is not a name that Kubernetes accepts`,
    );
  }
  return encodeURIComponent(text);
}

/** `/api/v1/namespaces/shop/pods`, `/apis/apps/v1/deployments`. */
export function collectionPath(type: ResourceType, namespace?: string): string {
  const root =
    type.group === ''
      ? `/api/${type.version}`
      : `/apis/${type.group}/${type.version}`;
  return type.namespaced && namespace !== undefined
    ? `${root}/namespaces/${checked(namespace, 'namespace')}/${type.plural}`
    : `${root}/${type.plural}`;
}

/** Path of one object, or of its subresource. */
export function objectPath(
  type: ResourceType,
  key: ObjectKey,
  subresource?: string,
): string {
  if (type.namespaced && key.namespace === undefined) {
    throw new KubeError(
      `${type.kind} ${key.name} lives in a namespace, but none was named`,
    );
  }
  const path = `${collectionPath(type, key.namespace)}/${checked(
    key.name,
    type.kind,
  )}`;
  return subresource === undefined ? path : `${path}/${subresource}`;
}

/** `?a=b&c=d` of what is defined. */
export function queryText(
  parameters: Readonly<Record<string, string | number | boolean | undefined>>,
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) query.set(name, String(value));
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
