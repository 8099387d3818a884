import { releaseSecretName } from './releases';
import { whyReserved } from './reservedSecrets';

describe('Secrets that are the platform alone to use', () => {
  it.each([
    releaseSecretName('shop', 1),
    releaseSecretName('a'.repeat(63), 1234567),
    'another-application.release-12',
    'understage-deployer',
    'understage-deployer-token-x7k2p',
    'understage-deployer-dockercfg-abcde',
  ])('%s', name => {
    expect(whyReserved(name)).toMatch(/^(is where|belongs to)/);
  });

  it.each([
    'shop-redis',
    'release-1',
    'shop.release',
    'shop.release-1.old',
    'sh.helm.release.v1.shop.v1',
    'understage',
    'my-understage-deployer',
    '',
  ])('not %j', name => {
    expect(whyReserved(name)).toBeUndefined();
  });
});
