import { Doors, doorLines } from './doors';
import { StackSettings } from './settings';

const settings: StackSettings = {
  install: false,
  nodes: 6,
  port: 7007,
  examples: 'all',
};
const foreign = { ...settings, kubeconfig: '/home/ada/.kube/config' };
const portal = { url: 'http://localhost:7007' } as Doors['portal'];
const operator = { url: 'http://127.0.0.1:9000' } as Doors['operator'];

function doors(plane: Partial<Doors['plane']>, more: Partial<Doors> = {}) {
  return {
    portal,
    ...more,
    plane: {
      kubeconfig: '/tmp/run/admin.kubeconfig',
      configFile: '/tmp/run/platform.yaml',
      directory: '/tmp/run',
      knowsApplications: true,
      ...plane,
    },
  };
}
const text = (...args: Parameters<typeof doorLines>) =>
  doorLines(...args).join('\n');

describe('the last words of npm start', () => {
  it('name the portal, how to reach the cluster, the logs, and that nodes are simulated', () => {
    const lines = text(doors({}, { operator }), settings);
    expect(lines).toContain('Portal      http://localhost:7007');
    expect(lines).toContain(
      'export KUBECONFIG=/tmp/run/admin.kubeconfig UNDERSTAGE_CONFIG=/tmp/run/platform.yaml',
    );
    expect(lines).toContain('npm run paas -- status user-service -n shop');
    expect(lines).toContain('simulated by kwok');
  });

  it('can be pasted into a shell when the folder has a space or a quote', () => {
    expect(text(doors({ kubeconfig: "/tmp/a b's/k" }), settings)).toContain(
      `export KUBECONFIG='/tmp/a b'\\''s/k' `,
    );
  });

  it('say of a cluster without the resource definition that it is missing, and the two ways to install it', () => {
    const lines = text(
      doors({ knowsApplications: false, context: 'prod' }),
      foreign,
    );
    expect(lines).toContain('nothing in this cluster was changed');
    expect(lines).toContain('does not know Applications');
    expect(lines).toContain('--install');
    expect(lines).toContain('kubectl apply --server-side -f crds/ -f deploy/');
    expect(lines).not.toContain('kwok');
  });

  it('name the context of a cluster that is not ours', () => {
    expect(text(doors({ context: 'my cluster' }), foreign)).toContain(
      "npm run paas -- status --all-namespaces --context 'my cluster'",
    );
  });

  it('say after an installation how a team gets a namespace', () => {
    const installed = { ...foreign, install: true };
    const lines = text(doors({}, { operator }), installed);
    expect(lines).toContain('deploy/README.md');
    expect(lines).not.toContain('nothing in this cluster was changed');
  });
});
