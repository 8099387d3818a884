import fc from 'fast-check';
import { ResourceType } from '../objects';
import { deployments, namespaces, pods } from '../testing/objects';
import { collectionPath, objectPath, queryText } from './resourcePath';

describe('the path of a collection', () => {
  it.each<[ResourceType, string | undefined, string]>([
    [pods, 'shop', '/api/v1/namespaces/shop/pods'],
    [pods, undefined, '/api/v1/pods'],
    [deployments, 'shop', '/apis/apps/v1/namespaces/shop/deployments'],
    [deployments, undefined, '/apis/apps/v1/deployments'],
    [namespaces, undefined, '/api/v1/namespaces'],
    // What has no namespace is not looked for in one.
    [namespaces, 'shop', '/api/v1/namespaces'],
  ])('%#: %j in %s', (type, namespace, path) => {
    expect(collectionPath(type, namespace)).toBe(path);
  });
});

describe('the path of an object', () => {
  const key = { namespace: 'shop', name: 'web-1' };

  it('may lead on to a subresource', () => {
    expect(objectPath(pods, key)).toBe('/api/v1/namespaces/shop/pods/web-1');
    expect(objectPath(pods, key, 'log')).toBe(
      '/api/v1/namespaces/shop/pods/web-1/log',
    );
    expect(objectPath(namespaces, { name: 'shop' })).toBe(
      '/api/v1/namespaces/shop',
    );
  });

  it('needs a namespace where the kind lives in one', () => {
    expect(() => objectPath(pods, { name: 'web-1' })).toThrow(
      'Pod web-1 lives in a namespace, but none was named',
    );
  });

  it('holds names with colons and dots, as roles have them', () => {
    expect(objectPath(namespaces, { name: 'system:a.b_C-1' })).toBe(
      '/api/v1/namespaces/system%3Aa.b_C-1',
    );
  });

  const hostile = [
    '',
    '.',
    '..',
    'a..b',
    '../secrets',
    'a/b',
    'a/../../secrets',
    'a%2fb',
    'a?watch=1',
    'a#b',
    'a b',
    'a\nb',
    'a\\b',
    '-a',
    'ä',
    '\u0000',
  ];

  it.each(hostile)('takes %j for a name of nothing', name => {
    const sentence = 'is not a name that Kubernetes accepts';
    expect(() => objectPath(pods, { ...key, name })).toThrow(sentence);
    expect(() => objectPath(pods, { ...key, namespace: name })).toThrow(
      sentence,
    );
    expect(() => collectionPath(pods, name)).toThrow(sentence);
  });

  it('never leads elsewhere, whatever the name: it is refused, or one segment', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.constantFrom(...hostile)),
        fc.string(),
        (left, right) => {
          const name = `${left}${right}`;
          let path: string;
          try {
            path = objectPath(pods, { ...key, name });
          } catch (error) {
            expect(String(error)).toContain('KubeError');
            return;
          }
          const { pathname, search, hash } = new URL(path, 'https://server');
          const segments = pathname.split('/');
          expect([search, hash]).toEqual(['', '']);
          expect(segments).toHaveLength(7);
          expect(decodeURIComponent(segments[6])).toBe(name);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('shows the beginning only of what is no name', () => {
    const name = `${'x'.repeat(5_000)}/`;
    expect(() => objectPath(pods, { ...key, name })).toThrow(/^.{0,160}$/);
  });
});

describe('a query', () => {
  it('says what is defined, and nothing else', () => {
    expect(queryText({})).toBe('');
    expect(queryText({ a: undefined })).toBe('');
    expect(queryText({ a: undefined, limit: 0, watch: false, c: '' })).toBe(
      '?limit=0&watch=false&c=',
    );
  });

  it('comes back as it was said, whatever that is', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ minLength: 1 }), fc.string()),
        parameters => {
          const found = new URLSearchParams(queryText(parameters));
          expect(Object.fromEntries(found)).toEqual({ ...parameters });
        },
      ),
    );
  });
});
