import { Playground, startPlayground } from '@understage/playground';
import { configMaps, deployments, namespaces } from '../testing/objects';
import { connectCluster, HttpCluster } from './connectCluster';

jest.setTimeout(180_000);

let playground: Playground;
let cluster: HttpCluster;
beforeAll(async () => {
  playground = await startPlayground({
    components: ['etcd', 'kube-apiserver'],
  });
  const { kubeconfig } = playground;
  cluster = await connectCluster({ name: 'playground', kubeconfig });
});
afterAll(async () => {
  await cluster?.close();
  await playground?.stop();
});

describe('discovery on a real API server', () => {
  it('knows kinds by group, in the preferred version, with their scope', async () => {
    const types = await cluster.resourceTypes();
    expect(types).toEqual(
      expect.arrayContaining([configMaps, deployments, namespaces]),
    );
    const autoscalers = types.filter(
      type => type.kind === 'HorizontalPodAutoscaler',
    );
    expect(autoscalers.map(type => type.version)).toEqual(['v2']);
    const places = types.map(type => `${type.group}/${type.plural}`);
    expect(new Set(places).size).toBe(places.length);
  });

  it('can list every kind that it names, but those that are only asked or created', async () => {
    const types = await cluster.resourceTypes();
    const answers = await Promise.all(
      types
        // Deprecated since 2020, and the only list without a version.
        .filter(type => type.kind !== 'ComponentStatus')
        .map(type =>
          cluster.list(type).then(
            () => 'listed',
            error => `${error.status} ${type.kind}`,
          ),
        ),
    );
    const refused = answers.filter(answer => answer !== 'listed');
    expect(answers.length - refused.length).toBeGreaterThan(40);
    for (const answer of refused) {
      expect(answer).toMatch(/^40[45] (Binding|\w+Review|TokenRequest)$/);
    }
  });

  it('is open to whoever can log in', async () => {
    const { kubeconfig } = await playground.addUser({ name: 'nobody' });
    const theirs = await connectCluster({ name: 'theirs', kubeconfig });
    expect(await theirs.resourceTypes()).toEqual(await cluster.resourceTypes());
    await theirs.close();
  });

  it('logs in with the token of a service account', async () => {
    await playground.kubectl(['create', 'serviceaccount', 'robot']);
    const login = await playground.serviceAccountKubeconfig({
      namespace: 'default',
      name: 'robot',
    });
    const robot = await connectCluster({ name: 'robot', ...login });
    await expect(robot.list(configMaps)).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining('system:serviceaccount:default:robot'),
    });
    await robot.close();
  });
});
