import { KubeCluster, PodLogReader } from '@understage/kube';
import { PlatformConfig } from '@understage/plugin-paas-common';
import { ChartRenderer, ServesKind } from '@understage/plugin-paas-node';
import { Output } from './output/Printer';

/** A cluster as the user's kubeconfig names it. */
export interface Connection {
  readonly cluster: KubeCluster;
  /** The context's namespace; `default` when it has none. */
  readonly namespace: string;
  /** What to call it in messages: the context's name. */
  readonly context: string;
  readonly logs: PodLogReader;
  /** Whether the cluster serves a resource at all, whoever may read it. */
  readonly serves: ServesKind;
  /** Ends its connections. */
  close(): Promise<void>;
}

/** Which cluster. */
export interface ConnectOptions {
  readonly kubeconfig?: string;
  readonly context?: string;
}

/**
 * Everything the CLI takes from the process it runs in. A test passes its own, so every verb runs in-process with the
 * same code as on a terminal.
 */
export interface CliWorld {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly stdin: {
    readonly isTTY: boolean;
    /** All of it, as text. */
    read(): Promise<string>;
    /** Asks a question and answers the line typed. */
    ask(question: string): Promise<string>;
  };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly now: () => Date;
  /** Aborted on Ctrl-C, with `Interrupted`, and when nobody reads our output any more, with that error. */
  readonly signal: AbortSignal;
  /** How the program was called, for help and hints. */
  readonly program: string;
  connect(options: ConnectOptions): Promise<Connection>;
  /** Path of the helm binary; absent when there is none. */
  readonly helm: string | undefined;
  createCharts(platform: PlatformConfig): ChartRenderer;
}
