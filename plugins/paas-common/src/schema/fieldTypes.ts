import { z } from 'zod';

/** RFC 1123 label: what Kubernetes accepts as a Service or namespace name. */
export const dnsLabel = z.string().min(1).max(63).regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 'lower-case letters, digits and -, starting and ending with a letter or digit');
export const portNumber = z.int().min(1).max(65535);
export const portName = z.string().min(1).max(15).regex(/^(?=.*[a-z])[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 'lower-case letters, digits and -, with at least one letter');
export const imageRef = z.string().min(1).max(512).regex(/^[^\s]+$/, 'an image reference without spaces');
/** Kubernetes quantity text; numbers are accepted where YAML leaves off the quotes. */
const quantity = z.union([z.string().max(64).regex(/^[0-9]+(\.[0-9]+)?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/, 'a quantity such as 500m, 2 or 4Gi'), z.number().nonnegative()]);
export const cpuOrCount = quantity.transform(value => String(value));
export const memoryQuantity = quantity.transform(value => String(value));
