import { PolicyQueryUser } from '@backstage/plugin-permission-node';
import { KnownCluster, TenantDirectory } from '../policy/TenantDirectory';

/** The people of examples/org.yaml, with what the portal knows of them once they are signed in. */
export const people = {
  ada: ['group:default/platform-engineers'],
  grace: ['group:default/team-shop', 'group:default/team-shop-admins'],
  sam: ['group:default/team-shop', 'group:default/team-shop-developers'],
  vera: ['group:default/team-shop', 'group:default/team-shop-viewers'],
  linus: ['group:default/team-data', 'group:default/team-data-admins'],
  otto: [],
} satisfies Record<string, string[]>;

export type Person = keyof typeof people;
export const everybody: readonly Person[] = [
  'ada',
  'grace',
  'sam',
  'vera',
  'linus',
  'otto',
];

/** Somebody as the permission backend hands them to a policy. */
export function signedIn(
  name: string,
  groups: readonly string[],
): PolicyQueryUser {
  const userEntityRef = `user:default/${name}`;
  return {
    credentials: { $$type: '@backstage/BackstageCredentials', principal: {} },
    info: { userEntityRef, ownershipEntityRefs: [userEntityRef, ...groups] },
  };
}

export function person(name: Person): PolicyQueryUser {
  return signedIn(name, people[name]);
}

/** A tenant whose three groups are its members. */
export function tenant(name: string): KnownCluster['tenants'][number] {
  const group = (suffix: string) => `group:default/team-${name}${suffix}`;
  return {
    name,
    owner: group(''),
    members: [
      { group: group('-viewers'), role: 'viewer' },
      { group: group('-developers'), role: 'developer' },
      { group: group('-admins'), role: 'admin' },
    ],
  };
}

/** Two tenants in one cluster, and of one name in another cluster. */
export const clusters: readonly KnownCluster[] = [
  { cluster: 'eu', tenants: [tenant('shop'), tenant('data')], owners: [] },
  {
    cluster: 'us',
    tenants: [
      {
        name: 'shop',
        owner: 'group:default/team-data',
        members: [{ user: 'user:default/linus', role: 'admin' }],
      },
    ],
    owners: [],
  },
];

export function directory(known = clusters): TenantDirectory {
  return { clusters: () => known };
}
