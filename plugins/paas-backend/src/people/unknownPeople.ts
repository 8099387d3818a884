import {
  nearestName,
  Problem,
  Reason,
  Tenant,
  TENANT_API_VERSION,
  TenantDetail,
  TenantSpec,
} from '@understage/plugin-paas-common';
import { Directory, People } from './Directory';

type Notice = TenantDetail['notices'][number];

/** Somebody whom a tenant names and whom there is not. */
interface Unknown {
  readonly path: string;
  readonly ref: string;
  readonly message: string;
  readonly suggestion?: string;
}

interface Mention {
  readonly path: string;
  readonly ref: string;
  /** What comes of it that there is no such group or person. */
  readonly effect: string;
}

function mentionsOf({ owner, members }: TenantSpec): readonly Mention[] {
  return [
    { path: 'spec.owner', ref: owner, effect: 'the tenant has no owner' },
    ...members.flatMap(({ group, user, role }, index): Mention[] => {
      const ref = group ?? user;
      const field = group === undefined ? 'user' : 'group';
      const path = `spec.members[${index}].${field}`;
      const effect = `nobody is ${role} by it`;
      return ref === undefined ? [] : [{ path, ref, effect }];
    }),
  ];
}

// People do not change while they are the same object: what is near a name is looked up once, however many pages show it.
const suggestions = new WeakMap<
  ReadonlySet<string>,
  Map<string, string | undefined>
>();

/** The reference of the same kind and namespace whose name is nearest. */
function nearestRef(
  ref: string,
  refs: ReadonlySet<string>,
): string | undefined {
  const known = suggestions.get(refs) ?? new Map<string, string | undefined>();
  suggestions.set(refs, known);
  if (!known.has(ref)) {
    const place = ref.slice(0, ref.indexOf('/') + 1);
    const names = [...refs]
      .filter(each => each.startsWith(place))
      .map(each => each.slice(place.length));
    const name = nearestName(ref.slice(place.length), names);
    known.set(ref, name && `${place}${name}`);
  }
  return known.get(ref);
}

function unknownIn(
  spec: TenantSpec,
  refs: ReadonlySet<string>,
): readonly Unknown[] {
  return mentionsOf(spec)
    .filter(({ ref }) => !refs.has(ref))
    .map(({ path, ref, effect }) => {
      const kind = ref.startsWith('user:') ? 'person' : 'group';
      const suggestion = nearestRef(ref, refs);
      const hint = suggestion
        ? `Did you mean ${suggestion}?`
        : 'Add it to the catalog, or take it out of the tenant.';
      const message = `The catalog knows no ${kind} ${ref}: ${effect}. ${hint}`;
      return { path, ref, message, ...(suggestion && { suggestion }) };
    });
}

function notChecked(why: string): string {
  return `Whether the catalog knows the owner and the members is unknown: ${why}.`;
}

/** Warnings about owner and members. They refuse nothing: a catalog may learn of a group later than a cluster. */
export async function warnAboutPeople(
  { spec }: Tenant,
  directory: Directory,
): Promise<readonly Problem[]> {
  const people = await directory.read();
  if (people.kind === 'unknown') return [asProblem(people.why)];
  const unknown = unknownIn(spec, people.refs);
  if (unknown.length === 0) return [];
  // Before somebody is told that there is no such group, one that was made a moment ago gets its chance.
  const now = await directory.read({ maxAgeMs: 1_000 });
  if (now.kind === 'unknown') return [asProblem(now.why)];
  return unknownIn(spec, now.refs).map(
    ({ path, ref, message, suggestion }) => ({
      path,
      message,
      found: ref.slice(0, 80),
      ...(suggestion && { suggestion }),
    }),
  );
}

function asProblem(why: string): Problem {
  return { path: 'spec.members', message: notChecked(why) };
}

/** The same for the tenant's page, each group and person once. */
export function noticesAboutPeople(
  { spec, metadata: { name } }: Tenant,
  people: People | undefined,
): readonly Notice[] {
  if (!people) return [];
  if (people.kind === 'unknown') {
    const ref = { apiVersion: TENANT_API_VERSION, kind: 'Tenant', name };
    const reason: Reason = 'ObservationIncomplete';
    return [{ ref, reason, message: notChecked(people.why) }];
  }
  const said = new Set<string>();
  const reason: Reason = 'UnknownMember';
  return unknownIn(spec, people.refs).flatMap(({ ref, message }) => {
    if (said.has(ref)) return [];
    said.add(ref);
    return [{ ref: entityOf(ref), reason, message }];
  });
}

function entityOf(ref: string): Notice['ref'] {
  const [kind, namespace, name] = ref.split(/[:/]/);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: kind === 'user' ? 'User' : 'Group',
    namespace,
    name,
  };
}
