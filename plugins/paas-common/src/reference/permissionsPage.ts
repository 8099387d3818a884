import { ApiRoute } from '../api/ApiRoutes';
import { apiRoutes } from '../api/routes';
import {
  PermissionGrant,
  permissionGrants,
} from '../permissions/permissionGrants';
import { tenantRoles } from '../schema/Tenant';
import { generatedNote } from './generatedNote';

const isOurs = (name: string) => /^(paas|slo|cost)\./.test(name);

function table(head: readonly string[], rows: readonly string[][]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join(
    '\n',
  );
}

/** Who is given a permission, in words. */
function describeGrant(grant: PermissionGrant): string {
  switch (grant.to) {
    case 'applicationsOf':
      return 'for the applications of their tenant';
    case 'tenantsOf':
      return 'for their tenant';
    case 'members':
      return `whoever is at least ${grant.role} of any tenant`;
    case 'visibleEntities':
      return 'everybody, for entities of no tenant and of their own tenants';
    case 'ownEntities':
      return 'everybody, for entities that they own and that come from a file';
    case 'ownTasks':
      return 'everybody, for what they started themselves';
    case 'signedIn':
      return 'everybody who is signed in';
    case 'platform':
      return 'platform engineers';
    default:
      return grant satisfies never;
  }
}

function roleRows(): string[][] {
  const columns = [...tenantRoles].reverse();
  return Object.entries(permissionGrants)
    .filter(([name]) => isOurs(name))
    .map(([name, grant]) => [
      `\`${name}\``,
      ...columns.map(role =>
        'role' in grant &&
        tenantRoles.indexOf(role) <= tenantRoles.indexOf(grant.role)
          ? 'yes'
          : '-',
      ),
      'yes',
      'role' in grant ? describeGrant(grant) : '',
    ]);
}

function otherRows(): string[][] {
  return Object.entries(permissionGrants)
    .filter(([name]) => !isOurs(name))
    .map(([name, grant]) => [`\`${name}\``, describeGrant(grant)]);
}

function routeRows(): string[][] {
  return Object.entries<ApiRoute>(apiRoutes).map(([id, route]) => [
    `\`${id}\``,
    `\`${route.method.toUpperCase()} ${route.path}\``,
    typeof route.access === 'string'
      ? { public: 'nothing', 'signed-in': 'to be signed in' }[route.access]
      : route.access.map(({ name }) => `\`${name}\``).join(' or '),
  ]);
}

/** docs/reference/permissions.md: the default policy and the routes, as they are. */
export function permissionsPage(): string {
  const parts = [
    '# Permissions',
    generatedNote,
    'The default policy, permission by permission; [the concept](../concepts/permissions.md) says how it decides. Platform engineers (`paas.platformAdmins`) have every permission, and nobody else has one that stands on neither list.',
    '## Of the platform',
    table(
      ['permission', 'viewer', 'developer', 'admin', 'platform engineer', ''],
      roleRows(),
    ),
    'Where a namespace has no Tenant, whoever owns it (annotation `understage.dev/owner`) has there what a developer has in a tenant.',
    '## Of other plugins',
    table(['permission', 'who has it'], otherRows()),
    '## Routes',
    'Below `/api/paas`. Of several permissions the one is asked for that the case needs. What one may not see is answered as if it were not there.',
    table(['operation', 'route', 'needs'], routeRows()),
  ];
  return `${parts.join('\n\n')}\n`;
}
