import { Reason } from '../reasons';

/** A refusal of the API server in our vocabulary. */
export interface Refused {
  readonly reason: Reason;
  readonly message: string;
}

function parseAmounts(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split(',').map(part => {
      const [name, amount = ''] = part.split('=');
      return [name.trim(), amount.trim()] as const;
    }),
  );
}

function quotaExceeded(message: string): Refused | undefined {
  const match =
    /exceeded quota: ([^,]+), requested: (.+?), used: (.+?), limited: (.+?)$/s.exec(
      message.trim(),
    );
  if (!match) return undefined;
  const [, quota, requested, used, limited] = match;
  const before = parseAmounts(used);
  const limit = parseAmounts(limited);
  const lacks = [...parseAmounts(requested)].map(
    ([name, amount]) =>
      `${name} ${amount} asked for, ${before.get(name) ?? '?'} of ${
        limit.get(name) ?? '?'
      } used`,
  );
  return {
    reason: 'QuotaExceeded',
    message: `the quota ${quota} of the namespace is used up: ${lacks.join(
      '; ',
    )}`,
  };
}

function quotaNeedsLimits(message: string): Refused | undefined {
  const match = /failed quota: ([^:]+): must specify (.+)$/s.exec(message);
  if (!match) return undefined;
  return {
    reason: 'QuotaExceeded',
    message: `the quota ${match[1]} counts resources that are not declared: set ${match[2]}`,
  };
}

function podSecurity(message: string): Refused | undefined {
  const match = /violates PodSecurity "([^"]+)": (.+)$/s.exec(message);
  if (!match) return undefined;
  return {
    reason: 'AdmissionRefused',
    message: `pods do not meet the namespace's pod security standard ${
      match[1].split(':')[0]
    }: ${match[2]}`,
  };
}

function webhook(message: string): Refused | undefined {
  const match = /admission webhook "([^"]+)" denied the request: ?(.*)$/s.exec(
    message,
  );
  return match
    ? {
        reason: 'AdmissionRefused',
        message: `the admission webhook ${match[1]} refused: ${match[2]}`,
      }
    : undefined;
}

function admissionPolicy(message: string): Refused | undefined {
  const match =
    /ValidatingAdmissionPolicy '([^']+)'.* denied request: ?(.*)$/s.exec(
      message,
    );
  return match
    ? {
        reason: 'AdmissionRefused',
        message: `the policy ${match[1]} refused: ${match[2]}`,
      }
    : undefined;
}

function limitRange(message: string): Refused | undefined {
  const match =
    /((?:maximum|minimum) .+ usage per .+|.+ max limit to request ratio per .+)$/s.exec(
      message,
    );
  return match
    ? {
        reason: 'AdmissionRefused',
        message: `the namespace's limit range refused: ${match[1]}`,
      }
    : undefined;
}

function serviceAccount(message: string): Refused | undefined {
  const match = /error looking up service account [^/]+\/([^:]+)/.exec(message);
  return match
    ? {
        reason: 'ContainerConfigInvalid',
        message: `the service account ${match[1]} does not exist`,
      }
    : undefined;
}

/** Readings of `forbidden` messages; the first that answers counts. */
const readings = [
  quotaExceeded,
  quotaNeedsLimits,
  podSecurity,
  admissionPolicy,
  webhook,
  limitRange,
  serviceAccount,
];

/** Reads a refusal that quota, pod security, a policy or a limit range pronounced; undefined for any other text. */
export function explainRefusal(message: string): Refused | undefined {
  for (const read of readings) {
    const refused = read(message);
    if (refused) return refused;
  }
  return undefined;
}
