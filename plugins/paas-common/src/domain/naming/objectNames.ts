// What the API server accepts, from its own validation (k8s.io/apimachinery/pkg/util/validation): a name that it refuses
// would be sent again and again.

const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const subdomain =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const qualifiedPart = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

interface NameRule {
  readonly pattern: RegExp;
  readonly limit: number;
  readonly allowed: string;
}

const subdomainRule = (limit: number): NameRule => ({
  pattern: subdomain,
  limit,
  allowed: `lower-case letters, digits, - and dots, each part beginning and ending with a letter or digit, at most ${limit} characters`,
});
const labelRule: NameRule = {
  pattern: label,
  limit: 63,
  allowed:
    'lower-case letters, digits and -, beginning and ending with a letter or digit, at most 63 characters',
};

/** Kinds whose names become host names or labels, which are shorter. */
const rules: ReadonlyMap<string, NameRule> = new Map([
  ['Service', labelRule],
  ['StatefulSet', labelRule],
  ['Job', subdomainRule(63)],
  ['CronJob', subdomainRule(52)],
]);
const usual = subdomainRule(253);

/** What names of a kind are made of when `name` is not one; `undefined` when it is. */
export function wrongObjectName(
  kind: string,
  name: string,
): string | undefined {
  const { pattern, limit, allowed } = rules.get(kind) ?? usual;
  return name.length <= limit && pattern.test(name) ? undefined : allowed;
}

/** What keys of labels and annotations are made of when `key` is not one; `undefined` when it is. */
export function wrongQualifiedName(key: string): string | undefined {
  const slash = key.indexOf('/');
  const prefix = slash < 0 ? undefined : key.slice(0, slash);
  const name = key.slice(slash + 1);
  const right =
    name.length <= 63 &&
    qualifiedPart.test(name) &&
    (prefix === undefined || (prefix.length <= 253 && subdomain.test(prefix)));
  return right
    ? undefined
    : 'letters, digits, -, _ and dots, at most 63 characters, beginning and ending with a letter or digit, with or without a domain and / in front';
}

/** What values of labels are made of when `value` is not one; `undefined` when it is. */
export function wrongLabelValue(value: string): string | undefined {
  return value === '' || (value.length <= 63 && qualifiedPart.test(value))
    ? undefined
    : 'letters, digits, -, _ and dots, at most 63 characters, beginning and ending with a letter or digit';
}

/** Bytes that all annotations of one object may take together, keys and values. */
export const ANNOTATION_BYTES = 256 * 1024;
