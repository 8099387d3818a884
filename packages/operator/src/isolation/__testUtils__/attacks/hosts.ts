import { Attack, change, create, Use } from '../attack';
import { ingress, ingressRule, route } from '../manifests';

const ingresses = 'policy understage-ingresses';
const routes = 'policy understage-http-routes';

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

/** What applications of a tenant need, as our renderer sends it. */
export const hostUses: readonly Use[] = [
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
];
