import { z } from 'zod';

// Metadata that the schemas carry besides zod's own: `allowed` says in words what may stand there (problems and the
// reference print it); keys that begin with `x-kubernetes-` go into the CRD as they are. Patterns have to be RE2, since
// the API server runs them too: no look-around, no back references.

const dnsLabelText = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const dnsNameText =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** RFC 1123 label: what Kubernetes accepts as a Service or namespace name. */
export const dnsLabel = z.string().min(1).max(63).regex(dnsLabelText).meta({
  allowed:
    'lower-case letters, digits and -, starting and ending with a letter or digit',
});

/** RFC 1123 subdomain: names of Secrets, ConfigMaps and storage classes, and host names. */
export const dnsName = z.string().min(1).max(253).regex(dnsNameText).meta({
  allowed:
    'lower-case letters, digits, - and dots, each part starting and ending with a letter or digit',
});

export const portNumber = z.int().min(1).max(65535);

/** IANA service name: what Kubernetes accepts as the name of a port. */
export const portName = z
  .string()
  .min(1)
  .max(15)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .regex(/[a-z]/)
  .meta({
    allowed:
      'lower-case letters, digits and single -, with at least one letter',
  });

/** A reference as container runtimes read it: registry, repository, tag, digest. */
export const imageRef = z
  .string()
  .min(1)
  .max(512)
  .regex(
    /^([a-zA-Z0-9]([-a-zA-Z0-9.]*[a-zA-Z0-9])?(:[0-9]{1,5})?\/)?[a-z0-9]+([._-]+[a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127})?(@sha256:[a-f0-9]{64})?$/,
  )
  .meta({
    allowed:
      'an image reference such as registry.example.com/team/app:1.2, its repository in lower case, without spaces',
  });

/** Absolute path inside a container. A colon is refused because Kubernetes refuses it in mount paths. */
export const containerPath = z
  .string()
  .min(1)
  .max(1024)
  .regex(/^\/[^:\s]*$/)
  .meta({
    allowed: 'an absolute path such as /etc/app, without spaces and colons',
  });

/** Path of an HTTP address. */
export const httpPath = z
  .string()
  .min(1)
  .max(1024)
  .regex(/^\/[^\s]*$/)
  .meta({ allowed: 'a path that begins with /, without spaces' });

/** Key of a Secret or ConfigMap. */
export const dataKey = z
  .string()
  .min(1)
  .max(253)
  .regex(/^[-._a-zA-Z0-9]+$/)
  .meta({ allowed: 'letters, digits, dots, - and _' });

/** Text that the API server and a container can hold. */
export const longText = z.string().max(32768);

const quantityText = /^[0-9]+(\.[0-9]+)?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/;

function quantity(allowed: string) {
  // Numbers are accepted where YAML leaves off the quotes; from here on a quantity is text.
  return z
    .union([
      z.string().min(1).max(64).regex(quantityText),
      z.number().nonnegative(),
    ])
    .transform(value => String(value))
    .meta({ allowed, 'x-kubernetes-int-or-string': true });
}

/** CPU: cores, or thousandths of one. The range is checked in `input/rules/resourceRules.ts`. */
export const cpuQuantity = quantity(
  'CPU cores such as 500m, 2 or 1.5, from 1m to 10000',
);
/** Memory of one replica, bytes with a unit. */
export const memoryQuantity = quantity(
  'an amount with its unit such as 512Mi or 4Gi, from 1Mi to 1Pi',
);
/** Disk space, bytes with a unit. */
export const storageQuantity = quantity(
  'an amount with its unit such as 10Gi or 1Ti, from 1Mi to 1Ei',
);
/** How many times one amount another may be. */
export const ratio = quantity('a whole number from 1 to 1000');
/** Devices: a whole number of them. */
export const deviceCount = quantity('a whole number of devices from 0 to 1000');
