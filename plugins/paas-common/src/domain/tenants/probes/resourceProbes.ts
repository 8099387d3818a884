import { TenantProbe } from '../TenantProbe';
import { inNamespace, NAME, object, ProbeContext, quotaIn } from './attempts';

/** What would take more than the share. */
export function resourceProbes({
  namespace,
  tenant,
}: ProbeContext): readonly TenantProbe[] {
  const quota = quotaIn(tenant, namespace);
  return [
    {
      id: 'admin-removes-quota',
      dimension: 'resources',
      title: 'An admin of the tenant removes its quota.',
      as: 'admin',
      attempt: {
        verb: 'delete',
        ref: inNamespace('v1', 'ResourceQuota', {
          namespace,
          name: 'understage-quota',
        }),
      },
      refusedBy: ['rbac', 'admissionPolicy'],
    },
    {
      id: 'deployer-writes-limits',
      dimension: 'resources',
      title: 'The deployer sets limits of its own.',
      as: 'deployer',
      attempt: {
        verb: 'create',
        object: object(
          { apiVersion: 'v1', kind: 'LimitRange' },
          { name: NAME, namespace },
          { spec: { limits: [{ type: 'Container', max: { cpu: '1000' } }] } },
        ),
      },
      refusedBy: ['rbac', 'admissionPolicy'],
    },
    ...(quota.loadBalancers
      ? []
      : [
          {
            id: 'service-takes-load-balancer',
            dimension: 'resources',
            title: 'A service takes a load balancer that was not granted.',
            as: 'deployer',
            attempt: {
              verb: 'create',
              object: object(
                { apiVersion: 'v1', kind: 'Service' },
                { name: NAME, namespace },
                { spec: { type: 'LoadBalancer', ports: [{ port: 80 }] } },
              ),
            },
            refusedBy: ['admissionPolicy', 'quota'],
          } as const,
        ]),
  ];
}
