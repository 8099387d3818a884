import { join } from 'node:path';

/** Where the files of a playground stand under its folder. The one place that knows. */
export function layout(directory: string) {
  const pki = join(directory, 'pki');
  const kubeconfigs = join(directory, 'kubeconfigs');
  const certificate = (name: string) => join(pki, `${name}.crt`);
  const key = (name: string) => join(pki, `${name}.key`);
  return {
    lock: join(directory, 'playground.lock'),
    logs: join(directory, 'logs'),
    log: (name: string) => join(directory, 'logs', `${name}.log`),
    pids: join(directory, 'pids'),
    etcd: join(directory, 'etcd'),
    pki,
    certificate,
    key,
    kubeconfigs,
    kubeconfig: (name: string) => join(kubeconfigs, `${name}.kubeconfig`),
    configuration: join(directory, 'config'),
    kwokConfiguration: join(directory, 'config', 'kwok.yaml'),
    containerLog: join(directory, 'config', 'container.log'),
    previousContainerLog: join(directory, 'config', 'previous.log'),
    clientCache: join(directory, 'client-cache'),
  };
}

/** The folders that a playground creates under its folder, and may therefore remove. */
export const ownedFolders = [
  'logs',
  'pids',
  'etcd',
  'pki',
  'kubeconfigs',
  'config',
  'client-cache',
] as const;
