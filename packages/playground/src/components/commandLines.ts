import { flags } from './component';
import type { ComponentName, Site } from './component';
import { layout } from './layout';

/** The range of Service addresses; its first one is the API server's. */
export const serviceAddresses = {
  range: '10.96.0.0/16',
  apiServer: '10.96.0.1',
};

// Measured: 1,000 pods of Deployments take 50 s with the default client limits of 20 to 50 requests a second.
const CLIENT_LIMITS = { 'kube-api-qps': 500, 'kube-api-burst': 1000 };
const CONCURRENCY = 20;

function etcd({ directory, ports }: Site): string[] {
  const files = layout(directory);
  const client = `https://127.0.0.1:${ports.etcd}`;
  const peer = `http://127.0.0.1:${ports.etcdPeer}`;
  return flags({
    name: 'playground',
    'data-dir': files.etcd,
    'listen-client-urls': client,
    'advertise-client-urls': client,
    'listen-peer-urls': peer,
    'initial-advertise-peer-urls': peer,
    'initial-cluster': `playground=${peer}`,
    // With certificates of this playground's own authority two playgrounds that race for a port can not mix their data.
    'cert-file': files.certificate('etcd'),
    'key-file': files.key('etcd'),
    'trusted-ca-file': files.certificate('ca'),
    'client-cert-auth': true,
    // Survives the death of the process, not of the machine; nobody keeps a playground for that.
    'unsafe-no-fsync': true,
    'log-level': 'warn',
  });
}

function apiServer({ directory, ports }: Site): string[] {
  const files = layout(directory);
  return flags({
    'bind-address': '127.0.0.1',
    'advertise-address': '127.0.0.1',
    // An Endpoints object may not hold a loopback address, and the `kubernetes` Service has no user on simulated nodes.
    'endpoint-reconciler-type': 'none',
    'secure-port': ports.apiServer,
    'etcd-servers': `https://127.0.0.1:${ports.etcd}`,
    'etcd-cafile': files.certificate('ca'),
    'etcd-certfile': files.certificate('etcd-client'),
    'etcd-keyfile': files.key('etcd-client'),
    'authorization-mode': 'Node,RBAC',
    'enable-admission-plugins': 'NodeRestriction',
    'client-ca-file': files.certificate('ca'),
    'tls-cert-file': files.certificate('kube-apiserver'),
    'tls-private-key-file': files.key('kube-apiserver'),
    'cert-dir': files.pki,
    'service-cluster-ip-range': serviceAddresses.range,
    'service-account-issuer': 'https://kubernetes.default.svc',
    'service-account-key-file': files.certificate('service-account'),
    'service-account-signing-key-file': files.key('service-account'),
    'kubelet-certificate-authority': files.certificate('ca'),
    'kubelet-client-certificate': files.certificate('kubelet-client'),
    'kubelet-client-key': files.key('kubelet-client'),
    'kubelet-preferred-address-types': 'InternalIP',
    'allow-privileged': true,
    profiling: false,
  });
}

function controllerManager({ directory, ports }: Site): string[] {
  const files = layout(directory);
  const login = files.kubeconfig('kube-controller-manager');
  return flags({
    kubeconfig: login,
    'authentication-kubeconfig': login,
    'authorization-kubeconfig': login,
    'bind-address': '127.0.0.1',
    'secure-port': ports.controllerManager,
    'tls-cert-file': files.certificate('kube-controller-manager'),
    'tls-private-key-file': files.key('kube-controller-manager'),
    'leader-elect': false,
    'use-service-account-credentials': true,
    'service-account-private-key-file': files.key('service-account'),
    'root-ca-file': files.certificate('ca'),
    'cluster-signing-cert-file': files.certificate('ca'),
    'cluster-signing-key-file': files.key('ca'),
    'enable-hostpath-provisioner': true,
    ...CLIENT_LIMITS,
    'concurrent-deployment-syncs': CONCURRENCY,
    'concurrent-replicaset-syncs': CONCURRENCY,
    'concurrent-statefulset-syncs': CONCURRENCY,
    'concurrent-endpoint-syncs': CONCURRENCY,
    'concurrent-service-endpoint-syncs': CONCURRENCY,
    'concurrent-gc-syncs': 2 * CONCURRENCY,
    'concurrent-namespace-syncs': CONCURRENCY,
    // A quota of a kind that was unknown when it was written is looked at again after this long, not after five minutes.
    'resource-quota-sync-period': '30s',
    profiling: false,
  });
}

function scheduler({ directory, ports }: Site): string[] {
  const files = layout(directory);
  const login = files.kubeconfig('kube-scheduler');
  return flags({
    kubeconfig: login,
    'authentication-kubeconfig': login,
    'authorization-kubeconfig': login,
    'bind-address': '127.0.0.1',
    'secure-port': ports.scheduler,
    'tls-cert-file': files.certificate('kube-scheduler'),
    'tls-private-key-file': files.key('kube-scheduler'),
    'leader-elect': false,
    ...CLIENT_LIMITS,
    profiling: false,
  });
}

function kwok({ directory, ports }: Site): string[] {
  const files = layout(directory);
  return flags({
    kubeconfig: files.kubeconfig('kwok'),
    config: files.kwokConfiguration,
    'manage-nodes-with-annotation-selector': 'kwok.x-k8s.io/node=fake',
    'node-ip': '127.0.0.1',
    'node-port': ports.kwok,
    'node-lease-duration-seconds': 40,
    'server-address': `127.0.0.1:${ports.kwok}`,
    'tls-cert-file': files.certificate('kwok'),
    'tls-private-key-file': files.key('kwok'),
  });
}

const commandLines: Readonly<Record<ComponentName, (site: Site) => string[]>> =
  {
    etcd,
    'kube-apiserver': apiServer,
    'kube-controller-manager': controllerManager,
    'kube-scheduler': scheduler,
    kwok,
  };

/** The arguments with which a component runs; the same at every restart. */
export function commandLine(name: ComponentName, site: Site): string[] {
  return commandLines[name](site);
}

/** The address that answers 200 when a component is ready. */
export function readinessUrl(name: ComponentName, { ports }: Site): string {
  const urls: Readonly<Record<ComponentName, string>> = {
    etcd: `https://127.0.0.1:${ports.etcd}/health`,
    'kube-apiserver': `https://127.0.0.1:${ports.apiServer}/readyz`,
    'kube-controller-manager': `https://127.0.0.1:${ports.controllerManager}/healthz`,
    'kube-scheduler': `https://127.0.0.1:${ports.scheduler}/readyz`,
    kwok: `https://127.0.0.1:${ports.kwok}/healthz`,
  };
  return urls[name];
}
