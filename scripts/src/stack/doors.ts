import { StackSettings } from './settings';
import { Stack } from './startStack';

/** What of a running stack a person needs to know. */
export type Doors = Pick<Stack, 'operator' | 'portal'> & {
  readonly plane: Pick<
    Stack['plane'],
    'kubeconfig' | 'context' | 'configFile' | 'directory' | 'knowsApplications'
  >;
};

/** Text as one word of a shell. */
function word(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text)
    ? text
    : `'${text.replaceAll("'", `'\\''`)}'`;
}

function operatorLines(
  { operator, plane }: Doors,
  { kubeconfig }: StackSettings,
): string[] {
  if (operator) {
    return [
      `Metrics     ${operator.url}/metrics`,
      ...(kubeconfig
        ? ['Teams       deploy/README.md says how a team gets a namespace.']
        : []),
    ];
  }
  return [
    'Operator    not started here: nothing in this cluster was changed, and nothing will be.',
    ...(plane.knowsApplications
      ? []
      : [
          'Missing     this cluster does not know Applications: the resource definition is not installed, so the portal shows none.',
          'To install  run again with --install (resource definition, identities, and an operator on this machine), or let',
          '            an administrator run: kubectl apply --server-side -f crds/ -f deploy/',
        ]),
  ];
}

/** Where things are, as lines for the terminal: the last thing that `npm start` prints. */
export function doorLines(
  doors: Doors,
  settings: StackSettings,
): readonly string[] {
  const { plane, portal } = doors;
  const context = plane.context ? ` --context ${word(plane.context)}` : '';
  const example = settings.kubeconfig
    ? `status --all-namespaces${context}`
    : 'status user-service -n shop';
  return [
    `Portal      ${portal.url}`,
    `Cluster     export KUBECONFIG=${word(
      plane.kubeconfig,
    )} UNDERSTAGE_CONFIG=${word(plane.configFile)}`,
    `            npm run paas -- ${example}`,
    `Logs        ${plane.directory}`,
    ...operatorLines(doors, settings),
    ...(settings.kubeconfig
      ? []
      : [
          'Nodes       simulated by kwok: pods report that they run, nothing runs in them.',
        ]),
    '',
    'Ctrl-C stops everything.',
  ];
}
