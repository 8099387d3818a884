import { Attack, change, create, Use } from '../attack';
import { service } from '../manifests';

const services = 'policy understage-services';

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

/** What applications of a tenant need, as our renderer sends it. */
export const serviceUses: readonly Use[] = [
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
];
