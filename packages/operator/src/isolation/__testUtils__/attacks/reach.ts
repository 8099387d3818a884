import { Attack, change, create, Use } from '../attack';
import {
  claim,
  ingress,
  ingressRule,
  networkPolicy,
  route,
  service,
} from '../manifests';

const claims = 'policy understage-claims';
const volumes = 'policy understage-volumes';
const services = 'policy understage-services';
const ingresses = 'policy understage-ingresses';
const routes = 'policy understage-http-routes';
const networks = 'policy understage-network-policies';
const volume = 'v1 PersistentVolume data-kept';

/** Volumes of others. */
export const storageAttacks: readonly Attack[] = [
  {
    id: 'S3',
    title: "a claim names another tenant's volume",
    as: 'deployer',
    request: create(claim({ volumeName: 'data-kept' })),
    refused: claims,
  },
  {
    id: 'S3',
    title: "a claim that waits is pointed at another tenant's volume",
    as: 'deployer',
    request: change('v1 PersistentVolumeClaim shop/waiting', {
      spec: { volumeName: 'data-kept' },
    }),
    refused: claims,
  },
  {
    id: 'S3',
    title: "a claim selects another tenant's volumes by label",
    as: 'deployer',
    request: create(
      claim({ selector: { matchLabels: { 'understage.dev/tenant': 'data' } } }),
    ),
    refused: claims,
  },
  {
    id: 'S3',
    title: 'a claim selects volumes of anybody',
    as: 'deployer',
    request: create(
      claim({
        selector: {
          matchExpressions: [
            { key: 'understage.dev/tenant', operator: 'Exists' },
          ],
        },
      }),
    ),
    refused: claims,
  },
  {
    id: 'S3',
    title: 'a claim asks for a class that the tenant may not use',
    as: 'deployer',
    request: create(claim({ storageClassName: 'gold' })),
    refused: claims,
  },
  {
    id: 'S3',
    title: 'a claim asks for volumes without a class, which somebody left',
    as: 'deployer',
    request: create(claim({ storageClassName: '' })),
    refused: claims,
  },
  {
    id: 'S3',
    title: "the binder gives another tenant's volume to a claim",
    as: 'binder',
    request: change('v1 PersistentVolume data-free', {
      spec: {
        claimRef: {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          namespace: 'shop',
          name: 'waiting',
        },
      },
    }),
    refused: volumes,
  },
  {
    id: 'S3',
    title: "somebody makes another tenant's volume their own with a label",
    as: 'careless',
    request: change(volume, {
      metadata: { labels: { 'understage.dev/tenant': 'shop' } },
    }),
    refused: volumes,
  },
  {
    id: 'S3',
    title: 'somebody makes a volume nobody’s, so that the next claim gets it',
    as: 'careless',
    request: change(volume, {
      metadata: { labels: { 'understage.dev/tenant': null } },
    }),
    refused: volumes,
  },
  {
    id: 'S5',
    title: 'the deployer makes a volume of a directory of the node',
    as: 'deployer',
    request: create({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: 'node' },
      spec: {
        capacity: { storage: '1Gi' },
        accessModes: ['ReadWriteOnce'],
        hostPath: { path: '/' },
      },
    }),
    refused: 'rbac',
  },
];

/** Ways in. */
export const serviceAttacks: readonly Attack[] = [
  ...['NodePort', 'ExternalName', 'LoadBalancer'].map(
    type =>
      ({
        id: 'S5' as const,
        title: `a Service of type ${type}`,
        as: 'deployer' as const,
        request: create(
          service({
            type,
            ...(type === 'ExternalName'
              ? { externalName: 'kubernetes.default.svc' }
              : {}),
          }),
        ),
        refused: services,
      } satisfies Attack),
  ),
  {
    id: 'S5',
    title: 'a Service that takes traffic for an address of somebody else',
    as: 'deployer',
    request: create(service({ externalIPs: ['192.0.2.10'] })),
    refused: services,
  },
  {
    id: 'S5',
    title: 'a Service that is there becomes a NodePort',
    as: 'deployer',
    request: change('v1 Service shop/web', { spec: { type: 'NodePort' } }),
    refused: services,
  },
];

const secretName = 'tls';

/** Hosts of others. */
export const hostAttacks: readonly Attack[] = [
  ...[
    ['of another tenant', 'www.data.example.com'],
    ['that only looks like one of ours', 'evilshop.example.com'],
    ['above the domain', 'example.com'],
    ['with a wildcard', '*.shop.example.com'],
    ['without a name', undefined],
  ].map(
    ([what, host]) =>
      ({
        id: 'S5' as const,
        title: `an Ingress for a host ${what}`,
        as: 'deployer' as const,
        request: create(ingress({ rules: [ingressRule(host)] })),
        refused: ingresses,
      } satisfies Attack),
  ),
  {
    id: 'S5',
    title: 'an Ingress with one good host and one of another tenant',
    as: 'deployer',
    request: create(
      ingress({
        rules: [
          ingressRule('www.shop.example.com'),
          ingressRule('www.data.example.com'),
        ],
      }),
    ),
    refused: ingresses,
  },
  {
    id: 'S5',
    title: 'an Ingress that takes what is nobody’s',
    as: 'deployer',
    request: create(
      ingress({
        defaultBackend: { service: { name: 'web', port: { number: 80 } } },
      }),
    ),
    refused: ingresses,
  },
  {
    id: 'S5',
    title: 'an Ingress with a certificate for the host of another tenant',
    as: 'deployer',
    request: create(
      ingress({
        rules: [ingressRule('www.shop.example.com')],
        tls: [{ hosts: ['www.data.example.com'], secretName }],
      }),
    ),
    refused: ingresses,
  },
  {
    id: 'S5',
    title: 'an Ingress with a certificate for every host',
    as: 'deployer',
    request: create(
      ingress({
        rules: [ingressRule('www.shop.example.com')],
        tls: [{ secretName }],
      }),
    ),
    refused: ingresses,
  },
  ...['server-alias', 'configuration-snippet', 'server-snippet'].map(
    key =>
      ({
        id: 'S5' as const,
        title: `an Ingress that reaches into the controller with ${key}`,
        as: 'deployer' as const,
        request: create(
          ingress(
            { rules: [ingressRule('www.shop.example.com')] },
            { [`nginx.ingress.kubernetes.io/${key}`]: 'www.data.example.com' },
          ),
        ),
        refused: ingresses,
      } satisfies Attack),
  ),
  {
    id: 'S5',
    title: 'an Ingress that is there gets an alias of another tenant',
    as: 'deployer',
    request: change('networking.k8s.io/v1 Ingress shop/web', {
      metadata: {
        annotations: {
          'nginx.ingress.kubernetes.io/server-alias': 'www.data.example.com',
        },
      },
    }),
    refused: ingresses,
  },
  {
    id: 'S5',
    title: 'a route for the host of another tenant',
    as: 'deployer',
    request: create(route({ hostnames: ['www.data.example.com'] })),
    refused: routes,
  },
  {
    id: 'S5',
    title: 'a route for every host',
    as: 'deployer',
    request: create(route({ hostnames: [] })),
    refused: routes,
  },
  {
    id: 'S3',
    title: 'a route to a service of another namespace',
    as: 'deployer',
    request: create(
      route({
        rules: [
          { backendRefs: [{ name: 'web', namespace: 'data', port: 80 }] },
        ],
      }),
    ),
    refused: routes,
  },
  {
    id: 'S3',
    title: 'a route that copies its requests to another namespace',
    as: 'deployer',
    request: create(
      route({
        rules: [
          {
            backendRefs: [{ name: 'web', port: 80 }],
            filters: [
              {
                type: 'RequestMirror',
                requestMirror: {
                  backendRef: { name: 'web', namespace: 'data', port: 80 },
                },
              },
            ],
          },
        ],
      }),
    ),
    refused: routes,
  },
];

const byName = (name: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
});
const block = (cidr: string, except?: readonly string[]) => ({
  egress: [{ to: [{ ipBlock: { cidr, ...(except ? { except } : {}) } }] }],
});
const anyNamespace = { namespaceSelector: {} };
const nearlyAny = {
  namespaceSelector: {
    matchExpressions: [{ key: 'nobody-has-this', operator: 'DoesNotExist' }],
  },
};

const openings: readonly (readonly [
  id: 'S3' | 'S14',
  what: string,
  spec: object,
])[] = [
  ['S3', 'lets every namespace in', { ingress: [{ from: [anyNamespace] }] }],
  [
    'S3',
    'lets every namespace in, said otherwise',
    { ingress: [{ from: [nearlyAny] }] },
  ],
  ['S3', 'lets everybody in', { ingress: [{}] }],
  [
    'S3',
    'lets everybody in to a port',
    { ingress: [{ ports: [{ port: 80 }] }] },
  ],
  [
    'S3',
    'lets everybody outside in',
    { ingress: [{ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }] },
  ],
  ['S3', 'lets calls to everywhere out', { egress: [{}] }],
  [
    'S3',
    'lets calls to every namespace out',
    { egress: [{ to: [anyNamespace] }] },
  ],
  [
    'S3',
    'lets calls to another tenant out',
    { egress: [{ to: [byName('data')] }] },
  ],
  [
    'S3',
    'lets calls to all of kube-system out',
    { egress: [{ to: [byName('kube-system')] }] },
  ],
  [
    'S3',
    'lets calls to more of the DNS server out than DNS',
    {
      egress: [
        {
          to: [
            {
              ...byName('kube-system'),
              podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
            },
          ],
        },
      ],
    },
  ],
  ['S14', 'opens the metadata service', block('169.254.169.254/32')],
  ['S14', 'opens a private range', block('10.0.0.0/8')],
  [
    'S14',
    'opens everything with little left out',
    block('0.0.0.0/0', ['10.0.0.0/8']),
  ],
  ['S14', 'opens everything of IPv6', block('::/0')],
];

const inside = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8'],
  ...['169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'],
];

/** Network policies that open too much. */
export const networkAttacks: readonly Attack[] = [
  ...openings.map(
    ([id, what, spec]): Attack => ({
      id,
      title: `a network policy of an application ${what}`,
      as: 'deployer',
      request: create(networkPolicy(spec)),
      refused: networks,
    }),
  ),
  ...(
    [
      ['public addresses', block('0.0.0.0/0', inside)],
      ['one public address', block('203.0.113.7/32')],
      ['more than the range that is granted', block('198.51.100.0/23')],
      ['addresses next to the range that is granted', block('198.51.101.0/24')],
    ] as const
  ).map(
    ([what, spec]): Attack => ({
      id: 'S14',
      title: `a network policy lets calls to ${what} out, of a tenant without internet`,
      as: 'foreignDeployer',
      request: create(networkPolicy(spec, { namespace: 'data' })),
      refused: networks,
    }),
  ),
];

/** What applications of a tenant need, as our renderer sends it. */
export const reachUses: readonly Use[] = [
  ...(
    [
      ['of the class of the tenant', {}],
      ['on a volume that was handed over', { volumeName: 'shop-kept' }],
      [
        'that selects volumes of its own tenant',
        { selector: { matchLabels: { 'understage.dev/tenant': 'shop' } } },
      ],
    ] as const
  ).map(([what, spec]) => ({
    title: `a claim ${what}`,
    as: 'deployer' as const,
    request: create(claim(spec)),
  })),
  {
    title: 'the binder says which volume it found for a claim',
    as: 'binder',
    request: change('v1 PersistentVolumeClaim shop/waiting', {
      spec: { volumeName: 'any' },
    }),
  },
  {
    title: 'whoever may create tenants hands a volume to a claim',
    as: 'admin',
    request: change('v1 PersistentVolume data-free', {
      spec: { claimRef: { namespace: 'data', name: 'restored' } },
    }),
  },
  {
    title: 'a Service inside',
    as: 'deployer',
    request: create(service({})),
  },
  {
    title: 'a load balancer where one is granted',
    as: 'foreignDeployer',
    request: create({
      ...service({ type: 'LoadBalancer' }),
      metadata: { name: 'attack', namespace: 'data' },
    }),
  },
  ...['shop.example.com', 'www.shop.example.com'].map(host => ({
    title: `an Ingress for ${host}`,
    as: 'deployer' as const,
    request: create(
      ingress({
        rules: [ingressRule(host)],
        tls: [{ hosts: [host], secretName }],
      }),
    ),
  })),
  {
    title:
      'a route for a host of the tenant through the gateway of the platform',
    as: 'deployer',
    request: create(route({})),
  },
  ...(
    [
      ['public addresses', block('0.0.0.0/0', inside)],
      [
        'public addresses of IPv6',
        block('::/0', ['::1/128', 'fc00::/7', 'fe80::/10']),
      ],
      ['one public address', block('203.0.113.7/32')],
      ['a granted range', block('198.51.100.128/25')],
      ['a private address in a granted range', block('10.20.30.40/32')],
      ['its own pods', { egress: [{ to: [{ podSelector: {} }] }] }],
    ] as const
  ).map(([what, spec]) => ({
    title: `a network policy that lets calls to ${what} out`,
    as: 'deployer' as const,
    request: create(networkPolicy(spec)),
  })),
  ...(
    [
      ['monitoring', [byName('monitoring')]],
      [
        'the ingress controller',
        [
          {
            namespaceSelector: {
              matchLabels: { 'understage.dev/ingress': 'true' },
            },
          },
        ],
      ],
      ['its own pods', [{ podSelector: { matchLabels: { app: 'web' } } }]],
    ] as const
  ).map(([what, from]) => ({
    title: `a network policy that lets ${what} in`,
    as: 'deployer' as const,
    request: create(networkPolicy({ ingress: [{ from }] })),
  })),
];
