import { Manifest } from './attack';

/** A Tenant with one environment, before `spec` is put over it. */
export function tenant(
  name: string,
  spec: object = {},
  metadata: object = {},
): Manifest {
  return {
    apiVersion: 'paas.understage.dev/v1',
    kind: 'Tenant',
    metadata: { name, ...metadata },
    spec: {
      owner: `group:default/team-${name}`,
      members: [
        { group: `group:default/team-${name}-admins`, role: 'admin' },
        { group: `group:default/team-${name}-developers`, role: 'developer' },
        { group: `group:default/team-${name}-viewers`, role: 'viewer' },
      ],
      environments: [{ name: 'production' }],
      quota: { cpu: '2', memory: '4Gi', pods: 20 },
      ...spec,
    },
  };
}
