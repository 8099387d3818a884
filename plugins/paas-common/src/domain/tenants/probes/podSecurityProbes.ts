import { TenantProbe } from '../TenantProbe';
import { object, ProbeContext } from './attempts';

/** What would make pods less confined. */
export function podSecurityProbes({
  namespace,
}: ProbeContext): readonly TenantProbe[] {
  return [
    {
      id: 'admin-loosens-pod-security',
      dimension: 'podSecurity',
      title: 'An admin of the tenant switches Pod Security off.',
      as: 'admin',
      attempt: {
        verb: 'apply',
        object: object(
          { apiVersion: 'v1', kind: 'Namespace' },
          {
            name: namespace,
            labels: { 'pod-security.kubernetes.io/enforce': 'privileged' },
          },
          {},
        ),
      },
      refusedBy: ['rbac', 'admissionPolicy'],
    },
  ];
}
