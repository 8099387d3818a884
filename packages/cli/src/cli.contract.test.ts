import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  ensureBinaries,
  Playground,
  serveCharts,
  startPlayground,
} from '@understage/playground';
import { createHelmChartRenderer } from '@understage/plugin-paas-node';
import { applications } from './cluster/resourceTypes';
import { openConnection } from './cluster/openConnection';
import { createTestWorld } from './testing/createTestWorld';

jest.setTimeout(900_000);

const repository = path.resolve(__dirname, '../../..');
const seedFile = path.join(
  repository,
  'examples/applications/user-service.yaml',
);

const prepared = `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { understage.dev/tenant: retail } }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: understage-deployer, namespace: shop }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: understage-deployer, namespace: shop }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: understage-deployer }
subjects: [{ kind: ServiceAccount, name: understage-deployer, namespace: shop }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: application-editor }
rules:
  - { apiGroups: [paas.understage.dev], resources: [applications], verbs: ['*'] }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: dev-applications, namespace: shop }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: application-editor }
subjects: [{ kind: User, apiGroup: rbac.authorization.k8s.io, name: dev }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: dev-edit, namespace: shop }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: admin }
subjects: [{ kind: User, apiGroup: rbac.authorization.k8s.io, name: dev }]
`;

describe('paas on a real API server', () => {
  let playground: Playground;
  let charts: Awaited<ReturnType<typeof serveCharts>>;
  let directory: string;
  let helm: string;
  let user: string;

  beforeAll(async () => {
    ({ helm } = await ensureBinaries({ only: ['helm'] }));
    directory = await mkdtemp(path.join(tmpdir(), 'paas-contract-'));
    playground = await startPlayground({
      components: ['etcd', 'kube-apiserver', 'kube-controller-manager'],
    });
    charts = await serveCharts({
      directory: path.join(repository, 'examples/charts'),
    });
    await writeFile(
      path.join(directory, 'platform.yaml'),
      'paas:\n  images: { convention: "registry.example.com/{tenant}/{component}:1" }\n  chartRepositories: { bitnami: { url: "${CHARTS}" } }\n',
    );
    await playground.kubectl([
      'apply',
      '-f',
      path.join(repository, 'crds'),
      '-f',
      path.join(repository, 'deploy/deployer.yaml'),
    ]);
    await playground.kubectl(['apply', '-f', '-'], prepared);
    ({ kubeconfig: user } = await playground.addUser({ name: 'dev' }));
    await playground.kubectl([
      'wait',
      '--for=condition=Established',
      'crd/applications.paas.understage.dev',
      'crd/tenants.paas.understage.dev',
    ]);
  });

  afterAll(async () => {
    await playground?.stop();
    await charts?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  /** Runs the CLI as the user `dev`, who may edit the namespace `shop`, or as the administrator. */
  async function paas(
    args: readonly string[],
    options: { admin?: boolean; stdin?: string; kubeconfig?: string } = {},
  ) {
    const kubeconfig =
      options.kubeconfig ?? (options.admin ? playground.kubeconfig : user);
    const test = createTestWorld({
      stdin: options.stdin,
      env: { CHARTS: charts.url },
      now: () => new Date(),
      connect: connect => openConnection({ ...connect, kubeconfig, env: {} }),
      charts: createHelmChartRenderer({
        helm,
        repositories: { bitnami: { url: charts.url } },
        cacheDirectory: directory,
      }),
    });
    return test.run(
      ...args,
      '-n',
      'shop',
      '--config',
      path.join(directory, 'platform.yaml'),
    );
  }

  it('takes the seed file unchanged, once', async () => {
    const first = await paas(['apply', '-f', seedFile]);
    expect(first).toEqual({
      code: 0,
      out: 'application shop/user-service created\n',
      err: '',
    });
    const second = await paas(['apply', '-f', seedFile]);
    expect(second.out).toBe('application shop/user-service unchanged\n');
  });

  it('plans the seed file as the user, down to the chart', async () => {
    const { code, out, err } = await paas(['plan', '-f', seedFile]);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('+ Service redis');
    expect(out).toMatch(
      /\? Deployment user-service-frontend WaitingForDependency/,
    );
    expect(await paas(['plan', 'user-service'])).toEqual({ code, out, err });
  });

  it('has nothing to plan once the objects are there', async () => {
    const planned = JSON.parse(
      (await paas(['plan', 'user-service', '-o', 'json'])).out,
    );
    const { cluster, close } = await openConnection({
      kubeconfig: playground.kubeconfig,
      env: {},
    });
    try {
      expect(planned[0].actions.length).toBeGreaterThan(5);
      const stored = await cluster.get(applications, {
        namespace: 'shop',
        name: 'user-service',
      });
      expect(stored?.metadata.uid).toBeDefined();
    } finally {
      await close();
    }
    const objects = planned[0].actions
      .filter((action: { kind: string }) => action.kind === 'create')
      .filter(
        (action: { ref: { kind: string } }) => action.ref.kind !== 'Secret',
      )
      .map((action: { object: unknown }) => action.object);
    await playground.kubectl(
      ['apply', '--server-side', '--field-manager=understage', '-f', '-'],
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
    );
    const { out } = await paas(['plan', 'user-service', '--all', '-o', 'json']);
    const kinds = JSON.parse(out)[0]
      .actions.filter(
        (action: { ref: { kind: string } }) => action.ref.kind !== 'Secret',
      )
      .map((action: { kind: string; ref: unknown; changes?: unknown }) =>
        action.kind === 'update' ? action : action.kind,
      );
    expect(new Set(kinds)).toEqual(new Set(['none', 'wait']));
  });

  it('shows it, with what is not there yet', async () => {
    const one = await paas(['status', 'user-service']);
    expect(one.code).toBe(0);
    expect(one.out).toMatch(/frontend +Deployment/);
    expect(one.out).toMatch(/redis +HelmChart/);
    expect((await paas(['tree', 'user-service'])).out).toContain('StatefulSet');
    expect((await paas(['status'])).out).toMatch(/^shop +user-service/m);
  });

  it('says 4 when nobody makes it ready in time', async () => {
    const { code, err } = await paas([
      'status',
      'user-service',
      '--wait',
      '--timeout',
      '1s',
    ]);
    expect(code).toBe(4);
    expect(err).toContain('the operator has not seen it yet');
  });

  it('says 3 when the cluster is not there', async () => {
    const text = await readFile(user, 'utf8');
    const kubeconfig = path.join(directory, 'gone.kubeconfig');
    await writeFile(
      kubeconfig,
      text.replace(/server: .*/, 'server: https://127.0.0.1:1'),
    );
    const { code, err } = await paas(['status'], { kubeconfig });
    expect(code).toBe(3);
    expect(err).toMatch(/127\.0\.0\.1:1.*refused/i);
  });

  it('says 2 when the user may not', async () => {
    const { kubeconfig } = await playground.addUser({ name: 'outsider' });
    const { code, err } = await paas(['apply', '-f', seedFile], { kubeconfig });
    expect(code).toBe(2);
    expect(err).toContain('is forbidden: User "outsider"');
  });

  it('says 1 for what the file says wrong, before anything is sent', async () => {
    const text = await readFile(seedFile, 'utf8');
    const { code, err } = await paas(['apply', '-'], {
      stdin: text.replace('replicas: 3', 'replicas: many'),
    });
    expect(code).toBe(1);
    expect(err).toContain('spec.components[0].replicas');
  });

  it('finds what is missing', async () => {
    const { code, out } = await paas(['doctor'], { admin: true });
    expect(code).toBe(2);
    expect(out).toMatch(/ok +resource/);
    expect(out).toMatch(/problem +operator +No operator has ever led here/);
    expect(out).toMatch(/ok +deployer/);
  });

  it('tells a platform engineer the same of the operator as an administrator', async () => {
    const role = 'understage-platform-engineer';
    const file = path.join(repository, 'deploy/platform-engineer.yaml');
    await playground.kubectl(['apply', '-f', file]);
    await playground.kubectl([
      ...['create', 'clusterrolebinding', 'engineer'],
      ...[`--clusterrole=${role}`, '--user=engineer'],
    ]);
    const { kubeconfig } = await playground.addUser({ name: 'engineer' });
    const ofOperator = async (who: Parameters<typeof paas>[1]) => {
      const { out } = await paas(['doctor'], who);
      return out.split('\n').find(line => line.includes('operator'));
    };
    const known = await ofOperator({ admin: true });
    expect(known).toMatch(/problem +operator/);
    expect(await ofOperator({ kubeconfig })).toBe(known);
  });

  it('deletes it', async () => {
    const { code, out } = await paas(['delete', 'user-service', '--yes']);
    expect(code).toBe(0);
    expect(out).toContain('application shop/user-service deleted');
  });

  describe('tenant', () => {
    const dataFile = path.join(repository, 'examples/tenants/data.yaml');
    const shortLived = `
apiVersion: paas/v1
kind: Tenant
metadata: { name: trial }
spec: { owner: team-trial, deletionPolicy: Delete, environments: [{ name: main }] }
`;
    const tenants = () =>
      playground.kubectl([
        'get',
        'tenants',
        '-o',
        'jsonpath={..metadata.name}',
      ]);

    it('plans all that a tenant consists of, with nothing there yet', async () => {
      const { code, out, err } = await paas(['tenant', 'plan', dataFile], {
        admin: true,
      });
      expect([code, err]).toEqual([0, '']);
      expect(out).toContain('+ Namespace data-prod');
      expect(out).toContain('+ NetworkPolicy data-lab/understage-default-deny');
    });

    it('leaves a namespace alone that is not its own', async () => {
      const file = path.join(repository, 'examples/tenants/shop.yaml');
      const { code, out } = await paas(['tenant', 'plan', file], {
        admin: true,
      });
      expect(code).toBe(2);
      expect(out).toContain('! Namespace shop NamespaceTaken');
    });

    it('is given out once, by whoever may', async () => {
      const apply = ['tenant', 'apply', '-f', dataFile];
      const refused = await paas(apply);
      expect(refused.code).toBe(2);
      expect(refused.err).toContain('is forbidden: User "dev"');
      expect((await paas(apply, { admin: true })).out).toBe(
        'tenant data created\n',
      );
      expect((await paas(apply, { admin: true })).out).toBe(
        'tenant data unchanged\n',
      );
    });

    it('is shown as what it is while no operator runs', async () => {
      const { out } = await paas(['tenant', 'get', 'data'], { admin: true });
      expect(out).toContain('The operator has not seen it yet.');
      const late = await paas(
        ['tenant', 'apply', '-f', dataFile, '--wait', '--timeout', '1s'],
        { admin: true },
      );
      expect(late.code).toBe(4);
    });

    it('goes with its namespaces only when its name was repeated, which the API server wants to see too', async () => {
      await paas(['tenant', 'apply', '-'], { admin: true, stdin: shortLived });
      await playground.kubectl([
        ...['apply', '--server-side', '-f'],
        path.join(repository, 'deploy/admission.yaml'),
      ]);
      const bare = ['delete', 'tenant', 'trial', '--dry-run=server'];
      const refusal = () => playground.kubectl(bare).then(() => '', String);
      const until = Date.now() + 30_000;
      // Policies are compiled a moment after they were written.
      while (!(await refusal()).includes('confirm-delete')) {
        if (Date.now() > until) throw new Error(await refusal());
        await new Promise(resolve => {
          setTimeout(resolve, 200);
        });
      }
      const remove = ['tenant', 'delete', 'trial', '--yes'];
      const other = await paas([...remove, 'data'], { admin: true });
      expect(other.code).toBe(1);
      expect(await tenants()).toBe('data trial');
      const { code, out } = await paas([...remove, 'trial'], { admin: true });
      expect([code, out]).toEqual([
        0,
        expect.stringContaining('tenant trial is being offboarded'),
      ]);
      expect(await tenants()).toBe('data');
    });
  });
});
