import { Attack, create, Use } from '../attack';
import { networkPolicy } from '../manifests';

const networks = 'policy understage-network-policies';

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
export const networkUses: readonly Use[] = [
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
