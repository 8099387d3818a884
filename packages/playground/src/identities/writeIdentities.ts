import { mkdirSync, writeFileSync } from 'node:fs';
import { serviceAddresses } from '../components/commandLines';
import type { Site } from '../components/component';
import { layout } from '../components/layout';
import { createAuthority, createTokenKeys } from './authority';
import type { Authority, ClientIdentity, ServerNames } from './authority';
import { kubeconfig } from './kubeconfig';

const LOCAL: ServerNames = { dns: ['localhost'], ips: ['127.0.0.1'] };

const API_SERVER: ServerNames = {
  dns: [
    'localhost',
    'kubernetes',
    'kubernetes.default',
    'kubernetes.default.svc',
    'kubernetes.default.svc.cluster.local',
  ],
  ips: ['127.0.0.1', serviceAddresses.apiServer],
};

/** Who logs in to the API server with a kubeconfig of its own. */
const LOGINS: Readonly<Record<string, ClientIdentity>> = {
  // Exempt from RBAC and from priority and fairness: only for what must exist before RBAC does. Nobody is handed this.
  bootstrap: { name: 'playground-bootstrap', groups: ['system:masters'] },
  admin: { name: 'playground-admin', groups: ['playground:admins'] },
  'kube-controller-manager': { name: 'system:kube-controller-manager' },
  'kube-scheduler': { name: 'system:kube-scheduler' },
  kwok: { name: 'playground-kwok' },
};

const SERVERS: Readonly<Record<string, ServerNames>> = {
  etcd: LOCAL,
  'kube-apiserver': API_SERVER,
  'kube-controller-manager': LOCAL,
  'kube-scheduler': LOCAL,
  kwok: LOCAL,
};

const CLIENTS: Readonly<Record<string, ClientIdentity>> = {
  'etcd-client': { name: 'kube-apiserver' },
  'kubelet-client': { name: 'kube-apiserver-kubelet-client' },
};

const SECRET = { mode: 0o600 };

/** What a client of this playground needs to know beside its own credentials. */
export interface ClusterAddress {
  readonly name: string;
  readonly server: string;
}

/** Makes the authority of a playground and writes every certificate, key and kubeconfig that its components name. */
export async function writeIdentities(
  site: Site,
  cluster: ClusterAddress,
): Promise<Authority> {
  const files = layout(site.directory);
  mkdirSync(files.pki, { recursive: true, mode: 0o700 });
  mkdirSync(files.kubeconfigs, { recursive: true, mode: 0o700 });
  const authority = await createAuthority(`${cluster.name}-ca`);
  const tokens = createTokenKeys();

  function writePair(name: string, pair: { certificate: string; key: string }) {
    writeFileSync(files.certificate(name), pair.certificate);
    writeFileSync(files.key(name), pair.key, SECRET);
  }

  writePair('ca', authority);
  writePair('service-account', {
    certificate: tokens.publicKey,
    key: tokens.privateKey,
  });
  for (const [name, names] of Object.entries(SERVERS)) {
    writePair(name, await authority.issueServer(names));
  }
  for (const [name, identity] of Object.entries(CLIENTS)) {
    writePair(name, await authority.issueClient(identity));
  }
  for (const [name, identity] of Object.entries(LOGINS)) {
    const pair = await authority.issueClient(identity);
    if (name === 'bootstrap') writePair(name, pair);
    const text = kubeconfig({
      cluster: cluster.name,
      server: cluster.server,
      certificateAuthority: authority.certificate,
      user: identity.name,
      credentials: pair,
    });
    writeFileSync(files.kubeconfig(name), text, SECRET);
  }
  return authority;
}
