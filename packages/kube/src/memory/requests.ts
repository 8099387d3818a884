import { KubeObject, ResourceType } from '../objects';
import { Impersonation } from '../ports';
import { ObjectTable } from './objectTable';

export type Verb =
  | 'get'
  | 'list'
  | 'watch'
  | 'create'
  | 'patch'
  | 'update'
  | 'delete';

/** One request, as hooks see it. */
export interface RequestInfo {
  readonly verb: Verb;
  readonly type: ResourceType;
  readonly namespace?: string;
  readonly name?: string;
  readonly subresource?: string;
  /** Who asks; `undefined` is the cluster's own administrator. */
  readonly identity?: Impersonation;
}

/** What a reader or writer in memory works with. */
export interface MemoryContext {
  readonly table: ObjectTable;
  readonly identity?: Impersonation;
  /** Whether the identity may; throws when a fault is to happen. */
  readonly check: (request: RequestInfo) => boolean;
  /** A sentence refuses the object. */
  readonly admit: (
    request: RequestInfo,
    object: KubeObject,
  ) => string | undefined;
  /** Told of a write that changed something; throws when its answer is to be lost. */
  readonly committed: (request: RequestInfo) => void;
}

/** The sentence of RBAC. */
export function forbidden(request: RequestInfo): string {
  const who = request.identity?.user ?? 'admin';
  const { plural, group } = request.type;
  const what = `${plural}${
    request.name ? ` "${request.name}"` : ''
  } is forbidden`;
  const where = request.namespace
    ? `in the namespace "${request.namespace}"`
    : 'at the cluster scope';
  return `${what}: User "${who}" cannot ${request.verb} resource "${plural}" in API group "${group}" ${where}`;
}
