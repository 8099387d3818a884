import { commandLine, readinessUrl } from './commandLines';
import { componentNames } from './component';
import type { Site } from './component';

const site: Site = {
  directory: '/x',
  ports: {
    etcd: 20001,
    etcdPeer: 20002,
    apiServer: 20003,
    controllerManager: 20004,
    scheduler: 20005,
    kwok: 20006,
  },
};

describe('the command line', () => {
  it.each(componentNames)('of %s is the same at every start', name => {
    expect(commandLine(name, site)).toEqual(commandLine(name, site));
  });

  it.each(componentNames)('of %s is reachable on 127.0.0.1 alone', name => {
    const args = commandLine(name, site).join(' ');
    expect(args).toContain('127.0.0.1');
    expect(args).not.toMatch(
      /0\.0\.0\.0|=https?:\/\/(?!127\.0\.0\.1)(?!kubernetes\.default)/,
    );
    expect(readinessUrl(name, site)).toMatch(
      /^https:\/\/127\.0\.0\.1:2000\d\//,
    );
  });

  it.each(componentNames)('of %s keeps its files under the folder', name => {
    const files = commandLine(name, site)
      .map(arg => arg.split('=')[1])
      .filter(value => value.startsWith('/'));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect(file).toMatch(/^\/x\//);
  });

  it('of the API server leaves authorization, admission and fairness on and knows no anonymous shortcut', () => {
    const args = commandLine('kube-apiserver', site);
    expect(args).toContain('--authorization-mode=Node,RBAC');
    expect(args.join(' ')).not.toMatch(
      /disable-admission|priority-and-fairness=false|token-auth-file|AlwaysAllow|max-requests-inflight/,
    );
  });

  it('of etcd asks every client for a certificate of this playground', () => {
    const args = commandLine('etcd', site);
    expect(args).toContain('--client-cert-auth=true');
    expect(args).toContain('--trusted-ca-file=/x/pki/ca.crt');
  });
});
