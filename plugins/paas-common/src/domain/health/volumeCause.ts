import { KubeObject } from '../kubernetes';
import { textAt } from '../jsonValue';
import { Cause } from './Cause';
import { shortText } from './explainContainer';
import { HealthContext } from './HealthContext';

const details: readonly (readonly [
  RegExp,
  (match: RegExpExecArray) => string,
])[] = [
  [
    /storageclass\.storage\.k8s\.io "([^"]+)" not found/,
    match => `the storage class ${match[1]} does not exist`,
  ],
  [
    /no persistent volumes available .*no storage class is set/,
    () => 'no storage class is set and the cluster has no default one',
  ],
];

function explain(message: string): string {
  for (const [pattern, say] of details) {
    const match = pattern.exec(message);
    if (match) return say(match);
  }
  return shortText(message);
}

/** Why a volume claim is not bound; undefined when it is, or when nothing is known to be wrong. */
export function volumeCause(
  claim: KubeObject,
  context: HealthContext,
): Cause | undefined {
  const { name } = claim.metadata;
  const phase = textAt(claim, 'status', 'phase');
  if (phase === 'Lost') {
    return {
      reason: 'VolumePending',
      sentence: `the volume ${name} has lost its storage`,
      subjects: [],
    };
  }
  if (phase === 'Bound') return undefined;
  const [event] = context.warnings.about(
    claim,
    'ProvisioningFailed',
    'FailedBinding',
    'VolumeMismatch',
    'ClaimMisbound',
  );
  if (!event) return undefined;
  return {
    reason: 'VolumePending',
    sentence: `the volume ${name} is not bound: ${explain(event.message)}`,
    subjects: [],
  };
}
