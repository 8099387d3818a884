export { releaseHash } from './releaseHash';
export type { ReleaseContent } from './releaseHash';
export { newestRelease, nextRelease, releasesToPrune } from './nextRelease';
export {
  fromRevision,
  isKeptFor,
  releaseLine,
  revisionName,
  toRevision,
} from './revisions';
export type { ReleaseLine } from './revisions';
export {
  isReleaseSecret,
  isWithheld,
  releaseSecret,
  releaseSecretKind,
  releaseSecretName,
  withSecretValues,
} from './withheldSecrets';
