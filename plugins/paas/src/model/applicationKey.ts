import { ApplicationRef, ObjectRef } from '@understage/plugin-paas-common';

/** Path of the Application page below the plugin's root, each part encoded. */
export function applicationPath(ref: ApplicationRef): string {
  return [ref.cluster, ref.namespace, ref.name]
    .map(encodeURIComponent)
    .join('/');
}

/** `Deployment frontend`: how objects are named to people. */
export function objectTitle(ref: ObjectRef): string {
  return `${ref.kind} ${ref.name}`;
}

/** A key for one object within its application. */
export function objectKey(ref: ObjectRef): string {
  return `${ref.apiVersion}/${ref.kind}/${ref.namespace ?? ''}/${ref.name}`;
}

/** The address of the objects' page with one of them, by its key, open. */
export function objectAddress(objectsPath: string, key: string): string {
  return `${objectsPath}?object=${encodeURIComponent(key)}`;
}
