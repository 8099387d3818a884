export {
  claimKeys,
  hostsOf,
  onlyHosts,
  overlapOf,
  pathsOf,
  rivalKeys,
  routeKinds,
} from './claimedHosts';
