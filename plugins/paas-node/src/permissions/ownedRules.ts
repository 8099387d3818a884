import {
  createPermissionRule,
  PermissionResourceRef,
} from '@backstage/plugin-permission-node';
import { z } from 'zod';

/** What has an owner and stands in a cluster: applications and tenants. */
export interface Owned {
  /** As a whole entity reference in lower case; absent when nobody said. */
  readonly owner?: string;
  readonly ref: { readonly cluster: string };
}

/** A rule as a filter over the cache. */
export type OwnedFilter<T extends Owned> = (resource: T) => boolean;

/** A resource of ours: rules filter the cache with a function. */
export type OwnedResourceRef<
  T extends Owned,
  TResourceType extends string,
> = PermissionResourceRef<T, OwnedFilter<T>, TResourceType, 'paas'>;

interface Subject<T extends Owned, TResourceType extends string> {
  readonly resourceRef: OwnedResourceRef<T, TResourceType>;
  /** In the plural, for descriptions: `applications`. */
  readonly what: string;
}

/** `IS_OWNER`: what someone owns, usually the user's `ownershipEntityRefs`. */
export function createIsOwner<T extends Owned, TResourceType extends string>({
  resourceRef,
  what,
}: Subject<T, TResourceType>) {
  return createPermissionRule({
    name: 'IS_OWNER',
    description: `Allow ${what} owned by one of these entities`,
    resourceRef,
    paramsSchema: z.object({
      claims: z.array(z.string()).describe('Entity references of owners'),
    }),
    apply: ({ owner }: T, { claims }) =>
      owner !== undefined &&
      claims.some(claim => claim.toLowerCase() === owner),
    toQuery: ({ claims }): OwnedFilter<T> => {
      const owners = new Set(claims.map(claim => claim.toLowerCase()));
      return ({ owner }) => owner !== undefined && owners.has(owner);
    },
  });
}

/** `IS_IN_CLUSTER`: what stands in certain clusters. */
export function createIsInCluster<
  T extends Owned,
  TResourceType extends string,
>({ resourceRef, what }: Subject<T, TResourceType>) {
  return createPermissionRule({
    name: 'IS_IN_CLUSTER',
    description: `Allow ${what} in these clusters`,
    resourceRef,
    paramsSchema: z.object({
      clusters: z.array(z.string()).describe('Names of clusters'),
    }),
    apply: ({ ref }: T, { clusters }) => clusters.includes(ref.cluster),
    toQuery: ({ clusters }): OwnedFilter<T> => {
      const names = new Set(clusters);
      return ({ ref }) => names.has(ref.cluster);
    },
  });
}
