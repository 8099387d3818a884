import { KubeObject } from '../objects';
import { leavesOf, mergeFields, removeLeaves } from './fieldOwnership';
import { Stored } from './objectTable';

/** Fields that the server owns, whoever sends them. */
const serverFields = [
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'managedFields',
  'name',
  'namespace',
];

/** What a manager asks for: without what names the object and what the server decides. */
function intentOf(object: KubeObject): Readonly<Record<string, unknown>> {
  const { apiVersion: _version, kind: _kind, metadata, ...rest } = object;
  const kept = Object.entries(metadata).filter(
    ([name]) => !serverFields.includes(name),
  );
  return { metadata: Object.fromEntries(kept), ...rest };
}

export interface FieldConflict {
  readonly manager: string;
  readonly field: string;
}

/** Fields that another manager owns with another value. */
export function conflictsWith(
  live: Stored,
  wanted: KubeObject,
  manager: string,
): readonly FieldConflict[] {
  const current = leavesOf(intentOf(live.object));
  return [...leavesOf(intentOf(wanted))].flatMap(([path, value]) => {
    if (JSON.stringify(current.get(path)) === JSON.stringify(value)) return [];
    return [...live.managers]
      .filter(([other, fields]) => other !== manager && fields.has(path))
      .map(([other]) => ({ manager: other, field: path }));
  });
}

/** The object after an apply, and who owns what then. */
export function applyFields(
  live: Stored | undefined,
  wanted: KubeObject,
  {
    manager,
    force,
    subresource,
  }: {
    readonly manager: string;
    readonly force: boolean;
    readonly subresource?: string;
  },
): Stored {
  const owner = subresource ? `${manager}/${subresource}` : manager;
  const intent = intentOf(wanted);
  const owned = new Set(leavesOf(intent).keys());
  const managers = new Map(live?.managers ?? []);
  const previous = managers.get(owner) ?? new Set<string>();
  const others = new Set(
    [...managers]
      .filter(([name]) => name !== owner)
      .flatMap(([, fields]) => [...fields]),
  );
  // What we applied before and leave out now is given up; it goes away unless somebody else wants it too.
  const givenUp = new Set(
    [...previous].filter(path => !owned.has(path) && !others.has(path)),
  );
  const base = live ? removeLeaves(live.object, givenUp) : {};
  const merged = mergeFields(base, intent);
  managers.set(owner, owned);
  if (force) {
    for (const [name, fields] of managers) {
      if (name !== owner)
        managers.set(
          name,
          new Set([...fields].filter(path => !owned.has(path))),
        );
    }
  }
  const metadata = {
    ...(live?.object.metadata ?? {}),
    ...metadataOf(merged),
    name: wanted.metadata.name,
    namespace: wanted.metadata.namespace,
  };
  return {
    object: {
      ...(typeof merged === 'object' ? merged : {}),
      apiVersion: wanted.apiVersion,
      kind: wanted.kind,
      metadata,
    },
    managers,
  };
}

function metadataOf(value: unknown): Readonly<Record<string, unknown>> {
  const metadata =
    typeof value === 'object' && value !== null
      ? Reflect.get(value, 'metadata')
      : undefined;
  return typeof metadata === 'object' && metadata !== null ? metadata : {};
}
