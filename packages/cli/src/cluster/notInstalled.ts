/** What a cluster without our resource definition is told as, by every verb. */
export const NOT_INSTALLED =
  'The cluster does not know Applications: the resource definition is not installed there. Apply the files of crds/, or ask the platform team for the right cluster';

/**
 * Whether a refusal means that the API server serves no such resource at all: it answers these paths with plain text, and
 * a missing object or namespace with a Status.
 */
export function isUnknownResource(message: string): boolean {
  return (
    message.includes('404 page not found') &&
    /\b(applications|Application)\b/.test(message)
  );
}
