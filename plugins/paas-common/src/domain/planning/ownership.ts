import { KubeObject, OwnerReference } from '../kubernetes';
import { recordsAt, textAt } from '../jsonValue';
import {
  ANNOTATION_ADOPT,
  LABEL_APPLICATION,
  ANNOTATION_APPLICATION_UID,
  LABEL_MANAGED_BY,
  MANAGER,
} from '../labels';

/** The Application that plans. */
export interface Owner {
  readonly uid: string;
  readonly name: string;
}

/** Whose an existing object is. */
export type Ownership =
  | { readonly kind: 'ours' }
  /** Handed over by annotation. */
  | { readonly kind: 'offered' }
  /** Belonged to an earlier application of this name, and goes with it. */
  | { readonly kind: 'leaving' }
  | { readonly kind: 'other'; readonly who: string };

/** True when the object goes when the Application goes. */
export function isOwnedBy(object: KubeObject, owner: Owner): boolean {
  return (
    object.metadata.ownerReferences?.some(
      reference => reference.uid === owner.uid,
    ) ?? false
  );
}

/**
 * True for volumes kept for the application of this name: they carry no ownerReference, so the labels speak for them. An
 * application that is created again under its old name finds its volumes again.
 */
export function isRetainedFor(object: KubeObject, owner: Owner): boolean {
  const { labels, annotations, ownerReferences } = object.metadata;
  return (
    labels?.[LABEL_APPLICATION] === owner.name &&
    labels[LABEL_MANAGED_BY] === MANAGER &&
    annotations?.[ANNOTATION_APPLICATION_UID] !== undefined &&
    !ownerReferences?.some(reference => reference.controller === true)
  );
}

function isApplication(reference: OwnerReference): boolean {
  return (
    reference.kind === 'Application' &&
    reference.apiVersion.startsWith('paas.understage.dev/')
  );
}

/** Name of the Application that made an object and looks after it. */
export function controllingApplication({
  metadata,
}: KubeObject): string | undefined {
  return metadata.ownerReferences?.find(
    reference => reference.controller === true && isApplication(reference),
  )?.name;
}

type Clue = (object: KubeObject) => string | undefined;

const label = (object: KubeObject, name: string) =>
  object.metadata.labels?.[name];
const annotation = (object: KubeObject, name: string) =>
  object.metadata.annotations?.[name];
const named = (what: string, name: string | undefined) =>
  name === undefined ? undefined : `${what} ${name}`;

/** What other deployers leave on their objects; the first that answers names the owner. */
const clues: readonly Clue[] = [
  object => {
    const owner = object.metadata.ownerReferences?.find(
      reference => reference.controller === true,
    );
    if (!owner) return undefined;
    return isApplication(owner)
      ? `application ${owner.name}`
      : `${owner.kind} ${owner.name}`;
  },
  object =>
    named('Helm release', annotation(object, 'meta.helm.sh/release-name')),
  object =>
    named(
      'Argo CD application',
      annotation(object, 'argocd.argoproj.io/tracking-id')?.split(':')[0],
    ),
  object =>
    named('Argo CD application', label(object, 'argocd.argoproj.io/instance')),
  object =>
    named('Flux HelmRelease', label(object, 'helm.toolkit.fluxcd.io/name')),
  object =>
    named(
      'Flux Kustomization',
      label(object, 'kustomize.toolkit.fluxcd.io/name'),
    ),
  object => named('application', label(object, LABEL_APPLICATION)),
];

function fieldManagers(object: KubeObject): string {
  const managers = recordsAt(object, 'metadata', 'managedFields')
    .filter(entry => entry.subresource !== 'status')
    .map(entry => textAt(entry, 'manager') ?? '')
    .filter(manager => manager !== '');
  const unique = [...new Set(managers)].sort();
  return unique.length === 0
    ? 'someone else'
    : `someone else (field ${
        unique.length === 1 ? 'manager' : 'managers'
      } ${unique.join(', ')})`;
}

/** Names the owner of a foreign object: `application shop`, `Helm release redis`, `someone else (field manager kubectl)`. */
export function describeOwner(object: KubeObject): string {
  for (const clue of clues) {
    const who = clue(object);
    if (who !== undefined) return who;
  }
  return fieldManagers(object);
}

/** Decides whose an object is. A uid decides, never a name alone: a successor of the same name is somebody else. */
export function ownershipOf(object: KubeObject, owner: Owner): Ownership {
  if (isOwnedBy(object, owner) || isRetainedFor(object, owner))
    return { kind: 'ours' };
  const controller = object.metadata.ownerReferences?.find(
    reference => reference.controller === true,
  );
  if (controller) {
    return isApplication(controller) && controller.name === owner.name
      ? { kind: 'leaving' }
      : { kind: 'other', who: describeOwner(object) };
  }
  if (annotation(object, ANNOTATION_ADOPT) === 'true')
    return { kind: 'offered' };
  const orphan =
    label(object, LABEL_APPLICATION) === owner.name &&
    label(object, LABEL_MANAGED_BY) === MANAGER;
  return {
    kind: 'other',
    who: orphan
      ? `an earlier application ${owner.name} that left it behind`
      : describeOwner(object),
  };
}
