import { Attack, Use } from '../attack';
import { hostAttacks, hostUses } from './hosts';
import { memberAttacks, memberUses, roleAttacks } from './members';
import { networkAttacks, networkUses } from './networks';
import {
  accountAttacks,
  podSecurityAttacks,
  podsProbeAttacks,
  podUses,
  quotaAttacks,
} from './pods';
import { provisionerAttacks, provisionerUses } from './provisioner';
import { serviceAttacks, serviceUses } from './services';
import { storageAttacks, storageUses } from './storage';
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
  ...storageUses,
  ...serviceUses,
  ...hostUses,
  ...networkUses,
  ...podUses,
  ...provisionerUses,
  ...tenantUses,
  ...memberUses,
];
