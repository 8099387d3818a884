import fc from 'fast-check';
import { KubeObject } from '../kubernetes';
import {
  claimKeys,
  hostsOf,
  onlyHosts,
  overlapOf,
  pathsOf,
  rivalKeys,
  routeKinds,
} from './claimedHosts';

const objectOf = (kind: string, spec: unknown): KubeObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'web' },
  spec,
});

/** What a host covers, said in another way than by keys. */
function covers(host: string, name: string): boolean {
  return host.startsWith('*.')
    ? name.endsWith(host.slice(1)) && name.length >= host.length
    : host === name;
}

function overlaps(left: string, right: string): boolean {
  const sample = (host: string) => host.replace('*', 'any');
  return covers(left, sample(right)) || covers(right, sample(left));
}

describe('the hosts that an object claims', () => {
  it.each<[string, KubeObject, readonly string[]]>([
    [
      'those of the rules of an Ingress, each once',
      objectOf('Ingress', {
        rules: [{ host: 'a.io' }, { host: 'b.io' }, { host: 'A.io' }],
      }),
      ['a.io', 'b.io'],
    ],
    [
      'none of a rule for what nobody else wants',
      objectOf('Ingress', { rules: [{ http: {} }, { host: '' }] }),
      [],
    ],
    [
      'those of an HTTPRoute',
      objectOf('HTTPRoute', { hostnames: ['a.io', '*.b.io'] }),
      ['a.io', '*.b.io'],
    ],
    [
      'none of a Service',
      objectOf('Service', { rules: [{ host: 'a.io' }], hostnames: ['b.io'] }),
      [],
    ],
    ['none of what is misshapen', objectOf('Ingress', { rules: 'x' }), []],
    [
      'those that are text',
      objectOf('HTTPRoute', { hostnames: [1, 'a.io'] }),
      ['a.io'],
    ],
    ['none where there is no spec', objectOf('HTTPRoute', undefined), []],
  ])('are %s', (_, object, hosts) => {
    expect(hostsOf(object)).toEqual(hosts);
    expect(hostsOf({ ...object, spec: onlyHosts(object) })).toEqual(hosts);
  });

  it('are asked of the kinds that routes are rendered as', () => {
    expect(routeKinds.map(({ kind }) => kind)).toEqual([
      'Ingress',
      'HTTPRoute',
    ]);
  });
});

describe('the paths that an object leads on', () => {
  it.each<[string, KubeObject, readonly string[]]>([
    [
      'those of the rules for that host',
      objectOf('Ingress', {
        rules: [
          { host: 'A.io', http: { paths: [{ path: '/a' }, { path: '/b' }] } },
          { host: 'b.io', http: { paths: [{ path: '/c' }] } },
        ],
      }),
      ['/a', '/b'],
    ],
    [
      'those of the matches of an HTTPRoute',
      objectOf('HTTPRoute', {
        hostnames: ['a.io'],
        rules: [{ matches: [{ path: { value: '/a' } }, {}] }],
      }),
      ['/a', '/'],
    ],
    ['all where none is named', objectOf('HTTPRoute', { rules: [{}] }), ['/']],
    ['all of what is misshapen', objectOf('Ingress', { rules: 'x' }), ['/']],
  ])('are %s', (_, object, paths) => {
    expect(pathsOf(object, 'a.io')).toEqual(paths);
  });
});

describe('two hosts overlap', () => {
  it.each([
    ['shop.example.com', 'shop.example.com', true],
    ['shop.example.com', 'cart.example.com', false],
    ['shop.example.com', 'shop.example.com.evil.io', false],
    ['*.example.com', 'shop.example.com', true],
    ['*.example.com', 'a.shop.example.com', true],
    ['*.example.com', 'example.com', false],
    ['*.example.com', 'shop.badexample.com', false],
    ['*.example.com', '*.example.com', true],
    ['*.example.com', '*.shop.example.com', true],
    ['*.com', '*.io', false],
  ])('%s and %s: %s', (left, right, expected) => {
    expect(overlapOf(left, [right]) === right).toBe(expected);
    expect(overlapOf(right, [left]) === left).toBe(expected);
  });

  const label = fc.constantFrom('a', 'b', 'shop');
  const host = fc
    .tuple(fc.boolean(), fc.array(label, { minLength: 1, maxLength: 4 }))
    .map(([wild, labels]) => [...(wild ? ['*'] : []), ...labels].join('.'));

  it('exactly when one key of the one is among those of the other, whoever asks', () => {
    fc.assert(
      fc.property(host, host, (left, right) => {
        const rivals = new Set(rivalKeys(left));
        const found = claimKeys(right).some(key => rivals.has(key));
        expect(found).toBe(overlaps(left, right));
        expect(overlapOf(right, [left]) !== undefined).toBe(found);
      }),
    );
  });
});
