import { expandConvention } from './expandConvention';

const values = {
  tenant: 'shop',
  namespace: 'shop-prod',
  application: 'user-service',
  component: 'frontend',
};

describe('expandConvention', () => {
  it.each([
    [
      'r/{tenant}/{namespace}/{application}-{component}:latest',
      'r/shop/shop-prod/user-service-frontend:latest',
    ],
    ['r/{component}/{component}', 'r/frontend/frontend'],
    ['r/fixed:1', 'r/fixed:1'],
  ])('%s is %s', (convention, image) => {
    expect(expandConvention(convention, values)).toEqual({
      kind: 'expanded',
      image,
    });
  });

  it.each([
    ['{team}', ['{team}']],
    ['{Tenant}/{component}', ['{Tenant}']],
    ['{constructor}', ['{constructor}']],
    ['{}{ tenant }', ['{}', '{ tenant }']],
  ])('%s names what nobody knows', (convention, placeholders) => {
    expect(expandConvention(convention, values)).toEqual({
      kind: 'unknown',
      placeholders,
    });
  });

  it('does not expand what it has filled in', () => {
    expect(
      expandConvention('{component}', { ...values, component: '{tenant}' }),
    ).toEqual({ kind: 'expanded', image: '{tenant}' });
    expect(
      expandConvention('{component}', { ...values, component: '$&' }),
    ).toEqual({ kind: 'expanded', image: '$&' });
  });
});
