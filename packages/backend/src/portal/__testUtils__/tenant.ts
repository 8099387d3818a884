import { KnownTenant } from '@understage/plugin-permission-backend-module-paas';

/** A tenant of examples/org.yaml: its groups are its members. */
export function tenant(name: string): KnownTenant {
  const group = (suffix: string) => `group:default/team-${name}${suffix}`;
  return {
    name,
    owner: group(''),
    members: [
      { group: group('-admins'), role: 'admin' },
      { group: group('-developers'), role: 'developer' },
      { group: group('-viewers'), role: 'viewer' },
    ],
  };
}
