import { KubeError } from '../errors';
import { KubeObject, ResourceType } from '../objects';

/** An object of parsed JSON whose fields nobody has looked at yet. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** True for JSON objects; arrays and null are none. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isTextOrAbsent = (value: unknown) =>
  value === undefined || typeof value === 'string';

/** True for what has the shape of a Kubernetes object; anything else in an answer is an error, never an object. */
export function isKubeObject(value: unknown): value is KubeObject {
  if (!isRecord(value) || !isRecord(value.metadata)) return false;
  const { name, namespace, uid, resourceVersion } = value.metadata;
  return (
    typeof name === 'string' &&
    isTextOrAbsent(namespace) &&
    isTextOrAbsent(uid) &&
    isTextOrAbsent(resourceVersion)
  );
}

function versionOf({ group, version }: ResourceType): string {
  return group === '' ? version : `${group}/${version}`;
}

/** An object as the server sent it, with the kind that items of a list do not carry. Throws `KubeError` for anything else. */
export function toKubeObject(value: unknown, type: ResourceType): KubeObject {
  if (!isKubeObject(value)) {
    throw new KubeError(`the server sent something that is no ${type.kind}`);
  }
  const { kind = type.kind, apiVersion = versionOf(type), ...rest } = value;
  // In the order of a watch's JSON, so that objects of lists and of watches are alike to the last byte.
  return { kind, apiVersion, ...rest };
}

/** JSON of an answer. Throws `KubeError`, saying what was asked for. */
export function parseAnswer(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new KubeError(`${what}: the answer is no JSON`, { cause });
  }
}
