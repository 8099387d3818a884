import { Workspace } from './workspaces';

/** What a package is, seen from its borders. */
export type Room =
  | 'common'
  | 'kube'
  | 'prometheus'
  | 'playground'
  | 'node'
  | 'react'
  | 'frontend'
  | 'backend'
  | 'module'
  | 'operator'
  | 'cli'
  | 'app'
  | 'portal-backend'
  | 'scripts';

/** Who may import whom: the table of docs/concepts/architecture.md. Each room may also import its own files. */
const allowed: Readonly<Record<Room, readonly Room[]>> = {
  common: ['prometheus', 'common'],
  kube: [],
  prometheus: [],
  playground: [],
  node: ['common', 'prometheus', 'kube', 'node'],
  react: ['common', 'react'],
  frontend: ['common', 'react'],
  backend: ['common', 'prometheus', 'kube', 'node'],
  module: ['common', 'prometheus', 'kube', 'node'],
  operator: ['common', 'prometheus', 'kube', 'node'],
  cli: ['common', 'prometheus', 'kube', 'node'],
  app: ['frontend'],
  // The backend serves the app's bundle, it does not run its code. Tests of the portal as a whole stand there too, and fill
  // its cache by hand.
  'portal-backend': ['backend', 'module', 'app', 'common', 'node'],
  scripts: ['common', 'kube', 'node', 'operator', 'cli', 'playground'],
};

/** Where code that wanted the import belongs instead. */
const rightPlace: Readonly<Partial<Record<Room, string>>> = {
  backend:
    'put the shared type or service ref into the plugin\'s "-node" package and import it from there',
  module:
    'put the shared type or service ref into the plugin\'s "-node" package and import it from there',
  kube: 'cluster access belongs to a backend, the operator, the CLI or a "-node" package; pass the values in',
  node: 'a "-node" package is for backends, the operator and the CLI; share types through "-common"',
  react: 'share frontend pieces through "-react" from a frontend plugin only',
  frontend: 'share frontend pieces through a "-react" package',
  playground:
    'the playground is for tests and scripts: use it from a *.test.ts file',
  operator:
    'share what both need through plugins/paas-node or plugins/paas-common',
  cli: 'share what both need through plugins/paas-node or plugins/paas-common',
};

const byDirectory: Readonly<Record<string, Room>> = {
  'packages/kube': 'kube',
  'packages/prometheus': 'prometheus',
  'packages/playground': 'playground',
  'packages/operator': 'operator',
  'packages/cli': 'cli',
  'packages/app': 'app',
  'packages/backend': 'portal-backend',
  scripts: 'scripts',
};

const bySuffix: readonly (readonly [RegExp, Room])[] = [
  [/-backend-module-[a-z-]+$/, 'module'],
  [/-common$/, 'common'],
  [/-node$/, 'node'],
  [/-react$/, 'react'],
  [/-backend$/, 'backend'],
];

/** The room of a workspace directory such as `plugins/paas-common`. */
export function roomOf(directory: string): Room {
  const named = byDirectory[directory];
  if (named) return named;
  return bySuffix.find(([suffix]) => suffix.test(directory))?.[1] ?? 'frontend';
}

/** A sentence when `from` may not import `to`, else nothing. */
export function refuseImport(
  from: Workspace,
  to: Workspace,
  inTest: boolean,
): string | undefined {
  if (from.directory === to.directory) return undefined;
  const fromRoom = roomOf(from.directory);
  const toRoom = roomOf(to.directory);
  if (inTest && toRoom === 'playground') return undefined;
  const crossesFamily =
    from.directory.startsWith('plugins/paas') &&
    /^plugins\/(slo|cost)/.test(to.directory);
  if (!crossesFamily && allowed[fromRoom].includes(toRoom)) return undefined;
  const advice = crossesFamily
    ? 'paas is the core: let slo or cost register with an extension point of paas'
    : rightPlace[toRoom] ?? 'move the code to a package that both may import';
  return `${from.directory} (${fromRoom}) may not import ${to.name} (${toRoom}): ${advice}.`;
}
