import { IsolationLayer, TenantCheck } from '../../../schema/TenantStatus';
import { DEPLOYER } from '../../labels';
import { probeAccount } from '../bundle/identities';
import { ProbeAnswer, TenantProbe } from '../TenantProbe';

/** How each layer but RBAC says no, in the API server's own words. The first that fits counts. */
const voices: readonly (readonly [IsolationLayer, RegExp])[] = [
  [
    'admissionPolicy',
    /ValidatingAdmissionPolicy '[^']+' with binding '[^']+' denied request/,
  ],
  ['podSecurity', /violates PodSecurity/],
  [
    'quota',
    /exceeded quota|failed quota|(maximum|minimum) \S+ usage per|limit to request ratio/,
  ],
  ['validation', /is invalid:/],
];

/** A policy that could not be evaluated refuses everything: that proves nothing about this. */
const broken = /resulted in error|failed to configure/;

const longest = 300;

/** One line of plain text, of bearable length: the words come from a server, and names in them from strangers. */
function evidenceOf(message: string): string {
  // Control characters, and those that turn the direction of text.
  const plain = message.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim();
  return plain.length > longest ? `${plain.slice(0, longest - 3)}...` : plain;
}

/** RBAC, speaking of the account that tried: that the operator may not act as it says nothing about the account. */
function isDenied({ as }: TenantProbe, message: string): boolean {
  const account = as === 'deployer' ? DEPLOYER : probeAccount(as);
  return new RegExp(
    `[Uu]ser "system:serviceaccount:[^":]+:${account}" ((\\(groups=.*\\) )?is attempting to grant RBAC permissions|cannot )`,
  ).test(message);
}

function layerOf(
  probe: TenantProbe,
  message: string,
): IsolationLayer | undefined {
  if (broken.test(message)) return undefined;
  const voice = voices.find(([, words]) => words.test(message));
  return voice?.[0] ?? (isDenied(probe, message) ? 'rbac' : undefined);
}

function assess(probe: TenantProbe, answer: ProbeAnswer): TenantCheck {
  const { id, dimension, title } = probe;
  const base = { id, dimension, title };
  if (answer.kind === 'allowed') {
    return {
      ...base,
      result: 'notEnforced',
      evidence: 'The API server let it through.',
    };
  }
  const evidence = evidenceOf(answer.message);
  if (answer.kind === 'failed') {
    return {
      ...base,
      result: 'unknown',
      evidence: `It could not be tried: ${evidence}`,
    };
  }
  const by = layerOf(probe, answer.message);
  if (by !== undefined && probe.refusedBy.includes(by)) {
    return { ...base, result: 'enforced', by, evidence };
  }
  return {
    ...base,
    result: 'unknown',
    evidence: `It was refused for another reason, which proves nothing: ${evidence}`,
  };
}

/**
 * What trying forbidden things came to. Only the refusal of an expected layer counts: an object that is refused because a
 * kind is missing or a name is wrong proves nothing. A probe without an answer is unknown.
 */
export function assessProbes(
  probes: readonly TenantProbe[],
  answers: ReadonlyMap<string, ProbeAnswer>,
): readonly TenantCheck[] {
  return probes.map(probe =>
    assess(
      probe,
      answers.get(probe.id) ?? { kind: 'failed', message: 'no answer yet.' },
    ),
  );
}
