import {
  Application,
  Desired,
  Release,
  ResolvedImage,
} from '@understage/plugin-paas-common';

/** What `spec.revision` asks for. */
export type Pin =
  | { readonly kind: 'none' }
  | { readonly kind: 'found'; readonly release: Release }
  | { readonly kind: 'missing'; readonly message: string };

/** Finds the pinned release among those kept; when it is gone, says which there are. */
export function findPin(
  application: Application,
  releases: readonly Release[],
): Pin {
  const { revision } = application.spec;
  if (revision === undefined) return { kind: 'none' };
  const release = releases.find(each => each.revision === revision);
  if (release) return { kind: 'found', release };
  const known = releases.map(each => each.revision).sort((a, b) => b - a);
  return {
    kind: 'missing',
    message: `spec.revision pins release ${revision}, which ${
      known.length === 0
        ? 'does not exist: there are no releases yet'
        : `is not kept: there are ${known.join(', ')}`
    }. Set another one, or take the field away.`,
  };
}

/**
 * The application as its pinned release has it. What says how to treat it now, and not what it is, stays as it is
 * written: pausing and the fate of volumes are no part of a release.
 */
export function applyPin(application: Application, pin: Pin): Application {
  if (pin.kind !== 'found') return application;
  const { paused, deletionPolicy, revision } = application.spec;
  return {
    ...application,
    spec: { ...pin.release.spec, paused, deletionPolicy, revision },
  };
}

/** Images of a release by component, for rendering again what they were resolved to then. */
export function pinnedImages(
  release: Release,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(release.images).map(([component, { ref }]) => [
      component,
      ref,
    ]),
  );
}

/** Says again where the images of a release came from, which rendering them by their reference forgets. */
export function withImageOrigins(
  desired: Desired,
  images: Readonly<Record<string, ResolvedImage>>,
): Desired {
  return {
    ...desired,
    components: desired.components.map(component => {
      const image = Object.hasOwn(images, component.name)
        ? images[component.name]
        : undefined;
      return image?.ref === component.image?.ref && image !== undefined
        ? { ...component, image }
        : component;
    }),
  };
}

/** A pin on a release that is gone renders nothing and touches nothing. */
export function nothingDesired(
  application: Application,
  place: { readonly namespace: string; readonly tenant: string },
  message: string,
): Desired {
  const blocked = { reason: 'RevisionNotFound' as const, message };
  return {
    application,
    ...place,
    components: application.spec.components.map(({ name, type }) => ({
      name,
      type,
      dependsOn: [],
      blocked,
      objects: [],
    })),
    edges: [],
    objects: [],
    refusals: [blocked],
    warnings: [],
  };
}
