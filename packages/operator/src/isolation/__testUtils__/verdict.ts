import { Answer } from './doors';

/** What came of an attempt: let through, or refused by a layer; a policy is named. */
export type Verdict =
  | 'allowed'
  | 'rbac'
  | 'podSecurity'
  | 'quota'
  | 'limits'
  | 'validation'
  | 'missing'
  | `policy ${string}`
  | `unclear ${string}`;

const layers: readonly (readonly [RegExp, Verdict])[] = [
  [/violates PodSecurity/, 'podSecurity'],
  [/exceeded quota|failed quota/, 'quota'],
  [/(maximum|minimum) \w+ (usage|storage)|limit to request ratio/, 'limits'],
  [
    /cannot \w+ resource|attempting to grant RBAC permissions|user .* cannot bind|cannot impersonate/,
    'rbac',
  ],
];

const policy =
  /ValidatingAdmissionPolicy '([^']+)' with binding '[^']+' denied request/;

/** Tells by the server's own words which layer said no: the first one that did is the one that answers. */
export function verdictOf({ status, message }: Answer): Verdict {
  if (status < 300) return 'allowed';
  const named = policy.exec(message);
  if (named) return `policy ${named[1]}`;
  const found = layers.find(([words]) => words.test(message));
  if (found) return found[1];
  if (status === 404) return 'missing';
  return status === 422 || status === 400
    ? 'validation'
    : `unclear ${status} ${message}`;
}
