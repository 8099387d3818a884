import { TenantNetwork } from '../../../schema/Tenant';
import { internetPeers } from '../../dependencies/externalPeers';
import { dnsRule } from '../../dependencies/networkPolicies';
import { KubeObject } from '../../kubernetes';
import { LABEL_TENANT } from '../../labels';
import { BundlePlace, bundleMetadata } from './marks';

function policy(place: BundlePlace, name: string, spec: object): KubeObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: bundleMetadata(name, place),
    spec: { podSelector: {}, ...spec },
  };
}

function tenantsNamed(names: readonly string[]): object {
  return {
    namespaceSelector: {
      matchExpressions: [
        { key: LABEL_TENANT, operator: 'In', values: [...names].sort() },
      ],
    },
  };
}

function incoming({ allowFrom, allowTenants }: TenantNetwork): object[] {
  const peers = [
    ...(allowFrom.length === 0
      ? []
      : [
          {
            namespaceSelector: {
              matchExpressions: [
                {
                  key: 'kubernetes.io/metadata.name',
                  operator: 'In',
                  values: [...allowFrom].sort(),
                },
              ],
            },
          },
        ]),
    ...(allowTenants.length === 0 ? [] : [tenantsNamed(allowTenants)]),
  ];
  return peers.length === 0 ? [] : [{ from: peers }];
}

function outgoing({ egress }: TenantNetwork): object[] {
  const peers = [
    ...(egress.internet ? internetPeers : []),
    ...[...egress.cidrs].sort().map(cidr => ({ ipBlock: { cidr } })),
    ...(egress.tenants.length === 0 ? [] : [tenantsNamed(egress.tenants)]),
  ];
  return peers.length === 0 ? [] : [{ to: peers }];
}

function exceptions(place: BundlePlace): readonly KubeObject[] {
  const { network } = place.tenant.spec;
  const ingress = incoming(network);
  const egress = outgoing(network);
  const policyTypes = [
    ...(ingress.length > 0 ? ['Ingress'] : []),
    ...(egress.length > 0 ? ['Egress'] : []),
  ];
  if (policyTypes.length === 0) return [];
  return [
    policy(place, 'understage-exceptions', {
      policyTypes,
      ingress,
      egress,
    }),
  ];
}

/**
 * Empty lists are sent on purpose: a field that is not sent is anybody's, and a rule that somebody adds would stay.
 * Nothing in, nothing out; then DNS; then what the tenant says. The edges of applications bring policies of their own.
 */
export function networkPolicies(place: BundlePlace): readonly KubeObject[] {
  return [
    policy(place, 'understage-default-deny', {
      policyTypes: ['Ingress', 'Egress'],
      ingress: [],
      egress: [],
    }),
    policy(place, 'understage-dns', {
      policyTypes: ['Egress'],
      ingress: [],
      egress: [dnsRule],
    }),
    ...exceptions(place),
  ];
}
