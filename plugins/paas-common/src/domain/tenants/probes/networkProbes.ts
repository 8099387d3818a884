import { TenantProbe } from '../TenantProbe';
import { inNamespace, NAME, object, ProbeContext } from './attempts';

/** What would open the environment. */
export function networkProbes({
  namespace,
}: ProbeContext): readonly TenantProbe[] {
  const open = (fields: object) =>
    object(
      { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
      { name: NAME, namespace },
      { spec: { podSelector: {}, ...fields } },
    );
  const service = (spec: object) =>
    object(
      { apiVersion: 'v1', kind: 'Service' },
      { name: NAME, namespace },
      { spec: { ports: [{ port: 80 }], ...spec } },
    );
  const policy = ['admissionPolicy'] as const;
  return [
    {
      id: 'deployer-removes-default-deny',
      dimension: 'network',
      title: 'The deployer removes the policy that closes the environment.',
      as: 'deployer',
      attempt: {
        verb: 'delete',
        ref: inNamespace('networking.k8s.io/v1', 'NetworkPolicy', {
          namespace,
          name: 'understage-default-deny',
        }),
      },
      refusedBy: policy,
    },
    {
      id: 'deployer-opens-to-every-namespace',
      dimension: 'network',
      title: 'The deployer lets the pods of every namespace in.',
      as: 'deployer',
      attempt: {
        verb: 'create',
        object: open({
          policyTypes: ['Ingress'],
          ingress: [{ from: [{ namespaceSelector: {} }] }],
        }),
      },
      refusedBy: policy,
    },
    {
      id: 'deployer-opens-everything-out',
      dimension: 'network',
      title: 'The deployer lets everything out.',
      as: 'deployer',
      attempt: {
        verb: 'create',
        object: open({ policyTypes: ['Egress'], egress: [{}] }),
      },
      refusedBy: policy,
    },
    {
      id: 'service-takes-node-port',
      dimension: 'network',
      title: 'A service takes a port of every node.',
      as: 'deployer',
      attempt: { verb: 'create', object: service({ type: 'NodePort' }) },
      refusedBy: ['admissionPolicy', 'quota'],
    },
    {
      id: 'service-takes-foreign-address',
      dimension: 'network',
      title: 'A service takes the traffic of an address that is not its own.',
      as: 'deployer',
      attempt: {
        verb: 'create',
        object: service({ externalIPs: ['203.0.113.7'] }),
      },
      refusedBy: policy,
    },
    {
      id: 'service-leads-elsewhere',
      dimension: 'network',
      title: 'A service leads its callers to a name outside.',
      as: 'deployer',
      attempt: {
        verb: 'create',
        object: service({
          type: 'ExternalName',
          externalName: 'understage-probe.invalid',
        }),
      },
      refusedBy: policy,
    },
    {
      id: 'ingress-takes-foreign-host',
      dimension: 'network',
      title: 'An ingress takes a host outside the domains of the tenant.',
      as: 'deployer',
      attempt: {
        verb: 'create',
        object: object(
          { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' },
          { name: NAME, namespace },
          {
            spec: {
              rules: [
                {
                  host: 'understage-probe.invalid',
                  http: {
                    paths: [
                      {
                        path: '/',
                        pathType: 'Prefix',
                        backend: {
                          service: { name: NAME, port: { number: 80 } },
                        },
                      },
                    ],
                  },
                },
              ],
            },
          },
        ),
      },
      refusedBy: policy,
    },
  ];
}
