/** The parts of a playground's control plane that are started, killed and restarted by name. */
export const componentNames = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kwok',
] as const;

/** One part of the control plane. */
export type ComponentName = (typeof componentNames)[number];

/** The ports of a playground on 127.0.0.1. */
export interface PlaygroundPorts {
  readonly etcd: number;
  readonly etcdPeer: number;
  readonly apiServer: number;
  readonly controllerManager: number;
  readonly scheduler: number;
  readonly kwok: number;
}

/** Where the parts of a playground find each other: their ports and the folder with their files. */
export interface Site {
  readonly directory: string;
  readonly ports: PlaygroundPorts;
}

/** Flags from an object; keys and values become `--key=value`, in the order written. */
export function flags(
  values: Readonly<Record<string, string | number | boolean>>,
): string[] {
  return Object.entries(values).map(([key, value]) => `--${key}=${value}`);
}
