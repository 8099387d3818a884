import { OwnerReference } from '../kubernetes';
import { controllingApplication } from './ownership';

const reference = (parts: Partial<OwnerReference> = {}): OwnerReference => ({
  apiVersion: 'paas.understage.dev/v1',
  kind: 'Application',
  name: 'shop',
  uid: 'uid-shop',
  controller: true,
  ...parts,
});
const nameOf = (...ownerReferences: readonly OwnerReference[]) =>
  controllingApplication({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', ownerReferences },
  });

describe('the application that looks after an object', () => {
  it('is its controller', () => {
    expect(nameOf(reference())).toBe('shop');
    expect(nameOf(reference({ apiVersion: 'paas.understage.dev/v2' }))).toBe(
      'shop',
    );
  });

  it.each<[string, readonly OwnerReference[]]>([
    ['nobody', []],
    ['an owner that does not control it', [reference({ controller: false })]],
    ['an owner that does not say', [reference({ controller: undefined })]],
    ['a controller of another kind', [reference({ kind: 'Deployment' })]],
    [
      'an Application of somebody else',
      [reference({ apiVersion: 'argoproj.io/v1alpha1' })],
    ],
    [
      'an Application of a group that only begins alike',
      [reference({ apiVersion: 'paas.understage.dev.example.com/v1' })],
    ],
  ])('is not %s', (_, references) => {
    expect(nameOf(...references)).toBeUndefined();
  });

  it('is found beside owners that do not control it', () => {
    expect(
      nameOf(
        reference({ name: 'other', controller: false }),
        reference({ kind: 'Deployment', controller: false }),
        reference(),
      ),
    ).toBe('shop');
  });
});
