/** How many nodes, and what is wrong with them, in the scheduler's words. */
interface Complaint {
  readonly nodes: number;
  readonly about: string;
}

type Translation = (
  nodes: string,
  have: string,
  match: RegExpExecArray,
) => string;

/** The scheduler's words and ours. The first that matches counts. */
const translations: readonly (readonly [RegExp, Translation])[] = [
  [
    /^Insufficient ([\w./-]+)$/,
    (nodes, have, match) => `${nodes} ${have} too little ${match[1]}`,
  ],
  [
    /^Too many pods$/,
    (nodes, have) => `${nodes} ${have} as many pods as allowed`,
  ],
  [
    /^node\(s\) had (?:untolerated taint|taint) \{([^:}]+)(?:: ?([^}]*))?\}/,
    (nodes, have, match) =>
      `${nodes} ${have} the taint ${match[1]}, which is not tolerated`,
  ],
  [
    /^node\(s\) had untolerated taint/,
    (nodes, have) => `${nodes} ${have} a taint that is not tolerated`,
  ],
  [/^node\(s\) were unschedulable$/, nodes => `${nodes} cordoned`],
  [
    /^node\(s\) (?:didn't|did not) match Pod's node affinity\/selector$/,
    nodes => `${nodes} not matching its node selector`,
  ],
  [
    /^node\(s\) (?:didn't|did not) match pod topology spread constraints/,
    nodes => `${nodes} ruled out by spreading`,
  ],
  [
    /^node\(s\) (?:didn't|did not) match pod anti-affinity rules$/,
    nodes => `${nodes} ruled out by anti-affinity`,
  ],
  [
    /^node\(s\) (?:didn't|did not) match pod affinity rules$/,
    nodes => `${nodes} ruled out by affinity`,
  ],
  [
    /^node\(s\) (?:didn't|did not) have free ports/,
    (nodes, have) => `${nodes} ${have} the host port taken`,
  ],
  [
    /^node\(s\) had volume node affinity conflict$/,
    nodes => `${nodes} can not reach its volume`,
  ],
  [
    /^node\(s\) exceed max volume count$/,
    (nodes, have) => `${nodes} ${have} as many volumes as allowed`,
  ],
];

/** Splits at commas outside of braces: taints hold commas of their own. */
function splitComplaints(text: string): string[] {
  return text.split(/,(?![^{]*\}) /).map(part => part.trim());
}

function parseComplaint(text: string): Complaint | undefined {
  const match = /^(\d+) (.+)$/.exec(text);
  return match ? { nodes: Number(match[1]), about: match[2] } : undefined;
}

function translate({ nodes, about }: Complaint): string {
  const count = nodes === 1 ? '1 node' : `${nodes} nodes`;
  const have = nodes === 1 ? 'has' : 'have';
  for (const [pattern, say] of translations) {
    const match = pattern.exec(about);
    if (match) return say(count, have, match);
  }
  return `${count}: ${about.replace(/^node\(s\) /, '')}`;
}

/** True for a lack that more nodes or smaller requests would mend: said first. */
function isShortage(text: string): boolean {
  return text.includes('too little') || text.includes('as allowed');
}

/**
 * The scheduler's message in a developer's words: `0/3 nodes are available: 2 Insufficient cpu, 1 node(s) were
 * unschedulable. preemption: ...` becomes `2 nodes have too little cpu, 1 node cordoned`.
 */
export function explainScheduling(message: string): string {
  if (/^no nodes available/.test(message) || /^0\/0 nodes/.test(message)) {
    return 'the cluster has no nodes';
  }
  const body = /^\d+\/\d+ nodes are available: (.*)$/s.exec(message)?.[1];
  if (body === undefined)
    return message.replace(/\s+/g, ' ').replace(/\.$/, '');
  const text = body
    .replace(/\.?\s*(preemption:.*|no new claims to deallocate.*)$/s, '')
    .replace(/\.\s*$/, '');
  const said = splitComplaints(text).map(part => {
    const complaint = parseComplaint(part);
    return complaint ? translate(complaint) : part;
  });
  return [
    ...said.filter(isShortage),
    ...said.filter(part => !isShortage(part)),
  ].join(', ');
}

/** True when the scheduler waits for a volume, so that the volume's own trouble is the cause. */
export function waitsForVolume(message: string): boolean {
  return /unbound immediate PersistentVolumeClaims|persistentvolumeclaim "[^"]*" (not found|is being deleted)|bound to non-existent/.test(
    message,
  );
}
