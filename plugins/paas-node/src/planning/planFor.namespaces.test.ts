import { KubeError } from '@understage/kube';
import { KubeObject } from '@understage/plugin-paas-common';
import {
  namespace,
  application,
  setUp,
  kindsOf,
} from './__testUtils__/planWorld';

describe('the domains of a namespace', () => {
  it.each<[string, Record<string, string>, boolean]>([
    ['without a Tenant', {}, false],
    ['of the tenant', { 'understage.dev/domains': 'example.com' }, false],
    ['of another', { 'understage.dev/domains': 'example.org' }, true],
    ['of which there are none', { 'understage.dev/domains': '' }, true],
  ])(
    'decide which hosts are refused: a namespace with those %s',
    async (_, annotations, isRefused) => {
      const { view, plan } = setUp();
      view.put({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: namespace, annotations },
      });
      const { desired, plan: planned } = await plan(
        application({
          components: [
            {
              name: 'web',
              type: 'Deployment',
              image: 'web:1',
              ports: [{ port: 80 }],
              expose: { host: 'shop.example.com' },
            },
          ],
          dependencies: [],
        }),
      );
      expect(desired.components[0].blocked?.reason === 'HostNotAllowed').toBe(
        isRefused,
      );
      const kinds = planned.actions.map(({ ref }) => ref.kind);
      expect(kinds.includes('Ingress')).toBe(!isRefused);
    },
  );
});

describe('the owner of a namespace', () => {
  const owned = (owner?: string): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: namespace,
      ...(owner && { annotations: { 'understage.dev/owner': owner } }),
    },
  });

  it.each([
    ['nobody owns', undefined, 'team-data', 0],
    ['the same team owns', 'Team-Shop', 'group:default/team-shop', 0],
    ['another team owns', 'team-shop', 'team-data', 1],
  ])(
    'outranks the specification, which is told: a namespace that %s',
    async (_, owner, declared, count) => {
      const { view, plan } = setUp();
      view.put(owned(owner));
      const { desired, plan: planned } = await plan(
        application({ owner: declared }),
      );
      const told = desired.warnings.filter(
        ({ reason }) => reason === 'OwnerOverruled',
      );
      expect(told).toHaveLength(count);
      if (count > 0) {
        expect(told[0].message).toContain(
          'names group:default/team-data, but this namespace belongs to group:default/team-shop',
        );
      }
      // It runs all the same.
      expect(kindsOf(planned.actions)).toContain('create');
    },
  );
});

describe('planning hosts', () => {
  const host = 'shop.example.com';
  const exposing = () =>
    application({
      components: [
        {
          name: 'frontend',
          type: 'Deployment',
          image: 'frontend:1',
          ports: [{ name: 'http', port: 80 }],
          expose: { host },
        },
      ],
      dependencies: [],
    });
  const claim = (kind: string, of: string, spec: unknown): KubeObject => ({
    apiVersion:
      kind === 'Ingress'
        ? 'networking.k8s.io/v1'
        : 'gateway.networking.k8s.io/v1',
    kind,
    metadata: { name: 'web', namespace: of, uid: `uid-of-${of}` },
    spec,
  });

  it.each([
    ['an Ingress', claim('Ingress', 'far', { rules: [{ host }] })],
    [
      'an HTTPRoute',
      claim('HTTPRoute', 'far', { hostnames: ['*.example.com'] }),
    ],
  ])('refuses one that %s of another namespace has', async (_, foreign) => {
    const { view, plan } = setUp();
    view.put(foreign);
    const planned = await plan(exposing());
    expect(planned.plan.actions).toContainEqual(
      expect.objectContaining({ kind: 'refuse', reason: 'HostTaken' }),
    );
    expect(planned.problems).toEqual([]);
    view.remove(foreign);
    const { plan: after } = await plan(exposing());
    expect(after.actions.map(({ kind }) => kind)).not.toContain('refuse');
  });

  it('asks nobody when no host is wanted', async () => {
    const { view, plan } = setUp();
    view.forbid('Ingress', 'no');
    view.claimants = async () => {
      throw new Error('nobody was to be asked');
    };
    await expect(plan()).resolves.toBeDefined();
  });

  it('goes by the own namespace for a reader who may see no other, and says so', async () => {
    const { view, plan } = setUp();
    view.claimants = async type => {
      throw new KubeError(`${type.plural} is forbidden`, { status: 403 });
    };
    const planned = await plan(exposing());
    expect(planned.problems).toEqual([
      expect.stringContaining(
        `Whether another namespace has ${host} can not be seen: ingresses`,
      ),
      expect.stringContaining('httproutes of all namespaces'),
    ]);
    view.put(claim('Ingress', namespace, { rules: [{ host }] }));
    const { plan: refused } = await plan(exposing());
    expect(refused.actions).toContainEqual(
      expect.objectContaining({ reason: 'HostTaken' }),
    );
  });

  it('gives no host away on a guess: a cluster that does not answer is no free host', async () => {
    const { view, plan } = setUp();
    view.claimants = async () => {
      throw new KubeError('connection reset');
    };
    await expect(plan(exposing())).rejects.toThrow('connection reset');
  });
});
