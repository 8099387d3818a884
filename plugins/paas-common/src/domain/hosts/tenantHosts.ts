import { listOf, textOf } from '../charts/fields';
import { recordsAt } from '../jsonValue';
import { KubeObject } from '../kubernetes';
import { ANNOTATION_DOMAINS } from '../labels';
import { hostsOf } from './claimedHosts';

/**
 * Domains below which a namespace may have hosts, by its annotation. Undefined for a namespace without the annotation:
 * it belongs to no Tenant, and every host may be taken.
 */
export function namespaceDomains({
  metadata,
}: KubeObject): readonly string[] | undefined {
  return metadata.annotations?.[ANNOTATION_DOMAINS]?.split(',')
    .map(domain => domain.trim().toLowerCase())
    .filter(domain => domain !== '');
}

/** True for a domain itself and everything below it, never for a wildcard. Equal to the rules in deploy/admission.yaml. */
export function isHostWithin(
  host: string,
  domains: readonly string[],
): boolean {
  const name = host.toLowerCase();
  return (
    !name.includes('*') &&
    domains.some(domain => name === domain || name.endsWith(`.${domain}`))
  );
}

/** Why a namespace with these domains may not have the host, as the end of a sentence; undefined when it may. */
export function hostNotAllowed(
  host: string,
  domains: readonly string[] | undefined,
): string | undefined {
  if (domains === undefined || isHostWithin(host, domains)) return undefined;
  const most = 5;
  const named = domains.slice(0, most).join(', ');
  const more =
    domains.length > most ? ` and ${domains.length - most} more` : '';
  return domains.length === 0
    ? `the host ${host} is not allowed: the tenant has no domains. Have one added to \`network.domains\` of the Tenant.`
    : `the host ${host} is not in a domain of the tenant (${named}${more}). Choose a host below one of them without wildcard, or have the domain added to \`network.domains\` of the Tenant.`;
}

/** Every host that an Ingress or HTTPRoute names, those of its certificates included. */
export function namedHosts(object: KubeObject): readonly string[] {
  const certified =
    object.kind === 'Ingress'
      ? recordsAt(object, 'spec', 'tls')
          .flatMap(tls => listOf(tls.hosts))
          .flatMap(host => textOf(host)?.toLowerCase() ?? [])
      : [];
  return [...new Set([...hostsOf(object), ...certified])];
}
