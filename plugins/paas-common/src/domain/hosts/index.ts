export {
  claimKeys,
  hostsOf,
  onlyHosts,
  overlapOf,
  rivalKeys,
  routeKinds,
} from './claimedHosts';
