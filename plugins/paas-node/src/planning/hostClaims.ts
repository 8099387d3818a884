import { KubeError, ResourceType } from '@understage/kube';
import {
  Desired,
  hostsOf,
  KubeObject,
  routeKinds,
} from '@understage/plugin-paas-common';
import { plainLine } from '../charts/plainText';
import { claimsAny, ClusterView } from './ClusterView';

/** Who claims the hosts that an application asks for. */
export interface HostClaims {
  readonly claims: readonly KubeObject[];
  /** What could not be seen, in sentences. */
  readonly problems: readonly string[];
}

async function claimsOf(
  type: ResourceType,
  hosts: readonly string[],
  options: Parameters<typeof hostClaims>[0],
): Promise<HostClaims> {
  const { view, desired, signal } = options;
  try {
    const claims = await view.claimants(type, { hosts, signal });
    return { claims, problems: [] };
  } catch (error) {
    if (!(error instanceof KubeError) || error.status !== 403) throw error;
    const { namespace } = desired;
    const here = await view.list(type, { namespace, signal });
    return {
      claims: here.filter(object => claimsAny(object, hosts)),
      problems: [
        `Whether another namespace has ${hosts.join(', ')} can not be seen: ${
          type.plural
        } of all namespaces may not be read (${plainLine(
          error.message,
          200,
        )}). The operator sees it, and refuses a host that is taken.`,
      ],
    };
  }
}

/**
 * The claims of the whole cluster on the hosts that are asked for; asks for nothing when none are. Who may see the own
 * namespace only (a developer with the CLI) plans by that, and is told; any other failure throws: a host is not given
 * away on a guess.
 */
export async function hostClaims(options: {
  readonly view: ClusterView;
  readonly desired: Desired;
  readonly signal?: AbortSignal;
}): Promise<HostClaims> {
  const hosts = [
    ...new Set(
      options.desired.objects.flatMap(({ object }) => hostsOf(object)),
    ),
  ];
  if (hosts.length === 0) return { claims: [], problems: [] };
  const all = await Promise.all(
    routeKinds.map(type => claimsOf(type, hosts, options)),
  );
  return {
    claims: all.flatMap(({ claims }) => claims),
    problems: all.flatMap(({ problems }) => problems),
  };
}
