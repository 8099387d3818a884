import {
  Tenant,
  TenantMember,
  TenantRole,
  tenantRoles,
} from '../../../schema/Tenant';
import { KubeObject } from '../../kubernetes';
import {
  DEPLOYER,
  IDENTITY_PREFIX,
  PROBE_PREFIX,
  TENANT_ROLE_PREFIX,
} from '../../labels';
import { BundlePlace, bundleMetadata } from './marks';

const RBAC = 'rbac.authorization.k8s.io';

/** The account that tries what members of a role must not; that of `pods` tries pods. */
export function probeAccount(role: TenantRole | 'pods'): string {
  return `${PROBE_PREFIX}${role}`;
}

/** Account, role and binding have this name. */
const POD_PROBE = probeAccount('pods');

function account(place: BundlePlace, name: string): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: bundleMetadata(name, place),
    automountServiceAccountToken: false,
  };
}

function accountSubject(namespace: string, name: string): object {
  return { kind: 'ServiceAccount', namespace, name };
}

function memberSubject({ group, user }: TenantMember): object {
  return {
    kind: group === undefined ? 'User' : 'Group',
    apiGroup: RBAC,
    name: `${IDENTITY_PREFIX}${group ?? user}`,
  };
}

function roleRef(name: string): object {
  return { apiGroup: RBAC, kind: 'ClusterRole', name };
}

function binding(
  place: BundlePlace,
  role: string,
  subjects: readonly object[],
): KubeObject {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: 'RoleBinding',
    metadata: bundleMetadata(role, place),
    roleRef: roleRef(role),
    subjects,
  };
}

/** The deployer, the accounts of the probes, and who is bound to which role in the environment. */
export function identities(place: BundlePlace): readonly KubeObject[] {
  const { namespace, tenant } = place;
  const { members } = tenant.spec;
  return [
    account(place, DEPLOYER),
    ...tenantRoles.map(role => account(place, probeAccount(role))),
    account(place, POD_PROBE),
    binding(place, DEPLOYER, [accountSubject(namespace, DEPLOYER)]),
    ...tenantRoles.map(role =>
      binding(place, `${TENANT_ROLE_PREFIX}${role}`, [
        ...members.filter(each => each.role === role).map(memberSubject),
        accountSubject(namespace, probeAccount(role)),
      ]),
    ),
    binding(place, POD_PROBE, [accountSubject(namespace, POD_PROBE)]),
  ];
}

function clusterRole(
  tenant: Tenant,
  { name, verbs }: { readonly name: string; readonly verbs: readonly string[] },
): KubeObject {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRole',
    metadata: bundleMetadata(name, { tenant }),
    rules: [
      {
        apiGroups: ['paas.understage.dev'],
        resources: ['tenants'],
        resourceNames: [tenant.metadata.name],
        verbs,
      },
    ],
  };
}

function clusterBinding(
  tenant: Tenant,
  name: string,
  members: readonly TenantMember[],
): KubeObject {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: bundleMetadata(name, { tenant }),
    roleRef: roleRef(name),
    subjects: members.map(memberSubject),
  };
}

/**
 * What members may do with their own Tenant: everybody sees it, admins change its members (what else they may change, an
 * admission policy says). Tenants belong to no namespace, so these do not either.
 */
export function ownTenantRoles(tenant: Tenant): readonly KubeObject[] {
  const { members } = tenant.spec;
  const admins = members.filter(({ role }) => role === 'admin');
  const name = `understage:tenant:${tenant.metadata.name}`;
  const adminName = `${name}:admin`;
  return [
    clusterRole(tenant, { name, verbs: ['get'] }),
    ...(members.length === 0 ? [] : [clusterBinding(tenant, name, members)]),
    clusterRole(tenant, { name: adminName, verbs: ['patch', 'update'] }),
    ...(admins.length === 0 ? [] : [clusterBinding(tenant, adminName, admins)]),
  ];
}
