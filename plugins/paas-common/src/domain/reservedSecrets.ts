import { DEPLOYER } from './labels';

// `releaseSecretName` makes these; an application's name has no dot, so that nothing of a component is named like it.
const releaseSecret = /\.release-\d+$/;

/**
 * Why a Secret of this name is the platform's own, as it continues "it": releases hold what other applications' charts
 * made secret, and the deployer's tokens may write everything in the namespace. `undefined` for any other name.
 */
export function whyReserved(secret: string): string | undefined {
  if (releaseSecret.test(secret)) {
    return 'is where the platform keeps the secret values of a release';
  }
  return secret === DEPLOYER || secret.startsWith(`${DEPLOYER}-`)
    ? `belongs to ${DEPLOYER}, which may write everything in the namespace`
    : undefined;
}
