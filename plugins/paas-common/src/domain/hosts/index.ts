export {
  claimKeys,
  hostsOf,
  onlyHosts,
  overlapOf,
  pathsOf,
  rivalKeys,
  routeKinds,
} from './claimedHosts';
export {
  hostNotAllowed,
  isHostWithin,
  namedHosts,
  namespaceDomains,
} from './tenantHosts';
