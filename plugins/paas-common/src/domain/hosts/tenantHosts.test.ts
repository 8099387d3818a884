import fc from 'fast-check';
import { KubeObject } from '../kubernetes';
import { checkObjects } from '../charts/testing/chartObjects';
import { renderApplication } from '../rendering/renderApplication';
import { applicationOf } from '../rendering/testing/applicationOf';
import { resolveContext } from '../rendering/testing/resolveContext';
import {
  hostNotAllowed,
  isHostWithin,
  namedHosts,
  namespaceDomains,
} from './tenantHosts';

const namespace = (annotations?: Record<string, string>): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'shop', annotations },
});

describe('the domains of a namespace', () => {
  it.each<[string, Record<string, string> | undefined, unknown]>([
    ['no limit where it belongs to no Tenant', undefined, undefined],
    ['no limit by other annotations', { other: 'a.io' }, undefined],
    ['none where the tenant has none', { 'understage.dev/domains': '' }, []],
    [
      'each that is listed',
      { 'understage.dev/domains': 'a.io, B.io,,' },
      ['a.io', 'b.io'],
    ],
  ])('are %s', (_, annotations, expected) => {
    expect(namespaceDomains(namespace(annotations))).toEqual(expected);
  });
});

describe('a host within domains', () => {
  it.each<[string, boolean]>([
    ['shop.example.com', true],
    ['SHOP.example.com', true],
    ['cart.shop.example.com', true],
    ['a.b.shop.example.com', true],
    ['example.com', false],
    ['bad-shop.example.com', false],
    ['xshop.example.com', false],
    ['shop.example.com.evil.io', false],
    ['shop.example.com.', false],
    ['*.shop.example.com', false],
    ['*', false],
    ['', false],
  ])('%p: %s', (host, expected) => {
    expect(isHostWithin(host, ['other.io', 'shop.example.com'])).toBe(expected);
  });

  it('is within nothing where there are no domains', () => {
    expect(isHostWithin('a.io', [])).toBe(false);
  });

  const label = fc.constantFrom('a', 'b', 'shop', 'x1');
  const name = fc
    .array(label, { minLength: 1, maxLength: 4 })
    .map(labels => labels.join('.'));

  it('exactly when its last labels are those of a domain', () => {
    fc.assert(
      fc.property(name, name, (host, domain) => {
        const own = host.split('.');
        const wanted = domain.split('.');
        const ends = own.slice(-wanted.length).join('.') === domain;
        expect(isHostWithin(host, [domain])).toBe(
          ends && own.length >= wanted.length,
        );
      }),
    );
  });
});

describe('why a host is refused', () => {
  it('is nothing where every host may be taken', () => {
    expect(hostNotAllowed('any.io', undefined)).toBeUndefined();
  });

  it('names the domains, and what to do', () => {
    expect(hostNotAllowed('any.io', ['a.io', 'b.io'])).toBe(
      'the host any.io is not in a domain of the tenant (a.io, b.io). Choose a host below one of them without wildcard, or have the domain added to `network.domains` of the Tenant.',
    );
    expect(hostNotAllowed('any.io', [])).toBe(
      'the host any.io is not allowed: the tenant has no domains. Have one added to `network.domains` of the Tenant.',
    );
  });

  it('stays short with many domains', () => {
    const domains = Array.from({ length: 100 }, (_, index) => `d${index}.io`);
    expect(hostNotAllowed('any.io', domains)).toContain(
      '(d0.io, d1.io, d2.io, d3.io, d4.io and 95 more)',
    );
  });
});

/** Renders a component that is exposed under a host. */
function exposed(host: string, domains: readonly string[] | undefined) {
  const component = {
    name: 'web',
    type: 'Deployment',
    image: 'web:1',
    ports: [{ port: 80 }],
    expose: { host },
  };
  const beside = { name: 'worker', type: 'Deployment', image: 'worker:1' };
  return renderApplication(
    applicationOf({ components: [component, beside] }),
    resolveContext({ domains }),
  );
}

describe('a component that is exposed', () => {
  it.each<[string, readonly string[] | undefined]>([
    ['where nobody said which hosts', undefined],
    ['in a domain of the tenant', ['example.com']],
  ])('is rendered %s', (_, domains) => {
    const { components, objects } = exposed('shop.example.com', domains);
    expect(components[0].blocked).toBeUndefined();
    expect(objects.map(({ object }) => object.kind)).toContain('Ingress');
  });

  it.each<[string, readonly string[]]>([
    ['outside the domains', ['example.org']],
    ['of a tenant without domains', []],
    ['next to a domain', ['op.example.com']],
  ])('is refused %s, and the others are not', (_, domains) => {
    const { components, objects } = exposed('shop.example.com', domains);
    expect(components[0].blocked).toMatchObject({
      reason: 'HostNotAllowed',
      message: expect.stringMatching(
        /^web: the host shop\.example\.com is not/,
      ),
    });
    expect(components[1].blocked).toBeUndefined();
    expect(objects.map(({ object }) => object.kind)).not.toContain('Ingress');
  });
});

/** Reasons for which the objects of a chart are refused in a namespace with these domains. */
function reasonsOf(object: object, domains?: readonly string[]) {
  const checked = checkObjects([object], { domains });
  return checked.kind === 'refused'
    ? checked.refusals.map(({ reason }) => reason)
    : [];
}

describe('the routes of a chart', () => {
  const ingress = (host: string, tls: readonly string[] = []) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'shop-redis' },
    spec: { rules: [{ host }], tls: [{ hosts: tls }] },
  });
  const route = (...hostnames: string[]) => ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'shop-redis' },
    spec: { hostnames },
  });

  it.each([
    ['an Ingress', ingress('a.shop.io')],
    ['a certificate', ingress('shop.io', ['b.shop.io'])],
    ['an HTTPRoute', route('shop.io', 'a.shop.io')],
  ])('may have hosts of the tenant: %s', (_, object) => {
    expect(reasonsOf(object, ['shop.io'])).toEqual([]);
    expect(reasonsOf(object)).toEqual([]);
  });

  it.each([
    ['an Ingress', ingress('shop.com')],
    ['a certificate', ingress('shop.io', ['shop.com'])],
    ['one of the hosts of an HTTPRoute', route('shop.io', 'shop.com')],
  ])('may have no others: %s', (_, object) => {
    expect(reasonsOf(object, ['shop.io'])).toEqual(['HostNotAllowed']);
    expect(reasonsOf(object, [])).toContain('HostNotAllowed');
    expect(reasonsOf(object)).toEqual([]);
  });

  it('have no wildcards, wherever these are, and are told so once', () => {
    expect(reasonsOf(ingress('*.shop.io'), ['shop.io'])).toEqual([
      'FieldNotAllowed',
    ]);
    expect(reasonsOf(route('*.shop.io'), ['shop.io'])).toEqual([
      'FieldNotAllowed',
    ]);
  });

  it('are misshapen without breaking anything', () => {
    const misshapen: KubeObject = {
      apiVersion: 'v1',
      kind: 'Ingress',
      metadata: { name: 'x' },
      spec: { rules: 7, tls: [{ hosts: [1, null] }, 'x'] },
    };
    expect(namedHosts(misshapen)).toEqual([]);
    expect(namedHosts({ ...misshapen, spec: undefined })).toEqual([]);
  });
});
