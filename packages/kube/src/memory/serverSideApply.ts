import { isDeepStrictEqual } from 'node:util';
import { KubeObject, ObjectMeta } from '../objects';
import { leavesOf, mergeFields, removeLeaves } from './fieldOwnership';
import { hasStatus } from './kindRules';
import { Stored } from './objectTable';

/** Fields that the server owns, whoever sends them. */
const serverFields: ReadonlySet<string> = new Set([
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'managedFields',
  'name',
  'namespace',
]);

/** Who writes, how, and to which part. The same name applying and updating are two owners, as on the server. */
export interface Writing {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly force?: boolean;
  readonly subresource?: string;
}

const SEPARATOR = '\u0000';

function ownerOf({ manager, operation, subresource }: Writing): string {
  return [manager, operation, subresource ?? ''].join(SEPARATOR);
}

function managerOf(owner: string): string {
  return owner.split(SEPARATOR)[0];
}

/** What a writer asks for: the part that it may write, without what names the object and what the server decides. */
function intentOf(
  object: KubeObject,
  subresource: string | undefined,
): Readonly<Record<string, unknown>> {
  const { apiVersion: _version, kind, metadata, status, ...wanted } = object;
  if (subresource === 'status') return { status };
  const kept = Object.entries(metadata).filter(
    ([name, value]) => !serverFields.has(name) && value !== undefined,
  );
  // An empty map would be a field of its own to own and to fight over; on the server it is not.
  const intent = {
    ...(kept.length > 0 && { metadata: Object.fromEntries(kept) }),
    ...wanted,
  };
  return status === undefined || hasStatus(kind)
    ? intent
    : { ...intent, status };
}

/** An empty map says that it should be there, not that it should be empty: nobody can contradict it. */
function isEmptyMap(value: unknown): boolean {
  return isDeepStrictEqual(value, {});
}

export interface FieldConflict {
  readonly manager: string;
  readonly field: string;
}

/** Fields that another manager owns with another value. */
export function conflictsWith(
  live: Stored,
  wanted: KubeObject,
  writing: Writing,
): readonly FieldConflict[] {
  const owner = ownerOf(writing);
  const current = leavesOf({ ...live.object });
  const intent = leavesOf(intentOf(wanted, writing.subresource));
  return [...intent].flatMap(([path, value]) => {
    if (isEmptyMap(value) || isDeepStrictEqual(current.get(path), value)) {
      return [];
    }
    return [...live.managers]
      .filter(([other, fields]) => other !== owner && fields.has(path))
      .map(([other]) => ({ manager: managerOf(other), field: path }));
  });
}

/** `managers` without these paths in anybody's hands but the owner's. */
function takeOver(
  managers: Map<string, ReadonlySet<string>>,
  owner: string,
  paths: ReadonlySet<string>,
): void {
  for (const [other, fields] of managers) {
    if (other === owner) continue;
    const left = [...fields].filter(path => !paths.has(path));
    if (left.length > 0) managers.set(other, new Set(left));
    else managers.delete(other);
  }
}

function metadataOf(value: unknown): Readonly<Record<string, unknown>> {
  const metadata =
    typeof value === 'object' && value !== null
      ? Reflect.get(value, 'metadata')
      : undefined;
  return typeof metadata === 'object' && metadata !== null ? metadata : {};
}

/** The server's own part of the metadata stays, whatever was sent. */
function withServerFields(
  merged: unknown,
  wanted: KubeObject,
  live: KubeObject | undefined,
): KubeObject {
  const kept = Object.entries(live?.metadata ?? {}).filter(([name]) =>
    serverFields.has(name),
  );
  const sent = Object.entries(metadataOf(merged)).filter(
    ([name]) => !serverFields.has(name),
  );
  const { name, namespace } = wanted.metadata;
  const metadata: ObjectMeta = {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...Object.fromEntries(sent),
    ...Object.fromEntries(kept),
  };
  const { apiVersion, kind } = wanted;
  const fields = typeof merged === 'object' ? merged : {};
  return { apiVersion, kind, ...fields, metadata };
}

/** The object after a server-side apply, and who owns what then. */
export function applyFields(
  live: Stored | undefined,
  wanted: KubeObject,
  writing: Writing,
): Stored {
  const owner = ownerOf(writing);
  const intent = intentOf(wanted, writing.subresource);
  const leaves = leavesOf(intent);
  const owned = new Set(leaves.keys());
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
  const current = live ? leavesOf({ ...live.object }) : new Map();
  const changed = new Set(
    [...leaves].flatMap(([path, value]) =>
      isDeepStrictEqual(current.get(path), value) ? [] : [path],
    ),
  );
  const base = live ? removeLeaves(live.object, givenUp) : {};
  const merged = mergeFields(base, intent);
  managers.set(owner, owned);
  // A field that both want to be the same has two owners; one that was changed by force has a new one.
  if (writing.force) takeOver(managers, owner, changed);
  return { object: withServerFields(merged, wanted, live?.object), managers };
}

/** The object after it was created or replaced, and who owns what then. */
export function replaceFields(
  live: Stored | undefined,
  wanted: KubeObject,
  writing: Writing,
): Stored {
  const owner = ownerOf(writing);
  const intent = intentOf(wanted, writing.subresource);
  const status =
    live && hasStatus(wanted.kind) ? live.object.status : undefined;
  const object = writing.subresource
    ? withServerFields({ ...live?.object, ...intent }, wanted, live?.object)
    : withServerFields(
        status === undefined ? intent : { ...intent, status },
        wanted,
        live?.object,
      );
  const before = live ? leavesOf({ ...live.object }) : new Map();
  const after = leavesOf(intent);
  const changed = new Set(
    [...after].flatMap(([path, value]) =>
      isDeepStrictEqual(before.get(path), value) ? [] : [path],
    ),
  );
  const managers = new Map(live?.managers ?? []);
  managers.set(
    owner,
    new Set([
      ...[...(managers.get(owner) ?? [])].filter(path => after.has(path)),
      ...changed,
    ]),
  );
  takeOver(managers, owner, changed);
  return { object, managers };
}
