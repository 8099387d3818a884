import { IsolationLayer, TenantCheck } from '../../../schema/TenantStatus';
import { ContainerAmounts } from '../../../schema/Tenant';
import { recordAt, recordsAt } from '../../jsonValue';
import { KubeObject } from '../../kubernetes';
import { DEPLOYER } from '../../labels';
import { parseQuantity } from '../../planning/quantity';
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

const said = (amounts: unknown) =>
  Object.entries(amounts ?? {})
    .map(([name, amount]) => `${name} ${String(amount)}`)
    .join(', ');

/** True when a container has each of these amounts, however they are written. */
function has(amounts: ContainerAmounts, wanted: ContainerAmounts): boolean {
  return Object.entries(wanted).every(
    ([name, amount]) =>
      parseQuantity(String(amounts[name])) === parseQuantity(amount),
  );
}

/** What being let through means: nothing holds it, unless it was given what holds it. */
function assessAllowed(
  { given }: TenantProbe,
  object: KubeObject | undefined,
): Pick<TenantCheck, 'result' | 'by' | 'evidence'> {
  const through = 'The API server let it through.';
  if (!given) return { result: 'notEnforced', evidence: through };
  const [container] = recordsAt(object, 'spec', 'containers');
  const amounts = (field: string) =>
    Object.fromEntries(
      Object.entries(recordAt(container, 'resources', field)).map(
        ([name, amount]) => [name, String(amount)],
      ),
    );
  const [requests, limits] = [amounts('requests'), amounts('limits')];
  const evidence = evidenceOf(
    `The API server gave it requests of ${
      said(requests) || 'nothing'
    } and limits of ${said(limits) || 'nothing'}`,
  );
  return has(requests, given.requests) && has(limits, given.limits)
    ? { result: 'enforced', by: 'quota', evidence: `${evidence}.` }
    : {
        result: 'notEnforced',
        evidence: `${evidence}, not the requests (${
          said(given.requests) || 'none'
        }) and limits (${said(given.limits) || 'none'}) of the tenant.`,
      };
}

function assess(probe: TenantProbe, answer: ProbeAnswer): TenantCheck {
  const { id, dimension, title } = probe;
  const base = { id, dimension, title };
  if (answer.kind === 'allowed')
    return { ...base, ...assessAllowed(probe, answer.object) };
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
