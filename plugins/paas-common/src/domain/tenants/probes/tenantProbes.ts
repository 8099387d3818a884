import { TenantProbe } from '../TenantProbe';
import { ProbeContext } from './attempts';
import { identityProbes } from './identityProbes';
import { networkProbes } from './networkProbes';
import { podProbes } from './podProbes';
import { podSecurityProbes } from './podSecurityProbes';
import { resourceProbes } from './resourceProbes';
import { storageProbes } from './storageProbes';

/** Forbidden things to try as the tenant, with a dry run: each must be refused, by one of the named layers. */
export function tenantProbes(context: ProbeContext): readonly TenantProbe[] {
  return [
    ...networkProbes(context),
    ...resourceProbes(context),
    ...identityProbes(context),
    ...storageProbes(context),
    ...podSecurityProbes(context),
    ...podProbes(context),
  ];
}
