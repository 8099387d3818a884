import { ApplicationRef } from './types';

/** Text form of a reference, `cluster/namespace/name`: key of maps, of topics and of permission resources. */
export function formatApplicationRef(ref: ApplicationRef): string {
  return `${ref.cluster}/${ref.namespace}/${ref.name}`;
}

const segment = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/i;

/** Reads `cluster/namespace/name`; `undefined` when the text is anything else. */
export function parseApplicationRef(text: string): ApplicationRef | undefined {
  const [cluster, namespace, name, ...rest] = text.split('/');
  if (rest.length > 0 || ![cluster, namespace, name].every(isSegment)) {
    return undefined;
  }
  return { cluster, namespace, name };
}

/** Whether a text may be one part of a reference. */
export function isSegment(part: string | undefined): boolean {
  return part !== undefined && segment.test(part);
}

/**
 * An owner as a whole entity reference in lower case: `team-shop` is `group:default/team-shop`. Owners are compared in
 * this form only.
 */
export function ownerRef(owner: string): string {
  const match = /^(?:([^:/]+):)?(?:([^:/]+)\/)?([^:/]+)$/.exec(owner.trim());
  if (!match) return owner.trim().toLowerCase();
  const [, kind = 'group', namespace = 'default', name] = match;
  return `${kind}:${namespace}/${name}`.toLowerCase();
}
