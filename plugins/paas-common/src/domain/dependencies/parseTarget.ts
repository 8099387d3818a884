import { explainForeignLetter } from '../../input/lookalikes';
import { dnsLabel, dnsName } from '../../schema/fieldTypes';

/** What a dependency calls. */
export type DependencyTarget =
  | { readonly kind: 'component'; readonly component: string }
  | {
      readonly kind: 'application';
      readonly application: string;
      readonly component: string;
    }
  /** A host name, an IPv4 address, or an IPv6 address without its brackets. */
  | { readonly kind: 'external'; readonly host: string };

interface TargetFault {
  readonly kind: 'fault';
  /** Continues a sentence that quotes the dependency. */
  readonly message: string;
  /** The target as it was probably meant. */
  readonly suggestion?: string;
}

type ParsedTarget =
  | {
      readonly kind: 'target';
      readonly to: DependencyTarget;
      readonly port: number;
    }
  | TargetFault;

function fault(message: string, suggestion?: string): TargetFault {
  return {
    kind: 'fault',
    message,
    ...(suggestion !== undefined && { suggestion }),
  };
}

function parsePort(text: string): number | TargetFault {
  const port = /^[0-9]{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (port >= 1 && port <= 65535 && String(port) === text) return port;
  return fault(
    `the port is "${text}"; it has to be a whole number from 1 to 65535.`,
  );
}

function isIpv6(host: string): boolean {
  return URL.canParse(`http://[${host}]/`);
}

function parseHost(host: string): DependencyTarget | TargetFault {
  const bracketed = /^\[(.*)\]$/.exec(host);
  if (bracketed) {
    return isIpv6(bracketed[1])
      ? { kind: 'external', host: bracketed[1].toLowerCase() }
      : fault(`"${bracketed[1]}" is no IPv6 address.`);
  }
  if (host.includes(':')) {
    return isIpv6(host)
      ? fault('an IPv6 address stands in brackets.', `external:[${host}]`)
      : fault(`"${host}" is no host.`);
  }
  if (host === '')
    return fault('the host is missing: write `external:host:port`.');
  if (dnsName.safeParse(host).success) return parseAddress(host);
  const lower = host.toLowerCase();
  return fault(
    `"${host}" is no host name.${explainSuffix(host)}`,
    dnsName.safeParse(lower).success ? `external:${lower}` : undefined,
  );
}

function parseAddress(host: string): DependencyTarget | TargetFault {
  if (!/^[0-9.]+$/.test(host)) return { kind: 'external', host };
  const parts = host.split('.');
  const isIpv4 =
    parts.length === 4 &&
    parts.every(part => Number(part) <= 255 && String(Number(part)) === part);
  return isIpv4
    ? { kind: 'external', host }
    : fault(`"${host}" is no IPv4 address.`);
}

function explainSuffix(text: string): string {
  const foreign = explainForeignLetter(text);
  return foreign === undefined ? '' : ` ${foreign}`;
}

function parseName(name: string, role: string): string | TargetFault {
  if (dnsLabel.safeParse(name).success) return name;
  if (name === '') return fault(`the ${role} is missing.`);
  if (name.includes('.'))
    return fault(
      `"${name}" is no ${role}. A host outside of the platform is written \`external:host:port\`.`,
      `external:${name}`,
    );
  const lower = name.toLowerCase().replace(/_/g, '-');
  return fault(
    `"${name}" can not be the name of the ${role}: lower-case letters, digits and -, at most 63.${explainSuffix(
      name,
    )}`,
    dnsLabel.safeParse(lower).success ? lower : undefined,
  );
}

function parseNames(text: string): DependencyTarget | TargetFault {
  const names = text.split('/');
  if (names.length > 2)
    return fault(
      'a target is `component`, `application/component` or `external:host`.',
    );
  const component = parseName(names[names.length - 1], 'component');
  if (typeof component !== 'string') return component;
  if (names.length === 1) return { kind: 'component', component };
  const application = parseName(names[0], 'application');
  return typeof application === 'string'
    ? { kind: 'application', application, component }
    : application;
}

function splitPort(text: string): { name: string; port: string } | TargetFault {
  const colon = text.lastIndexOf(':');
  const external = text.startsWith('external:');
  const inBrackets = text.endsWith(']');
  const noPort =
    colon < 0 ||
    inBrackets ||
    (external && colon === 'external'.length && !/:[0-9]+$/.test(text));
  if (noPort)
    return fault(
      `the port is missing: write \`${text === '' ? 'to' : text}:PORT\`.`,
    );
  return { name: text.slice(0, colon), port: text.slice(colon + 1) };
}

/** A target without its port: the text after the arrow, or the field `to`. */
function parseBare(text: string): DependencyTarget | TargetFault {
  if (text.startsWith('external:'))
    return parseHost(text.slice('external:'.length).trim());
  if (/^https?:\/\//.test(text))
    return fault('write the host without http://, as `external:host:port`.');
  return text.includes(':')
    ? fault(
        'there is one colon too many. A host outside of the platform is written `external:host:port`.',
      )
    : parseNames(text);
}

/**
 * Reads `component`, `application/component` or `external:host`; with `portInTarget` followed by `:port`. Without, the
 * port of the answer is 0 and a port in the text is a fault.
 */
export function parseTarget(
  text: string,
  options: { readonly portInTarget: boolean },
): ParsedTarget {
  const trimmed = text.trim();
  if (!options.portInTarget) {
    if (/^[^:]+:[0-9]+$/.test(trimmed) && !trimmed.startsWith('external:'))
      return fault(
        'the port goes into the field `port`.',
        trimmed.replace(/:[0-9]+$/, ''),
      );
    const bare = parseBare(trimmed);
    return bare.kind === 'fault' ? bare : { kind: 'target', to: bare, port: 0 };
  }
  const split = splitPort(trimmed);
  if ('kind' in split) return split;
  const to = parseBare(split.name.trim());
  if (to.kind === 'fault') {
    return to.suggestion === undefined
      ? to
      : fault(to.message, `${to.suggestion}:${split.port.trim()}`);
  }
  const port = parsePort(split.port.trim());
  return typeof port === 'number' ? { kind: 'target', to, port } : port;
}
