import { InMemoryKube, KubeObject } from '@understage/kube';
import { pods } from '../cluster/resourceTypes';
import {
  clusterWith,
  createTestWorld,
  typeOf,
} from '../testing/createTestWorld';
import {
  liveCheckout,
  shopNamespace,
  statusOf,
  webDeployment,
  webPod,
} from '../testing/fixtures';
import { until } from '../testing/until';

const seed = (cluster: InMemoryKube, object: KubeObject) =>
  cluster.seed(typeOf(object), object);

describe('status', () => {
  it('lists applications, those that need attention first', async () => {
    const cluster = clusterWith(
      {
        ...liveCheckout({ status: statusOf(true) }),
        metadata: { name: 'fine', namespace: 'shop' },
      },
      liveCheckout({ status: statusOf(false, { state: 'Failed' }) }),
    );
    const { code, out } = await createTestWorld({ cluster }).run('status');
    expect(code).toBe(0);
    const [header, first, second] = out.split('\n');
    expect(header).toMatch(
      /^NAMESPACE +NAME +STATE +READY +RELEASE +AGE +MESSAGE$/,
    );
    expect(first).toMatch(/^shop +checkout +Failed +1\/2 +2 +\d+/);
    expect(second).toMatch(/^shop +fine +Ready/);
  });

  it('says that there are none', async () => {
    const cluster = clusterWith(shopNamespace);
    const { out } = await createTestWorld({ cluster }).run('status');
    expect(out).toContain('There are no applications in shop');
  });

  it('does not take a namespace that is not there for an empty one', async () => {
    const { code, err } = await createTestWorld().run('status', '-n', 'shpo');
    expect(code).toBe(1);
    expect(err).toContain('There is no namespace shpo');
  });

  it('lists an application that is not valid among the others', async () => {
    const cluster = clusterWith(
      liveCheckout({
        spec: { components: [{ name: 'web', type: 'Sorcery' }] },
        status: statusOf(false, { state: 'Failed', message: 'not valid' }),
      }),
    );
    const { code, out } = await createTestWorld({ cluster }).run('status');
    expect(code).toBe(0);
    expect(out).toMatch(/checkout +Failed .*not valid/);
  });

  it.each([
    [['status', '--wait'], 'status NAME --wait'],
    [['status', 'checkout', '-A'], 'name that with -n'],
    [['status', '-n', 'Shop'], '--namespace: "Shop" is not a name'],
    [['status', '-n', ''], '--namespace: "" is not a name'],
  ])('%j is a problem in the input', async (args, sentence) => {
    const { code, err } = await createTestWorld().run(...args);
    expect(code).toBe(1);
    expect(err).toContain(sentence);
  });

  it('keeps sentences in their column on a narrow terminal, or below it', async () => {
    const message = 'web: 1 of 2 pods ready; the other one is not';
    const cluster = clusterWith(
      liveCheckout({ status: statusOf(false, { message }) }),
    );
    const linesAt = async (columns: number) =>
      (
        await createTestWorld({ cluster, terminal: true, columns }).run(
          'status',
          '--color',
          'never',
        )
      ).out.split('\n');
    const beside = await linesAt(95);
    expect(beside[1]).toMatch(/^shop .* web: 1 of 2 pods ready; the/);
    expect(beside[2]).toMatch(/^ {40,}not$/);
    const below = await linesAt(60);
    expect(below.slice(1)).toEqual([
      expect.stringMatching(/^shop +checkout +Progressing +1\/2 +2 +\S+$/),
      `    ${message}`,
      '',
    ]);
  });

  it('judges by the objects as they are now, not by the last report', async () => {
    const cluster = clusterWith();
    const live = seed(cluster, liveCheckout({ status: statusOf(true) }));
    seed(cluster, webDeployment(1, live));
    const { code, out } = await createTestWorld({ cluster }).run(
      'status',
      'checkout',
    );
    expect(code).toBe(0);
    expect(out).toMatch(
      /web +Deployment +\w+ +1\/2 +registry\.example\.com\/web:1/,
    );
    expect(out).not.toMatch(/^shop\/checkout Ready/);
  });

  it('prints again when a pod changes, without asking in between', async () => {
    const cluster = clusterWith();
    const live = seed(cluster, liveCheckout({ status: statusOf(false) }));
    seed(cluster, webDeployment(1, live));
    const test = createTestWorld({ cluster });
    const running = test.run('status', 'checkout', '--watch');
    await until(() => test.text.out.includes('1/2'));
    seed(cluster, webDeployment(2, live));
    cluster.seed(pods, webPod('web-2'));
    await until(() => test.text.out.includes('2/2'));
    test.interrupt();
    expect((await running).code).toBe(0);
  });

  it('neutralises what others wrote', async () => {
    const message = 'web: \u001b[31mred\u001b[0m\u001b]0;owned\u0007';
    const cluster = clusterWith(
      liveCheckout({ status: statusOf(false, { message }) }),
    );
    const { out } = await createTestWorld({ cluster, terminal: true }).run(
      'status',
    );
    expect(out).toContain('web: red');
    expect(out).not.toContain('owned');
  });
});

describe('tree', () => {
  it('shows components, workloads and pods', async () => {
    const cluster = clusterWith();
    seed(cluster, webDeployment(1, seed(cluster, liveCheckout())));
    const { code, out } = await createTestWorld({ cluster }).run(
      'tree',
      'checkout',
    );
    expect(code).toBe(0);
    expect(out).toMatch(/└─ Component web .*\n {3}└─ Deployment checkout-web /);
  });
});
