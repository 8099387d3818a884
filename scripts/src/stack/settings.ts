import path from 'node:path';
import { repositoryRoot } from '../boundaries/workspaces';

/** What `npm start` and its siblings can be asked for. */
export interface StackSettings {
  /** Use this cluster instead of a playground. */
  readonly kubeconfig?: string;
  readonly context?: string;
  /** With `kubeconfig`: install CRDs and RBAC and run the operator. Without it nothing in that cluster changes. */
  readonly install: boolean;
  /** Simulated nodes of the playground. */
  readonly nodes: number;
  /** Port of the portal; 0 picks a free one. */
  readonly port: number;
  /** Apply the applications of `examples/`, all of them or the seed's file only. */
  readonly examples: 'all' | 'seed' | 'none';
}

export const seedFile = path.join(
  repositoryRoot,
  'examples/applications/user-service.yaml',
);

const transform = path.join(
  repositoryRoot,
  'node_modules/@backstage/cli/config/nodeTransform.cjs',
);

/** Runs a TypeScript file of ours with Node. */
export function nodeCommand(
  file: string,
  ...args: string[]
): [string, ...string[]] {
  const program = path.join(repositoryRoot, file);
  return [process.execPath, '--require', transform, program, ...args];
}

/** The same for a process that is to end with the one that started it. */
export function dependentNodeCommand(
  file: string,
  ...args: string[]
): [string, ...string[]] {
  const watch = path.join(
    repositoryRoot,
    'scripts/src/stack/diesWithParent.cjs',
  );
  const program = path.join(repositoryRoot, file);
  return [
    process.execPath,
    '--require',
    transform,
    '--require',
    watch,
    program,
    ...args,
  ];
}

const usage = `npm start -- [OPTIONS]

Starts a control plane on this machine, the operator and the portal, and applies the examples.

  --kubeconfig FILE   use this cluster instead; nothing in it is changed ...
  --install           ... unless this is given: installs CRDs, RBAC and the operator's namespace, and runs the operator
  --context NAME      context of the kubeconfig
  --nodes N           simulated nodes of the local control plane (default 6)
  --port N            port of the portal (default 7007, or a free one when that is taken)
  --no-examples       apply nothing
  --help              this text
`;

export type ParsedArguments =
  | { readonly kind: 'settings'; readonly settings: StackSettings }
  | { readonly kind: 'exit'; readonly code: number; readonly text: string };

interface Draft {
  kubeconfig?: string;
  context?: string;
  install: boolean;
  nodes: number;
  port: number;
  examples: 'all' | 'none';
}

function wholeNumber(
  flag: string,
  text: string | undefined,
  max: number,
): number {
  const value = Number(text);
  if (
    text === undefined ||
    !Number.isInteger(value) ||
    value < 0 ||
    value > max
  ) {
    throw new Error(
      `${flag} takes a whole number from 0 to ${max}, found "${text ?? ''}".`,
    );
  }
  return value;
}

type Handler = (draft: Draft, next: () => string | undefined) => void;

function required(flag: string, text: string | undefined): string {
  if (!text) throw new Error(`${flag} takes a value.`);
  return text;
}

const handlers: Readonly<Record<string, Handler>> = {
  '--kubeconfig': (draft, next) => {
    draft.kubeconfig = path.resolve(required('--kubeconfig', next()));
  },
  '--context': (draft, next) => {
    draft.context = required('--context', next());
  },
  '--install': draft => {
    draft.install = true;
  },
  '--nodes': (draft, next) => {
    draft.nodes = wholeNumber('--nodes', next(), 5000);
  },
  '--port': (draft, next) => {
    draft.port = wholeNumber('--port', next(), 65535);
  },
  '--no-examples': draft => {
    draft.examples = 'none';
  },
};

function parse(args: readonly string[]): StackSettings {
  const draft: Draft = {
    install: false,
    nodes: 6,
    port: 7007,
    examples: 'all',
  };
  const rest = args.flatMap(arg => {
    const equals = arg.startsWith('--') ? arg.indexOf('=') : -1;
    return equals < 0 ? [arg] : [arg.slice(0, equals), arg.slice(equals + 1)];
  });
  while (rest.length > 0) {
    const flag = rest.shift() as string;
    const handler = Object.hasOwn(handlers, flag) ? handlers[flag] : undefined;
    if (!handler) throw new Error(`There is no option ${flag}.`);
    handler(draft, () => rest.shift());
  }
  if (!draft.kubeconfig && (draft.install || draft.context)) {
    throw new Error('--install and --context go with --kubeconfig FILE.');
  }
  return draft;
}

/** Reads the command line of `npm start`. Bad input answers with a sentence and the usage, exit code 2. */
export function parseArguments(args: readonly string[]): ParsedArguments {
  if (args.includes('--help') || args.includes('-h')) {
    return { kind: 'exit', code: 0, text: usage };
  }
  try {
    return { kind: 'settings', settings: parse(args) };
  } catch (error) {
    const sentence = error instanceof Error ? error.message : String(error);
    return { kind: 'exit', code: 2, text: `${sentence}\n\n${usage}` };
  }
}
