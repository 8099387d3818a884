import fc from 'fast-check';
import { recordAt, recordsAt } from '../jsonValue';
import { KubeObject, refKey, refOf } from '../kubernetes';
import { sameJson } from '../planning';
import { parseQuantity } from '../planning/quantity';
import { Flow, flowAllowed, FlowEnd } from '../policies/flowAllowed';
import { Tenant } from '../../schema/Tenant';
import { renderTenant } from './renderTenant';
import { arbitraryTenant, tenantOf } from './testing/tenantOf';

function objectsOf(tenant: Tenant): readonly KubeObject[] {
  return renderTenant(tenant, { retainedVolumes: [] }).objects;
}

/** The object of a kind and name that a specification is rendered to. */
function objectOf(
  spec: Readonly<Record<string, unknown>>,
  kind: string,
  name?: string,
): KubeObject {
  const found = objectsOf(tenantOf(spec)).find(
    object =>
      object.kind === kind &&
      (name === undefined || object.metadata.name === name),
  );
  if (!found) throw new Error(`no ${kind} ${name ?? ''} is rendered`);
  return found;
}

describe('the bundle', () => {
  it('of the least that can be said is whole', () => {
    const names = objectsOf(tenantOf()).map(
      ({ kind, metadata }) => `${kind} ${metadata.name}`,
    );
    expect(names).toEqual([
      'ClusterRole understage:tenant:shop',
      'ClusterRole understage:tenant:shop:admin',
      'Namespace shop',
      'NetworkPolicy understage-default-deny',
      'NetworkPolicy understage-dns',
      'ResourceQuota understage-quota',
      'ServiceAccount understage-deployer',
      'ServiceAccount understage-probe-admin',
      'ServiceAccount understage-probe-developer',
      'ServiceAccount understage-probe-viewer',
      'ServiceAccount understage-probe-pods',
      'RoleBinding understage-deployer',
      'RoleBinding understage-tenant-admin',
      'RoleBinding understage-tenant-developer',
      'RoleBinding understage-tenant-viewer',
      'RoleBinding understage-probe-pods',
    ]);
  });

  it('is the same for the same tenant, and names nothing twice', () => {
    fc.assert(
      fc.property(arbitraryTenant, tenant => {
        const objects = objectsOf(tenant);
        expect(objectsOf(structuredClone(tenant))).toEqual(objects);
        const keys = objects.map(object => refKey(refOf(object)));
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  it('says on every object whose it is, by name and by uid', () => {
    fc.assert(
      fc.property(arbitraryTenant, tenant => {
        const { namespaces, objects } = renderTenant(tenant, {
          retainedVolumes: [],
        });
        const environmentOf = new Map(
          namespaces.map(each => [each.namespace, each.environment]),
        );
        for (const { kind, metadata } of objects) {
          const place =
            kind === 'Namespace' ? metadata.name : metadata.namespace;
          const environment = environmentOf.get(place ?? '');
          expect(metadata.labels).toMatchObject({
            'app.kubernetes.io/managed-by': 'understage',
            'understage.dev/bundle': 'tenant',
            'understage.dev/tenant': 'shop',
            ...(environment && { 'understage.dev/environment': environment }),
          });
          expect(metadata.annotations).toMatchObject({
            'understage.dev/tenant-uid': 'uid-shop',
          });
          expect(metadata.ownerReferences).toBeUndefined();
        }
      }),
    );
  });

  it('holds nothing that is not JSON', () => {
    fc.assert(
      fc.property(arbitraryTenant, tenant => {
        for (const object of objectsOf(tenant)) {
          expect(JSON.parse(JSON.stringify(object))).toEqual(object);
        }
      }),
    );
  });
});

describe('the namespaces', () => {
  it.each([
    ['one environment', [{ name: 'prod' }], ['shop']],
    ['several', [{ name: 'dev' }, { name: 'prod' }], ['shop-dev', 'shop-prod']],
    [
      'one that is taken over',
      [{ name: 'dev', adopt: 'old' }, { name: 'prod' }],
      ['old', 'shop-prod'],
    ],
    ['a single one that is taken over', [{ name: 'a', adopt: 'old' }], ['old']],
  ])('of %s have their names', (_, environments, expected) => {
    const { namespaces, objects } = renderTenant(tenantOf({ environments }), {
      retainedVolumes: [],
    });
    expect(namespaces.map(({ namespace }) => namespace)).toEqual(expected);
    expect(namespaces.map(({ adopted }) => adopted)).toEqual(
      environments.map(each => 'adopt' in each),
    );
    const rendered = objects.filter(({ kind }) => kind === 'Namespace');
    expect(rendered.map(({ metadata }) => metadata.name)).toEqual(expected);
  });

  it.each(['restricted', 'baseline'])('enforce %s, at the latest', standard => {
    const { labels } = objectOf(
      { podSecurity: standard },
      'Namespace',
    ).metadata;
    for (const mode of ['enforce', 'audit', 'warn']) {
      expect(labels).toMatchObject({
        [`pod-security.kubernetes.io/${mode}`]: standard,
        [`pod-security.kubernetes.io/${mode}-version`]: 'latest',
      });
    }
  });

  const annotation = (spec: object, name: string, volumes: string[] = []) => {
    const { objects } = renderTenant(tenantOf({ ...spec }), {
      retainedVolumes: volumes,
    });
    const found = objects.find(({ kind }) => kind === 'Namespace');
    return found?.metadata.annotations?.[`understage.dev/${name}`];
  };

  it.each<[string, object, string]>([
    ['owner', {}, 'group:default/team-shop'],
    ['domains', {}, ''],
    ['domains', { network: { domains: ['b.io', 'a.io'] } }, 'b.io,a.io'],
    ['storage-classes', {}, '*'],
    [
      'storage-classes',
      { storage: { classes: [{ name: 'fast' }, { name: 'slow' }] } },
      'fast,slow',
    ],
    ['grants', {}, ''],
    ['grants', { quota: { loadBalancers: 0 } }, ''],
    ['grants', { quota: { loadBalancers: 1 } }, 'load-balancers'],
    [
      'grants',
      { network: { egress: { internet: true, cidrs: ['10.1.0.0/16'] } } },
      'internet,10.1.0.0/16',
    ],
    ['volumes', {}, ''],
  ])('tell admission policies: %s of %j', (name, spec, expected) => {
    expect(annotation(spec, name)).toBe(expected);
  });

  it('tell which retained volumes may be named, in order', () => {
    expect(annotation({}, 'volumes', ['pv-b', 'pv-a'])).toBe('pv-a,pv-b');
  });

  it('are granted what their own quota says', () => {
    const { objects } = renderTenant(
      tenantOf({
        quota: { loadBalancers: 1 },
        environments: [{ name: 'dev', quota: { pods: 1 } }, { name: 'prod' }],
      }),
      { retainedVolumes: [] },
    );
    const grants = objects
      .filter(({ kind }) => kind === 'Namespace')
      .map(({ metadata }) => metadata.annotations?.['understage.dev/grants']);
    expect(grants).toEqual(['', 'load-balancers']);
  });
});

describe('the quota', () => {
  const hard = (spec: object) =>
    recordAt(objectOf({ ...spec }, 'ResourceQuota'), 'spec', 'hard');

  it('of nothing still counts what opens the cluster', () => {
    expect(hard({})).toEqual({
      'services.loadbalancers': '0',
      'services.nodeports': '0',
    });
  });

  it('has each amount under the name that the cluster counts it by', () => {
    expect(
      hard({
        quota: {
          cpu: '4',
          memory: '8Gi',
          pods: 20,
          storage: '1Ti',
          gpu: 2,
          services: 10,
          objects: 50,
        },
        storage: {
          classes: [{ name: 'fast', quota: '1Gi' }, { name: 'slow' }],
        },
      }),
    ).toEqual({
      'requests.cpu': '4',
      'requests.memory': '8Gi',
      pods: '20',
      'requests.storage': '1Ti',
      'requests.nvidia.com/gpu': '2',
      services: '10',
      'services.loadbalancers': '0',
      'services.nodeports': '0',
      'count/applications.paas.understage.dev': '50',
      'count/jobs.batch': '50',
      configmaps: '50',
      secrets: '50',
      persistentvolumeclaims: '50',
      'fast.storageclass.storage.k8s.io/requests.storage': '1Gi',
    });
  });

  it('leaves node ports to the load balancers that are granted', () => {
    expect(hard({ quota: { loadBalancers: 3 } })).toEqual({
      'services.loadbalancers': '3',
    });
  });

  it('of an environment replaces that of the tenant as a whole', () => {
    expect(
      hard({
        quota: { cpu: '4', pods: 20 },
        environments: [{ name: 'prod', quota: { pods: 5 } }],
      }),
    ).toEqual({
      pods: '5',
      'services.loadbalancers': '0',
      'services.nodeports': '0',
    });
  });
});

describe('the limits', () => {
  const item = (spec: object) =>
    recordsAt(objectOf({ ...spec }, 'LimitRange'), 'spec', 'limits')[0];

  it('are absent when nothing is said and nothing is counted', () => {
    const kinds = (spec: object) =>
      objectsOf(tenantOf({ ...spec })).map(({ kind }) => kind);
    expect(kinds({})).not.toContain('LimitRange');
    expect(kinds({ quota: { pods: 3 } })).not.toContain('LimitRange');
    expect(kinds({ quota: { cpu: '3' } })).toContain('LimitRange');
  });

  it.each<[string, object, object]>([
    [
      'a request for what is counted',
      { quota: { cpu: '4', memory: '1Gi' } },
      { defaultRequest: { cpu: '100m', memory: '128Mi' } },
    ],
    [
      'only for what is counted',
      { quota: { memory: '1Gi' } },
      { defaultRequest: { memory: '128Mi' } },
    ],
    [
      "the tenant's own",
      { quota: { cpu: '4' }, limits: { defaultRequest: { cpu: '250m' } } },
      { defaultRequest: { cpu: '250m' } },
    ],
    [
      'at least the least',
      { quota: { cpu: '4' }, limits: { min: { cpu: '200m' } } },
      { min: { cpu: '200m' }, defaultRequest: { cpu: '200m' } },
    ],
    [
      'at most the most',
      { quota: { cpu: '4' }, limits: { max: { cpu: '50m' } } },
      { max: { cpu: '50m' }, defaultRequest: { cpu: '50m' } },
    ],
    [
      'a part of the limit that its ratio allows',
      {
        quota: { cpu: '4' },
        limits: { default: { cpu: '1' }, maxLimitRequestRatio: { cpu: 3 } },
      },
      {
        default: { cpu: '1' },
        maxLimitRequestRatio: { cpu: '3' },
        defaultRequest: { cpu: '334m' },
      },
    ],
  ])('give a container that says nothing %s', (_, spec, expected) => {
    const { type, ...amounts } = item(JSON.parse(JSON.stringify(spec)));
    expect(type).toBe('Container');
    expect(JSON.parse(JSON.stringify(amounts))).toEqual(
      'maxLimitRequestRatio' in expected
        ? { ...expected, maxLimitRequestRatio: amounts.maxLimitRequestRatio }
        : expected,
    );
  });

  it('let a container start that says nothing, whatever they are', () => {
    fc.assert(
      fc.property(arbitraryTenant, tenant => {
        const ranges = objectsOf(tenant).filter(
          ({ kind }) => kind === 'LimitRange',
        );
        for (const range of ranges) {
          const [limits] = recordsAt(range, 'spec', 'limits');
          for (const resource of ['cpu', 'memory']) {
            const at = (field: string) =>
              parseQuantity(recordAt(limits, field)[resource]);
            const limit = at('default') ?? at('max');
            const request = at('defaultRequest') ?? limit;
            if (request === undefined) continue;
            expect(request >= (at('min') ?? 0n)).toBe(true);
            expect(request <= (limit ?? request)).toBe(true);
            const ratio = at('maxLimitRequestRatio');
            if (ratio === undefined || limit === undefined) continue;
            expect(limit * 1_000_000_000n <= request * ratio).toBe(true);
          }
        }
      }),
    );
  });
});

describe('who may do what', () => {
  const members = [
    { group: 'group:default/admins', role: 'admin' },
    { group: 'group:default/developers', role: 'developer' },
    { user: 'user:default/vera', role: 'viewer' },
  ];
  const subjects = (role: string) =>
    objectOf({ members }, 'RoleBinding', role).subjects;
  const account = (name: string) => ({
    kind: 'ServiceAccount',
    namespace: 'shop',
    name,
  });
  const person = (kind: string, name: string) => ({
    kind,
    apiGroup: 'rbac.authorization.k8s.io',
    name,
  });

  it('is bound by role, to members and to the account that is tried', () => {
    expect(subjects('understage-tenant-admin')).toEqual([
      person('Group', 'understage:group:default/admins'),
      account('understage-probe-admin'),
    ]);
    expect(subjects('understage-tenant-viewer')).toEqual([
      person('User', 'understage:user:default/vera'),
      account('understage-probe-viewer'),
    ]);
    expect(subjects('understage-probe-pods')).toEqual([
      account('understage-probe-pods'),
    ]);
    expect(subjects('understage-deployer')).toEqual([
      account('understage-deployer'),
    ]);
  });

  it('is one of the fixed roles, and never another', () => {
    fc.assert(
      fc.property(arbitraryTenant, tenant => {
        const bindings = objectsOf(tenant).filter(
          ({ kind }) => kind === 'RoleBinding',
        );
        for (const { roleRef, metadata } of bindings) {
          expect(roleRef).toEqual({
            apiGroup: 'rbac.authorization.k8s.io',
            kind: 'ClusterRole',
            name: metadata.name,
          });
          expect(metadata.name).toMatch(
            /^understage-(deployer|probe-pods|tenant-(admin|developer|viewer))$/,
          );
        }
      }),
    );
  });

  it('mounts no token anywhere', () => {
    const accounts = objectsOf(tenantOf({ members })).filter(
      ({ kind }) => kind === 'ServiceAccount',
    );
    expect(accounts).toHaveLength(5);
    for (const each of accounts) {
      expect(each.automountServiceAccountToken).toBe(false);
    }
  });

  it('of their own Tenant: everybody sees it, admins change it, nobody has another', () => {
    const name = 'understage:tenant:shop';
    const rules = (role: string) =>
      objectOf({ members }, 'ClusterRole', role).rules;
    const rule = (verbs: readonly string[]) => [
      {
        apiGroups: ['paas.understage.dev'],
        resources: ['tenants'],
        resourceNames: ['shop'],
        verbs,
      },
    ];
    expect(rules(name)).toEqual(rule(['get']));
    expect(rules(`${name}:admin`)).toEqual(rule(['patch', 'update']));
    const bound = (role: string) =>
      recordsAt(objectOf({ members }, 'ClusterRoleBinding', role), 'subjects');
    expect(bound(name)).toHaveLength(3);
    expect(bound(`${name}:admin`)).toEqual([
      person('Group', 'understage:group:default/admins'),
    ]);
  });

  it('is bound to nobody for the cluster while there is nobody', () => {
    const kinds = objectsOf(tenantOf()).map(({ kind }) => kind);
    expect(kinds).not.toContain('ClusterRoleBinding');
  });
});

describe('the network', () => {
  const pod = (namespace: string, labels: Record<string, string> = {}) =>
    ({ kind: 'pod', namespace, labels } as const);
  const outside = (ip: string) => ({ kind: 'external', ip } as const);
  const labelled = (tenant: string) => ({ 'understage.dev/tenant': tenant });
  const namespaces = {
    shop: labelled('shop'),
    data: labelled('data'),
    mail: labelled('mail'),
  };

  function isAllowed(
    network: object,
    flow: { readonly from: FlowEnd; readonly to: FlowEnd } & Partial<Flow>,
  ): boolean {
    const policies = objectsOf(tenantOf({ network })).filter(
      ({ kind }) => kind === 'NetworkPolicy',
    );
    return flowAllowed({
      policies,
      namespaces,
      port: 8080,
      protocol: 'TCP',
      ...flow,
    });
  }

  const own = pod('shop');
  const dns = pod('kube-system', { 'k8s-app': 'kube-dns' });
  const tenants = { egress: { tenants: ['data'] }, allowTenants: ['mail'] };
  const everywhere = { egress: { internet: true } };
  const range = { egress: { cidrs: ['10.20.0.0/16'] } };
  const front = { allowFrom: ['ingress'] };

  it.each<[string, object, FlowEnd, FlowEnd, boolean]>([
    ['nobody in', {}, pod('data'), own, false],
    ['nobody in from outside', {}, outside('192.0.2.1'), own, false],
    ['nobody to each other', {}, own, own, false],
    ['nobody out', {}, own, pod('data'), false],
    ['nobody to the internet', {}, own, outside('192.0.2.1'), false],
    ['the ingress in', front, pod('ingress'), own, true],
    ['nobody else in', front, pod('data'), own, false],
    ['no namespace in that only looks so', front, pod('ingress-2'), own, false],
    ['a tenant in that may', tenants, pod('mail'), own, true],
    ['a tenant in that may be called', tenants, pod('data'), own, false],
    ['calls to a tenant', tenants, own, pod('data'), true],
    ['no calls to a tenant that may call', tenants, own, pod('mail'), false],
    ['calls to the internet', everywhere, own, outside('192.0.2.1'), true],
    ['IPv6 too', everywhere, own, outside('2001:db8::1'), true],
    ['calls into a range', range, own, outside('10.20.3.4'), true],
    ['no calls beside it', range, own, outside('10.21.3.4'), false],
  ])('lets %s', (_, network, from, to, expected) => {
    expect(isAllowed(network, { from, to })).toBe(expected);
  });

  it.each([
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '100.100.100.200',
    '0.0.0.0',
    'fd00:ec2::254',
    'fe80::1',
    '::1',
  ])('is not the internet: %s', ip => {
    expect(isAllowed(everywhere, { from: own, to: outside(ip) })).toBe(false);
  });

  it('lets names be looked up, and nothing else of the cluster be called', () => {
    const asks = (to: FlowEnd, port: number, protocol: 'TCP' | 'UDP') =>
      isAllowed({}, { from: own, to, port, protocol });
    expect(asks(dns, 53, 'UDP')).toBe(true);
    expect(asks(dns, 53, 'TCP')).toBe(true);
    expect(asks(dns, 8080, 'TCP')).toBe(false);
    expect(asks(pod('kube-system'), 53, 'UDP')).toBe(false);
    expect(asks(pod('data', { 'k8s-app': 'kube-dns' }), 53, 'UDP')).toBe(false);
  });

  it('lets a stranger in never, and metadata services be called never', () => {
    fc.assert(
      fc.property(arbitraryTenant, tenant => {
        const { namespaces: places, objects } = renderTenant(tenant, {
          retainedVolumes: [],
        });
        const policies = objects.filter(({ kind }) => kind === 'NetworkPolicy');
        for (const { namespace } of places) {
          const base = {
            policies,
            namespaces,
            port: 80,
            protocol: 'TCP',
          } as const;
          const here = pod(namespace);
          const stranger = pod('stranger');
          expect(flowAllowed({ ...base, from: stranger, to: here })).toBe(
            false,
          );
          expect(
            flowAllowed({
              ...base,
              from: here,
              to: outside('169.254.169.254'),
            }),
          ).toBe(false);
        }
      }),
    );
  });

  it('says lists that are empty, so that rules which somebody adds do not stay', () => {
    const deny = objectOf({}, 'NetworkPolicy', 'understage-default-deny');
    expect(deny.spec).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
      ingress: [],
      egress: [],
    });
  });

  it('does not depend on the order of lists that are sets', () => {
    const policy = (network: object) =>
      objectOf({ network }, 'NetworkPolicy', 'understage-exceptions').spec;
    const turned = (list: readonly string[]) => [...list].reverse();
    const allowFrom = ['a', 'b'];
    const cidrs = ['10.1.0.0/16', '10.2.0.0/16'];
    const named = ['mail', 'data'];
    expect(
      sameJson(
        policy({ allowFrom, egress: { cidrs, tenants: named } }),
        policy({
          allowFrom: turned(allowFrom),
          egress: { cidrs: turned(cidrs), tenants: turned(named) },
        }),
      ),
    ).toBe(true);
  });
});
