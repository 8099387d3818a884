import { parseEntityRef } from '@backstage/catalog-model';

/**
 * Where the catalog shows an entity, by its reference (`group:default/team-shop`, or `team-shop` for a group); `undefined`
 * when the text is no reference. The catalog is mounted at its usual path.
 */
export function entityPath(reference: string): string | undefined {
  try {
    const { kind, namespace, name } = parseEntityRef(reference, {
      defaultKind: 'group',
      defaultNamespace: 'default',
    });
    return `/catalog/${[namespace, kind, name]
      .map(part => encodeURIComponent(part.toLocaleLowerCase('en-US')))
      .join('/')}`;
  } catch {
    return undefined;
  }
}
