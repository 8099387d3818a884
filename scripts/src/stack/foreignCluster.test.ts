import { clusterNameOf, requireInstallRights } from './foreignCluster';

describe('the name that the portal gives to a cluster', () => {
  it.each([
    ['kind-dev', 'kind-dev'],
    [
      'arn:aws:eks:eu-west-1:1234:cluster/Prod',
      'arn-aws-eks-eu-west-1-1234-cluster-prod',
    ],
    ['admin@cluster.local', 'admin-cluster-local'],
    ['--', 'cluster'],
    ['', 'cluster'],
    ['x'.repeat(70), 'x'.repeat(63)],
    [`${'x'.repeat(62)}--y`, 'x'.repeat(62)],
  ])('of the context %j is %s', (context, name) => {
    expect(clusterNameOf(context)).toBe(name);
  });
});

describe('the rights that an installation needs', () => {
  it('are asked for one by one, and nothing is written', async () => {
    const asked: string[] = [];
    await requireInstallRights(async args => {
      asked.push(args.slice(0, 3).join(' '));
      return 'yes\n';
    });
    expect(new Set(asked)).toEqual(new Set(['auth can-i create']));
  });

  it('are named when they are missing', async () => {
    const kubectl = async (args: readonly string[]) => {
      if (args.includes('namespaces')) throw new Error('no');
      return 'Warning: not a namespaced resource\nyes\n';
    };
    await expect(requireInstallRights(kubectl)).rejects.toThrow(
      'you may not install here: creating namespaces is refused to you. Nothing was written.',
    );
  });
});
