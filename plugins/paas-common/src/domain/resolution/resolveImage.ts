import { ResolveContext, ResolvedImage } from '../desired';
import { conventionPlaceholders, expandConvention } from './expandConvention';
import { ownEntry } from './ownEntry';

/** An image with its origin, or the sentence why there is none yet. */
export type ImageResolution =
  | { readonly kind: 'resolved'; readonly image: ResolvedImage }
  | { readonly kind: 'awaiting'; readonly message: string };

/** What asks for an image. */
export interface ImageRequest {
  readonly application: string;
  readonly component: string;
  /** The image that the component names itself. */
  readonly image?: string;
}

/**
 * The image of a component, first that answers: a pinned release, the component itself, the last verified build, the
 * platform's convention.
 */
export function resolveImage(
  request: ImageRequest,
  context: ResolveContext,
): ImageResolution {
  const pinned = ownEntry(context.pinnedImages, request.component);
  if (pinned !== undefined) {
    return { kind: 'resolved', image: pinned };
  }
  if (request.image !== undefined) {
    return resolved(request.image, 'component');
  }
  const build = ownEntry(context.builds, request.component);
  if (build !== undefined) {
    return resolved(build, 'build');
  }
  return resolveByConvention(request, context);
}

function resolveByConvention(
  request: ImageRequest,
  context: ResolveContext,
): ImageResolution {
  const { application, component } = request;
  const convention = context.platform.imageConvention;
  if (convention === undefined) {
    return {
      kind: 'awaiting',
      message: `${component}: no image is known. Set \`image\`, or let a pipeline build one; this platform has no image convention.`,
    };
  }
  const expanded = expandConvention(convention, {
    application,
    component,
    tenant: context.tenant,
    namespace: context.namespace,
  });
  return expanded.kind === 'expanded'
    ? resolved(expanded.image, 'convention')
    : {
        kind: 'awaiting',
        message: `${component}: no image is known, and the platform's image convention "${convention}" contains ${expanded.placeholders.join(
          ', ',
        )}. It may contain ${conventionPlaceholders
          .map(name => `{${name}}`)
          .join(', ')}. Set \`image\`, or ask for the setting to be mended.`,
      };
}

function resolved(ref: string, from: ResolvedImage['from']): ImageResolution {
  return { kind: 'resolved', image: { ref, from } };
}
