import { parseArgs } from 'node:util';
import { PlatformConfig } from '@understage/plugin-paas-common';
import { readPlatformFile } from '@understage/plugin-paas-node';

/** What the operator's command line says. */
export interface OperatorFlags {
  readonly kubeconfig?: string;
  readonly context?: string;
  /** File with a `paas:` section. */
  readonly config?: string;
  /** Path of the helm binary. */
  readonly helm: string;
  /** Folder for chart archives. */
  readonly chartCache: string;
  readonly host: string;
  readonly port: number;
  readonly identity?: string;
  readonly leaderElectionNamespace: string;
  readonly concurrency: number;
}

export const usage = `understage-operator [OPTIONS]

  --kubeconfig FILE                  default: the pod's own account
  --context NAME
  --config FILE                      YAML with a section "paas" (docs/reference/configuration.md)
  --helm FILE                        the helm binary (default: helm on the PATH)
  --chart-cache DIRECTORY            default: a temporary folder
  --host ADDRESS                     where /metrics, /healthz and /readyz listen (default 0.0.0.0)
  --port N                           default 8080; 0 picks a free one
  --identity NAME                    name in the leader election (default: host name and process id)
  --leader-election-namespace NAME   default understage-system
  --concurrency N                    applications reconciled at a time (default 8)
`;

function wholeNumber(flag: string, text: string, max: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > max) {
    throw new Error(
      `--${flag} takes a whole number up to ${max}, found "${text}"`,
    );
  }
  return value;
}

/** Reads the command line. Throws an error with one sentence. */
export function parseFlags(
  args: readonly string[],
  defaults: { readonly temporaryDirectory: string },
): OperatorFlags | 'help' {
  const { values } = parseArgs({
    args: [...args],
    strict: true,
    options: {
      kubeconfig: { type: 'string' },
      context: { type: 'string' },
      config: { type: 'string' },
      helm: { type: 'string', default: 'helm' },
      'chart-cache': { type: 'string' },
      host: { type: 'string', default: '0.0.0.0' },
      port: { type: 'string', default: '8080' },
      identity: { type: 'string' },
      'leader-election-namespace': {
        type: 'string',
        default: 'understage-system',
      },
      concurrency: { type: 'string', default: '8' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  return {
    kubeconfig: values.kubeconfig,
    context: values.context,
    config: values.config,
    helm: values.helm,
    chartCache: values['chart-cache'] ?? defaults.temporaryDirectory,
    host: values.host,
    port: wholeNumber('port', values.port, 65535),
    identity: values.identity,
    leaderElectionNamespace: values['leader-election-namespace'],
    concurrency: Math.max(
      1,
      wholeNumber('concurrency', values.concurrency, 256),
    ),
  };
}

/** The platform's settings from a file with a section `paas`. Throws one error that says everything that is wrong. */
export async function loadPlatform(
  file: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Promise<PlatformConfig> {
  const checked = await readPlatformFile({ file, env });
  if (checked.ok) return checked.value;
  const problems = checked.problems.map(({ path, message }) =>
    path ? `${path}: ${message}` : message,
  );
  throw new Error(
    [`the configuration ${file} has problems:`, ...problems].join('\n  '),
  );
}
