/** How many nodes, and what is wrong with them, in the scheduler's words. */
interface Complaint {
  readonly nodes: number;
  readonly about: string;
}

/** The scheduler's words and ours, for one node and for several. The first that matches counts; `$1` is what it matched. */
const translations: readonly (readonly [RegExp, string, string])[] = [
  [/^Insufficient ([\w./-]+)$/, 'has too little $1', 'have too little $1'],
  [
    /^Too many pods$/,
    'has as many pods as allowed',
    'have as many pods as allowed',
  ],
  [
    /^node\(s\) exceed max volume count$/,
    'has as many volumes as allowed',
    'have as many volumes as allowed',
  ],
  [
    /^node\(s\) had (?:untolerated )?taint(?:\(s\))? \{([^:}]+)[^}]*\}.*$/,
    'has the taint $1, which is not tolerated',
    'have the taint $1, which is not tolerated',
  ],
  [
    /^node\(s\) had untolerated taint.*$/,
    'has a taint that is not tolerated',
    'have taints that are not tolerated',
  ],
  [/^node\(s\) were unschedulable$/, 'is cordoned', 'are cordoned'],
  [
    /^node\(s\) (?:didn't|did not) match Pod's node affinity\/selector$/,
    'does not match its node selector',
    'do not match its node selector',
  ],
  [
    /^node\(s\) (?:didn't|did not) match pod topology spread constraints.*$/,
    'would break its spreading',
    'would break its spreading',
  ],
  [
    /^node\(s\) (?:didn't|did not) (?:match|satisfy) (?:existing )?(?:pods? )?anti-affinity rules$/,
    'is ruled out by anti-affinity',
    'are ruled out by anti-affinity',
  ],
  [
    /^node\(s\) (?:didn't|did not) match pod affinity rules$/,
    'is ruled out by affinity',
    'are ruled out by affinity',
  ],
  [
    /^node\(s\) (?:didn't|did not) have free ports.*$/,
    'has the host port taken',
    'have the host port taken',
  ],
  [
    /^node\(s\) had volume node affinity conflict$/,
    'can not reach its volume',
    'can not reach its volume',
  ],
];

/** Splits where the next count begins: taints and explanations hold commas of their own. */
function splitComplaints(text: string): string[] {
  return text.split(/, (?=\d+ )/).map(part => part.trim());
}

function parseComplaint(text: string): Complaint | undefined {
  const match = /^(\d+) (.+)$/.exec(text);
  return match ? { nodes: Number(match[1]), about: match[2] } : undefined;
}

function translate({ nodes, about }: Complaint): string {
  const count = nodes === 1 ? '1 node' : `${nodes} nodes`;
  for (const [pattern, one, several] of translations) {
    if (pattern.test(about)) {
      return `${count} ${about.replace(pattern, nodes === 1 ? one : several)}`;
    }
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
