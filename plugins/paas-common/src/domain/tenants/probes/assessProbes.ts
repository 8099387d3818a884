import { IsolationLayer, TenantCheck } from '../../../schema/TenantStatus';
import { ProbeAnswer, TenantProbe } from '../TenantProbe';

/** How each layer says no, in the API server's own words. The first that fits counts. */
const voices: readonly (readonly [IsolationLayer, RegExp])[] = [
  ['admissionPolicy', /ValidatingAdmissionPolicy/],
  ['podSecurity', /violates PodSecurity/],
  [
    'quota',
    /exceeded quota|failed quota|(maximum|minimum) \S+ usage per|limit to request ratio/,
  ],
  [
    'rbac',
    /\bcannot (get|list|watch|create|update|patch|delete|impersonate)\b/,
  ],
  ['rbac', /attempting to grant RBAC permissions/],
  ['validation', /is invalid:/],
];

const longest = 300;

/** One line of plain text, of bearable length: the words come from a server, and names in them from strangers. */
function evidenceOf(message: string): string {
  // Control characters, and those that turn the direction of text.
  const plain = message.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim();
  return plain.length > longest ? `${plain.slice(0, longest - 3)}...` : plain;
}

function layerOf(message: string): IsolationLayer | undefined {
  return voices.find(([, voice]) => voice.test(message))?.[0];
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
  const by = layerOf(answer.message);
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
