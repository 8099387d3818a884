import { readFileSync } from 'node:fs';
import { createChartRendererDouble } from '@understage/plugin-paas-node';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import {
  createOperatorWorld,
  deployerYaml,
  namespaceYaml,
  OperatorWorld,
  repositoryFile,
  StartedOperator,
  StartOptions,
} from './__testUtils__/createOperatorWorld';
import { everyKindChart } from './__testUtils__/everyKindChart';
import {
  listed,
  probeOperator,
  ProbeRules,
  rulesIn,
  withoutEachResource,
  withoutVerb,
} from './__testUtils__/rbacRules';
import { waitFor } from './__testUtils__/waitFor';

const probe = (rules: ProbeRules, more?: StartOptions) =>
  probeOperator(world, rules, more);

jest.setTimeout(180_000);

const clusterRules = rulesIn('operator-rbac.yaml', 'ClusterRole');
const leaseRules = rulesIn('operator-rbac.yaml', 'Role');
const deployerRules = rulesIn('deployer.yaml', 'ClusterRole');

let world: OperatorWorld;
beforeAll(async () => {
  world = await createOperatorWorld({
    components: ['etcd', 'kube-apiserver', 'kube-controller-manager'],
    // Deployers with other roles than theirs are bound here.
    admission: false,
  });
  // Stands for the Gateway API, which is an add-on.
  await world.playground.kubectl(['apply', '-f', '-'], routesCrd);
});
afterAll(() => world?.stop());

const routesCrd = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: httproutes.gateway.networking.k8s.io
  annotations: { api-approved.kubernetes.io: unapproved }
spec:
  group: gateway.networking.k8s.io
  scope: Namespaced
  names: { kind: HTTPRoute, plural: httproutes, singular: httproute }
  versions:
    - name: v1
      served: true
      storage: true
      schema: { openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true } }
`;

const says = (running: StartedOperator, sentence: RegExp) =>
  waitFor(
    `the operator to say ${sentence}; it said\n${running.log.join('\n')}\n`,
    () => running.log.find(line => sentence.test(line)),
    20_000,
  );

const application = (name = 'app') => `
apiVersion: paas/v1
kind: Application
metadata: { name: ${name} }
spec:
  components: [{ name: everything, type: HelmChart, chart: test/everything }]
`;

const charts = createChartRendererDouble({
  test: { everything: { '1.0.0': everyKindChart } },
});

describe("the operator's own rights", () => {
  const watched = withoutEachResource(clusterRules).filter(({ what }) =>
    what.includes('watch'),
  );
  const running = new Map<string, StartedOperator>();
  let whole: StartedOperator;

  beforeAll(async () => {
    for (const { what, rules } of watched) {
      running.set(what, await probe({ cluster: rules }));
    }
    whole = await probe({}, { charts });
  });
  afterAll(async () => {
    await Promise.all([...running.values()].map(each => each.stop()));
    await whole?.stop();
  });

  it('are enough', async () => {
    await whole.leading();
    expect(whole.log.filter(line => line.includes('forbidden'))).toEqual([]);
  });

  it.each(watched)(
    'include $what: without, the cache is never filled',
    async ({ what, resource }) => {
      const lacking = running.get(what);
      if (!lacking) throw new Error(`nothing runs without ${what}`);
      await says(
        lacking,
        new RegExp(
          `watch broke.*cannot (list|watch) resource .*"${resource}\\\\"`,
        ),
      );
      const answer = await fetch(
        `http://127.0.0.1:${lacking.operator.port}/readyz`,
      );
      expect(answer.status).toBe(503);
    },
  );
});

describe('what the operator writes', () => {
  let running: StartedOperator | undefined;
  afterEach(async () => {
    await running?.stop();
    running = undefined;
  });

  async function work(namespace: string, rules: ProbeRules) {
    await world.playground.kubectl(
      ['apply', '-f', '-'],
      namespaceYaml(namespace),
    );
    running = await probe(rules, { charts });
    await running.leading();
    await world.apply(namespace, application());
    return running;
  }

  it('needs applications/status: without, nothing is reported', async () => {
    const lacking = await work('without-status', {
      cluster: clusterRules.filter(
        ({ resources }) => !resources.includes('applications/status'),
      ),
    });
    await says(lacking, /status not written.*forbidden/);
    expect(await world.status('without-status', 'app')).toBeUndefined();
  });

  it('needs to create events: without, transitions are not told', async () => {
    const lacking = await work('without-events', {
      cluster: withoutVerb(clusterRules, 'events', 'create'),
    });
    await says(lacking, /event not written.*forbidden/);
  });

  it('needs to impersonate deployers: without, no object is written', async () => {
    await work('without-impersonation', {
      cluster: clusterRules.filter(
        ({ verbs }) => !verbs.includes('impersonate'),
      ),
    });
    const status = await world.waitForStatus(
      { namespace: 'without-impersonation', name: 'app' },
      'refused',
      ({ conditions }) =>
        conditions.some(({ reason }) => reason === 'NoDeployer'),
    );
    expect(status.message).toContain('may not act as understage-deployer');
    expect((await world.children('without-impersonation')).size).toBe(0);
  });

  it.each(['get', 'create', 'update'])(
    'needs to %s its lease: without, it does not lead, or not for long',
    async verb => {
      running = await probe({ lease: withoutVerb(leaseRules, 'leases', verb) });
      await says(running, new RegExp(`leader election failed.*cannot ${verb}`));
      const { operator } = running;
      await waitFor('the end of its term', () =>
        operator.isLeader() ? undefined : true,
      );
    },
  );

  it('is nothing else: every verb of every rule was taken away above', () => {
    const verbs = clusterRules.flatMap(rule =>
      rule.resources.map(resource => `${resource} ${rule.verbs.join(' ')}`),
    );
    const others = verbs.filter(each => !/ list watch$/.test(each));
    // What is about tenants is taken away in tenantRbac.contract.test.ts.
    expect(others).toEqual([
      'applications/status patch',
      'tenants list watch update',
      'tenants/status patch',
      'events list watch create',
      'validatingadmissionpolicies list',
      'validatingadmissionpolicybindings list',
      'serviceaccounts impersonate',
    ]);
    expect(leaseRules).toEqual([
      expect.objectContaining({ verbs: ['get', 'create', 'update'] }),
      expect.objectContaining({
        resourceNames: ['understage-provisioner'],
        verbs: ['impersonate'],
      }),
    ]);
  });
});

describe('deploy/operator.yaml', () => {
  const dryRun = (stdin: string) =>
    world.playground.kubectl(
      ['apply', '--server-side', '--dry-run=server', '-f', '-'],
      stdin,
    );
  const file = readFileSync(repositoryFile('deploy/operator.yaml'), 'utf8');

  it('is taken by the API server', async () => {
    const answer = await dryRun(file);
    expect(answer.trim().split('\n')).toHaveLength(4);
  });

  it('makes pods that the restricted profile lets in', async () => {
    const podTemplate = z.object({
      kind: z.literal('Deployment'),
      spec: z.object({
        template: z.object({
          metadata: z.object({}),
          spec: z.object({}).loose(),
        }),
      }),
    });
    const [template] = parseAllDocuments(file)
      .map(document => podTemplate.safeParse(document.toJS()))
      .flatMap(({ data }) => (data ? [data.spec.template] : []));
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'operator', namespace: 'understage-system' },
      spec: template.spec,
    };
    await expect(dryRun(JSON.stringify(pod))).resolves.toContain(
      'pod/operator',
    );
    const rooted = {
      ...pod,
      spec: { ...pod.spec, securityContext: { runAsUser: 0 } },
    };
    await expect(dryRun(JSON.stringify(rooted))).rejects.toThrow(
      'violates PodSecurity "restricted',
    );
  });
});

describe("a deployer's rights", () => {
  const cases = withoutEachResource(deployerRules).map((each, index) => ({
    ...each,
    namespace: `deployer-${index}`,
  }));
  let running: StartedOperator;

  beforeAll(async () => {
    const roles = cases.map(
      ({ namespace, rules }) => `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: ${namespace} }
rules: ${listed(rules)}
---
${namespaceYaml(namespace, false)}---
${deployerYaml(namespace, namespace)}`,
    );
    await world.playground.kubectl(
      ['apply', '-f', '-'],
      [...roles, namespaceYaml('deployer-whole')].join('---\n'),
    );
    running = await world.startOperator({ charts, retryRefusedMs: 2_000 });
    await running.leading();
    for (const { namespace } of [...cases, { namespace: 'deployer-whole' }]) {
      await world.apply(namespace, application());
    }
  });
  afterAll(() => running?.stop());

  it('are enough: an object of every kind is written', async () => {
    await world.waitForStatus(
      { namespace: 'deployer-whole', name: 'app' },
      'applied',
      ({ conditions }) =>
        conditions.some(
          ({ type, status }) => type === 'Applied' && status === 'True',
        ),
    );
  });

  it.each(cases)(
    'include $resource: without, it is refused',
    async ({ namespace, resource }) => {
      const status = await world.waitForStatus(
        { namespace, name: 'app' },
        'refused',
        each => JSON.stringify(each).includes(`may not patch ${resource}`),
      );
      expect(status.conditions).toContainEqual(
        expect.objectContaining({ type: 'Applied', status: 'False' }),
      );
    },
  );
});
