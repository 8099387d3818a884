import { DEPLOYER } from '../../labels';
import { probeAccount } from '../bundle/identities';
import { TenantProbe } from '../TenantProbe';
import { deploymentOf, NAME, object, pod, ProbeContext } from './attempts';

const RBAC = 'rbac.authorization.k8s.io/v1';

/** Who reads, writes and gives rights where they must not. */
export function identityProbes({
  namespace,
  neighbour = 'kube-system',
}: ProbeContext): readonly TenantProbe[] {
  const whose = neighbour === 'kube-system' ? 'the cluster' : 'another tenant';
  const binding = (role: string) =>
    object(
      { apiVersion: RBAC, kind: 'RoleBinding' },
      { name: NAME, namespace },
      {
        roleRef: {
          apiGroup: 'rbac.authorization.k8s.io',
          kind: 'ClusterRole',
          name: role,
        },
        subjects: [
          {
            kind: 'ServiceAccount',
            name: probeAccount('developer'),
            namespace,
          },
        ],
      },
    );
  const rbac = ['rbac'] as const;
  return [
    {
      id: 'viewer-reads-secrets',
      dimension: 'identity',
      title: 'A viewer reads the secrets of the environment.',
      as: 'viewer',
      attempt: {
        verb: 'list',
        ref: { apiVersion: 'v1', kind: 'Secret', namespace },
      },
      refusedBy: rbac,
    },
    {
      id: 'developer-reads-foreign-secrets',
      dimension: 'identity',
      title: `A developer reads the secrets of ${whose}.`,
      as: 'developer',
      attempt: {
        verb: 'list',
        ref: { apiVersion: 'v1', kind: 'Secret', namespace: neighbour },
      },
      refusedBy: rbac,
    },
    {
      id: 'developer-reads-foreign-applications',
      dimension: 'identity',
      title: `A developer reads the applications of ${whose}.`,
      as: 'developer',
      attempt: {
        verb: 'list',
        ref: {
          apiVersion: 'paas.understage.dev/v1',
          kind: 'Application',
          namespace: neighbour,
        },
      },
      refusedBy: rbac,
    },
    {
      id: 'deployer-writes-elsewhere',
      dimension: 'identity',
      title: `The deployer writes into a namespace of ${whose}.`,
      as: 'deployer',
      attempt: {
        verb: 'create',
        object: object(
          { apiVersion: 'v1', kind: 'ConfigMap' },
          { name: NAME, namespace: neighbour },
          { data: {} },
        ),
      },
      refusedBy: rbac,
    },
    {
      id: 'admin-makes-itself-administrator',
      dimension: 'identity',
      title: 'An admin of the tenant binds a developer to cluster-admin.',
      as: 'admin',
      attempt: { verb: 'create', object: binding('cluster-admin') },
      refusedBy: ['rbac', 'admissionPolicy'],
    },
    {
      id: 'deployer-makes-role',
      dimension: 'identity',
      title: 'The deployer gives rights away.',
      as: 'deployer',
      attempt: { verb: 'create', object: binding('understage-deployer') },
      refusedBy: ['rbac', 'admissionPolicy'],
    },
    {
      id: 'developer-gets-deployer-token',
      dimension: 'identity',
      title: 'A developer asks for a token of the deployer.',
      as: 'developer',
      attempt: {
        verb: 'create',
        object: object(
          { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest' },
          { name: DEPLOYER, namespace },
          { spec: {} },
        ),
        at: { apiVersion: 'v1', path: `serviceaccounts/${DEPLOYER}/token` },
      },
      refusedBy: ['rbac', 'admissionPolicy'],
    },
    {
      id: 'secret-holds-deployer-token',
      dimension: 'identity',
      title: 'A secret is filled with a token of the deployer.',
      as: 'deployer',
      attempt: {
        verb: 'create',
        object: object(
          { apiVersion: 'v1', kind: 'Secret' },
          {
            name: NAME,
            namespace,
            annotations: { 'kubernetes.io/service-account.name': DEPLOYER },
          },
          { type: 'kubernetes.io/service-account-token' },
        ),
      },
      refusedBy: ['admissionPolicy'],
    },
    {
      id: 'pod-runs-as-deployer',
      dimension: 'identity',
      title: 'A pod runs as the deployer.',
      as: 'deployer',
      attempt: {
        verb: 'apply',
        object: deploymentOf(
          pod(namespace, { spec: { serviceAccountName: DEPLOYER } }),
        ),
      },
      refusedBy: ['admissionPolicy'],
    },
  ];
}
