import { KubeObject, StoreEvent } from '@understage/kube';
import {
  ANNOTATION_DOMAINS,
  ANNOTATION_OWNER,
  DEPLOYER,
  hostsOf,
  pathsOf,
  LABEL_TENANT,
  sameJson,
} from '@understage/plugin-paas-common';
import { applicationLabelOf, isApplication } from './applicationIndex';

/** What deciding needs of the caches. */
export interface KnownObjects {
  find(ref: {
    readonly kind: string;
    readonly namespace: string;
    readonly name: string;
  }): KubeObject | undefined;
  /** Names of the applications of a namespace. */
  applicationsIn(namespace: string): readonly string[];
  /** Objects of all namespaces that claim a host which overlaps with one of these. */
  claimantsOf(hosts: readonly string[]): readonly KubeObject[];
  /** Keys of the applications that were refused something because of an object like this one. */
  waitingFor(object: KubeObject): readonly string[];
}

/** The applications that an object says it belongs to, by label or by owner: somebody may have taken away either. */
function namedBy(object: KubeObject): readonly string[] {
  const label = applicationLabelOf(object);
  const owners = (object.metadata.ownerReferences ?? []).filter(isApplication);
  return [
    ...(label === undefined ? [] : [label]),
    ...owners.map(({ name }) => name),
  ];
}

/** The object that a Kubernetes Event is about. */
function involved(event: KubeObject): Parameters<KnownObjects['find']>[0] {
  const about: unknown = event.involvedObject;
  const text = (field: string): string => {
    const value: unknown =
      typeof about === 'object' && about !== null
        ? Reflect.get(about, field)
        : undefined;
    return typeof value === 'string' ? value : '';
  };
  return {
    kind: text('kind'),
    namespace: text('namespace'),
    name: text('name'),
  };
}

function ofWarning(event: KubeObject, known: KnownObjects): readonly string[] {
  const ref = involved(event);
  // What is said of the Application itself was said by us.
  const about = ref.kind === 'Application' ? undefined : known.find(ref);
  return about ? namedBy(about) : [];
}

/** Another tenant changes what is rendered in the whole namespace, another owner what is said of it, other domains which hosts are refused. */
function changesTenancy(event: StoreEvent): boolean {
  const tenancyOf = ({ metadata }: KubeObject) => [
    metadata.labels?.[LABEL_TENANT],
    metadata.annotations?.[ANNOTATION_OWNER],
    metadata.annotations?.[ANNOTATION_DOMAINS],
  ];
  return (
    event.type === 'updated' &&
    !sameJson(tenancyOf(event.object), tenancyOf(event.previous))
  );
}

function namesOf(event: StoreEvent, known: KnownObjects): readonly string[] {
  const { object } = event;
  const { name, namespace = '' } = object.metadata;
  switch (object.kind) {
    case 'Application':
      return [name];
    case 'Event':
      return ofWarning(object, known);
    case 'Namespace':
      return changesTenancy(event) ? known.applicationsIn(name) : [];
    default:
  }
  // Without its deployer nothing in the namespace could be written.
  if (object.kind === 'ServiceAccount' && name === DEPLOYER) {
    return event.type === 'added' ? known.applicationsIn(namespace) : [];
  }
  const previous = event.type === 'updated' ? namedBy(event.previous) : [];
  return [...namedBy(object), ...previous];
}

const keysOf = (object: KubeObject): readonly string[] =>
  namedBy(object).map(name => `${object.metadata.namespace}/${name}`);

/** What of an object says whose it is, and which hosts and paths it has. */
function claimOf(object: KubeObject): unknown {
  const { uid, labels, annotations, ownerReferences } = object.metadata;
  const routes = hostsOf(object).map(host => [host, pathsOf(object, host)]);
  return [uid, labels, annotations, ownerReferences, routes];
}

/**
 * Who was refused a name or a host because somebody else had it, and whoever else has a host that is claimed now: of two
 * that got it at once one has to give it back.
 */
function rivalsIn(event: StoreEvent, known: KnownObjects): readonly string[] {
  const { object } = event;
  const previous = event.type === 'updated' ? event.previous : undefined;
  if (previous && sameJson(claimOf(object), claimOf(previous))) return [];
  const waiting = [object, ...(previous ? [previous] : [])].flatMap(each =>
    known.waitingFor(each),
  );
  const hosts = event.type === 'deleted' ? [] : hostsOf(object);
  const rivals = hosts.length === 0 ? [] : known.claimantsOf(hosts);
  return [...waiting, ...rivals.flatMap(keysOf)];
}

/** Keys (`namespace/name`) of the applications that have to be looked at because of a change. */
export function concernedApplications(
  event: StoreEvent,
  known: KnownObjects,
): readonly string[] {
  const { kind, metadata } = event.object;
  const namespace = kind === 'Namespace' ? metadata.name : metadata.namespace;
  const named = namesOf(event, known).map(name => `${namespace}/${name}`);
  return [...new Set([...named, ...rivalsIn(event, known)])];
}
