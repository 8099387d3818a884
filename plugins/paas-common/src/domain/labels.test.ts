import fc from 'fast-check';
import { labelsFor, labelValue, selectorFor } from './labels';

describe('labelsFor', () => {
  it('names what an object is, whose, and by whom', () => {
    expect(
      labelsFor({
        application: 'user-service',
        component: 'redis',
        tenant: 'shop',
        version: '7.4',
      }),
    ).toEqual({
      'app.kubernetes.io/name': 'redis',
      'app.kubernetes.io/instance': 'user-service',
      'app.kubernetes.io/component': 'redis',
      'app.kubernetes.io/part-of': 'user-service',
      'app.kubernetes.io/version': '7.4',
      'app.kubernetes.io/managed-by': 'understage',
      'understage.dev/application': 'user-service',
      'understage.dev/component': 'redis',
      'understage.dev/tenant': 'shop',
      'backstage.io/kubernetes-id': 'user-service-redis',
    });
  });

  it('says nothing of a version that is not known, or that no label can hold', () => {
    const source = { application: 'a', component: 'b', tenant: 't' };
    expect(labelsFor(source)).not.toHaveProperty(['app.kubernetes.io/version']);
    expect(labelsFor({ ...source, version: '---' })).not.toHaveProperty([
      'app.kubernetes.io/version',
    ]);
  });
});

describe('selectorFor', () => {
  it('selects by what never changes', () => {
    expect(selectorFor({ application: 'a', component: 'b' })).toEqual({
      'understage.dev/application': 'a',
      'understage.dev/component': 'b',
    });
  });
});

describe('labelValue', () => {
  it.each([
    ['1.2.3', '1.2.3'],
    ['v1+build.7', 'v1-build.7'],
    ['sha256:abc', 'sha256-abc'],
    ['_private_', 'private'],
    ['größe', 'gr--e'],
    ['x'.repeat(70), 'x'.repeat(63)],
    [`${'x'.repeat(62)}-y`, 'x'.repeat(62)],
    ['', undefined],
    ['...', undefined],
  ])('of %j is %j', (text, value) => {
    expect(labelValue(text)).toBe(value);
  });

  it('is always one that Kubernetes takes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(labelValue(text) ?? 'x').toMatch(
          /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/,
        );
      }),
    );
  });
});
