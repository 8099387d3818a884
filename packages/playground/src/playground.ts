import type { ComponentName, PlaygroundPorts } from './components/component';

/** What a playground is made of and where. */
export interface PlaygroundOptions {
  /** How many simulated nodes; 3 by default. */
  readonly nodes?: number;
  /** Which components run; all by default. Simulated nodes need `kwok`, and pods need the scheduler as well. */
  readonly components?: readonly ComponentName[];
  /** The folder for data, keys and logs. By default a temporary one, removed by `stop`. Of a named one the logs stay. */
  readonly directory?: string;
  /** The name of cluster and context in kubeconfigs; `playground` by default. */
  readonly name?: string;
  /** Takes one line for each step. */
  readonly log?: (line: string) => void;
  /** Ends the start, and whatever runs by then. */
  readonly signal?: AbortSignal;
}

/** A user that exists by certificate alone: no rights but those bound to its name or groups. */
export interface PlaygroundUser {
  readonly name: string;
  readonly groups?: readonly string[];
}

/** A file to log in with. */
export interface Login {
  /** Path of a kubeconfig with everything in it. */
  readonly kubeconfig: string;
}

/** A running control plane. Ends with the process that started it, however that ends. */
export interface Playground {
  /** The name of cluster and context. */
  readonly name: string;
  /** Path of the administrator's kubeconfig (cluster-admin by RBAC, not system:masters). */
  readonly kubeconfig: string;
  /** The API server's address. */
  readonly server: string;
  readonly directory: string;
  /** The folder with one log file a component. */
  readonly logs: string;
  readonly ports: PlaygroundPorts;
  /** The numbers of the running processes, the supervisor's included. */
  pids(): Readonly<Record<string, number>>;
  /** Makes a certificate for a user; nothing is written to the cluster. */
  addUser(user: PlaygroundUser): Promise<Login>;
  /** Logs in as an existing service account, with a token of the TokenRequest API that holds for a day. */
  serviceAccountKubeconfig(account: {
    readonly namespace: string;
    readonly name: string;
  }): Promise<Login>;
  /** Runs kubectl as administrator and answers what it printed. Rejects with its error output. */
  kubectl(args: readonly string[], stdin?: string): Promise<string>;
  /** Ends a component as hard as can be (SIGKILL); resolves when it is gone. */
  kill(component: ComponentName): Promise<void>;
  /** Starts a component again with the same arguments and ports (after ending it when it runs); resolves when it is ready. */
  restart(component: ComponentName): Promise<void>;
  /** Ends everything. Calling it again does nothing more. */
  stop(): Promise<void>;
}
