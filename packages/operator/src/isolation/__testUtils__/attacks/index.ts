import { Attack, Use } from '../attack';
import { memberAttacks, memberUses, roleAttacks } from './members';
import {
  accountAttacks,
  podSecurityAttacks,
  podsProbeAttacks,
  podUses,
  quotaAttacks,
} from './pods';
import { provisionerAttacks, provisionerUses } from './provisioner';
import {
  hostAttacks,
  networkAttacks,
  reachUses,
  serviceAttacks,
  storageAttacks,
} from './reach';
import { tenantAttacks, tenantUses } from './tenants';
import { bundleAttacks, namespaceAttacks, wallUses } from './walls';

/** Every attack that the cluster itself has to answer, by what it is about. */
export const attacks: Readonly<Record<string, readonly Attack[]>> = {
  'the namespace': namespaceAttacks,
  'the bundle': bundleAttacks,
  volumes: storageAttacks,
  services: serviceAttacks,
  hosts: hostAttacks,
  'network policies': networkAttacks,
  'pods and nodes': podSecurityAttacks,
  'accounts of the platform': accountAttacks,
  'the account that tries pods': podsProbeAttacks,
  quota: quotaAttacks,
  'roles and bindings': roleAttacks,
  'the provisioner': provisionerAttacks,
  Tenants: tenantAttacks,
  members: memberAttacks,
};

/** What has to go on working. */
export const uses: readonly Use[] = [
  ...wallUses,
  ...reachUses,
  ...podUses,
  ...provisionerUses,
  ...tenantUses,
  ...memberUses,
];
