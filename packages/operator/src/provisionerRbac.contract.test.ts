import {
  createOperatorWorld,
  OperatorWorld,
  StartedOperator,
} from './__testUtils__/createOperatorWorld';
import { listed, Rule, rulesIn } from './__testUtils__/rbacRules';
import { TenantsOf, tenantsOf } from './__testUtils__/tenantsOf';
import { waitFor } from './__testUtils__/waitFor';

jest.setTimeout(240_000);

const provisionerRules = rulesIn('provisioner-rbac.yaml', 'ClusterRole');

const PROVISIONER =
  'system:serviceaccount:understage-system:understage-provisioner';

let world: OperatorWorld;
let tenants: TenantsOf;
beforeAll(async () => {
  world = await createOperatorWorld({
    components: ['etcd', 'kube-apiserver', 'kube-controller-manager'],
    // Here RBAC is what refuses.
    admission: false,
  });
  tenants = tenantsOf(world);
});
afterAll(() => world?.stop());

const everything = JSON.stringify;
const isVerified = ({
  environments: [first],
}: {
  environments: readonly { checks: readonly object[] }[];
}) => first?.checks.length > 0;

describe("the provisioner's rights", () => {
  let running: StartedOperator;
  beforeAll(async () => {
    running = await world.startOperator({ retryRefusedMs: 3_600_000 });
    await running.leading();
  });
  afterAll(() => running?.stop());

  const setRules = (rules: readonly Rule[]) =>
    world.playground.kubectl(
      ['apply', '-f', '-'],
      `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: understage-provisioner }
rules: ${listed(rules)}
`,
    );

  afterEach(() => setRules(provisionerRules));

  /** One verb on one resource, of the rule that is about it, taken away. */
  const without = (resource: string, verb: string) =>
    provisionerRules.flatMap(rule => {
      if (!rule.resources.includes(resource) || !rule.verbs.includes(verb))
        return [rule];
      const others = rule.resources.filter(each => each !== resource);
      const verbs = rule.verbs.filter(each => each !== verb);
      return [
        { ...rule, resources: others },
        { ...rule, resources: [resource], verbs },
      ];
    });

  const writes = provisionerRules
    .filter(({ apiGroups }) => !apiGroups.includes('paas.understage.dev'))
    .flatMap(({ resources, verbs }) =>
      resources.flatMap(resource => verbs.map(verb => ({ resource, verb }))),
    );
  const puts = writes.filter(
    ({ verb, resource }) =>
      (verb === 'create' || verb === 'patch') &&
      resource !== 'persistentvolumes',
  );

  it.each(puts)(
    'include to $verb $resource: without, it is refused',
    async ({ resource, verb }) => {
      await setRules(without(resource, verb));
      const name = `no-${verb}-${resource}`;
      await tenants.apply(name);
      const status = await tenants.waitForStatus(name, 'refused', each =>
        everything(each).includes(`may not ${verb} ${resource};`),
      );
      expect(status.state).toBe('Failed');
    },
  );

  const leaving = writes.filter(
    ({ verb, resource }) =>
      verb === 'delete' &&
      [
        'serviceaccounts',
        'rolebindings',
        'clusterroles',
        'clusterrolebindings',
      ].includes(resource),
  );

  it.each(leaving)(
    'include to delete $resource: without, a tenant can not leave',
    async ({ resource }) => {
      const name = `stay-${resource}`;
      await tenants.apply(name);
      await tenants.waitForStatus(name, 'verified', isVerified);
      await setRules(without(resource, 'delete'));
      await tenants.remove(name);
      await waitFor('the refusal', async () =>
        everything(await tenants.status(name)).includes(
          `may not delete ${resource};`,
        )
          ? true
          : undefined,
      );
      await setRules(provisionerRules);
    },
  );

  it('include to delete namespaces: without, deletionPolicy Delete ends nowhere', async () => {
    const spec = `
  owner: group:default/team-shop
  members: []
  environments: [{ name: only }]
  quota: { pods: 1 }
  deletionPolicy: Delete
`;
    await tenants.apply('stay-namespace', spec);
    await tenants.waitForStatus('stay-namespace', 'verified', isVerified);
    await setRules(without('namespaces', 'delete'));
    await world.playground.kubectl([
      ...['annotate', 'tenant', 'stay-namespace'],
      'understage.dev/confirm-delete=stay-namespace',
    ]);
    await tenants.remove('stay-namespace');
    await waitFor('the refusal', async () =>
      everything(await tenants.status('stay-namespace')).includes(
        'may not delete namespaces;',
      )
        ? true
        : undefined,
    );
  });

  it.each([
    ['limitranges', 'limits', '{ max: { cpu: "2" } }'],
    ['networkpolicies', 'network', '{ allowFrom: [ingress] }'],
  ])(
    'include to delete %s: without, what is no longer asked for stays',
    async (resource, field, value) => {
      const spec = `
  owner: group:default/team-shop
  members: []
  environments: [{ name: only }]
  quota: { pods: 1 }
  ${field}: ${value}
`;
      const name = `shrink-${resource}`;
      await tenants.apply(name, spec);
      await tenants.waitForStatus(name, 'verified', isVerified);
      await setRules(without(resource, 'delete'));
      await world.playground.kubectl([
        ...['patch', 'tenant', name, '--type=merge', '-p'],
        JSON.stringify({ spec: { [field]: null } }),
      ]);
      await waitFor('the refusal', async () =>
        everything(await tenants.status(name)).includes(
          `may not delete ${resource};`,
        )
          ? true
          : undefined,
      );
    },
  );

  it.each(
    provisionerRules
      .flatMap(({ resourceNames = [] }) => resourceNames)
      .map(role => [role]),
  )('include to bind %s: without, nobody gets it', async role => {
    await setRules(
      provisionerRules.map(rule =>
        rule.resourceNames
          ? {
              ...rule,
              resourceNames: rule.resourceNames.filter(each => each !== role),
            }
          : rule,
      ),
    );
    const name = `unbound-${role.split('-').at(-1)}`;
    await tenants.apply(name);
    const status = await tenants.waitForStatus(name, 'refused', each =>
      everything(each).includes('may not give rights'),
    );
    expect(everything(status)).toContain(`RoleBinding ${role}`);
  });

  it.each(['get', 'patch', 'update'])(
    'include to %s tenants: without, it could not give that to members',
    async verb => {
      await setRules(without('tenants', verb));
      const name = `ungiven-${verb}`;
      await tenants.apply(name);
      await tenants.waitForStatus(name, 'refused', each =>
        everything(each).includes('may not give rights'),
      );
    },
  );

  it('include to label volumes: without, nobody knows whose they were', async () => {
    await tenants.apply('no-volumes');
    await tenants.waitForStatus('no-volumes', 'verified', isVerified);
    await setRules(without('persistentvolumes', 'patch'));
    await world.playground.kubectl(
      ['apply', '-f', '-'],
      `
apiVersion: v1
kind: PersistentVolume
metadata: { name: kept }
spec:
  capacity: { storage: 1Gi }
  accessModes: [ReadWriteOnce]
  hostPath: { path: /tmp/kept }
  claimRef: { namespace: no-volumes, name: data }
`,
    );
    await tenants.waitForStatus('no-volumes', 'refused', each =>
      everything(each).includes('may not patch persistentvolumes;'),
    );
  });

  it('are each taken away above', () => {
    expect(
      writes.map(({ resource, verb }) => `${verb} ${resource}`).sort(),
    ).toEqual(
      [
        ...puts.map(({ resource, verb }) => `${verb} ${resource}`),
        ...leaving.map(({ resource, verb }) => `${verb} ${resource}`),
        'bind clusterroles',
        'delete limitranges',
        'delete namespaces',
        'delete networkpolicies',
        'patch persistentvolumes',
      ].sort(),
    );
  });

  const asProvisioner = (object: object) =>
    world.playground.kubectl(
      ['create', '--dry-run=server', `--as=${PROVISIONER}`, '-f', '-'],
      JSON.stringify(object),
    );
  const rbac = 'rbac.authorization.k8s.io/v1';
  const roleRef = (name: string) => ({
    apiGroup: 'rbac.authorization.k8s.io',
    kind: 'ClusterRole',
    name,
  });
  const subjects = [
    { kind: 'ServiceAccount', name: 'x', namespace: 'default' },
  ];

  it.each([
    [
      'the role of administrators in a namespace',
      {
        apiVersion: rbac,
        kind: 'RoleBinding',
        metadata: { name: 'x', namespace: 'default' },
        roleRef: roleRef('cluster-admin'),
        subjects,
      },
    ],
    [
      'the role of editors in a namespace',
      {
        apiVersion: rbac,
        kind: 'RoleBinding',
        metadata: { name: 'x', namespace: 'default' },
        roleRef: roleRef('edit'),
        subjects,
      },
    ],
    [
      'the role of administrators everywhere',
      {
        apiVersion: rbac,
        kind: 'ClusterRoleBinding',
        metadata: { name: 'x' },
        roleRef: roleRef('cluster-admin'),
        subjects,
      },
    ],
    [
      'a new role with more than it has',
      {
        apiVersion: rbac,
        kind: 'ClusterRole',
        metadata: { name: 'x' },
        rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }],
      },
    ],
    [
      'a role to bind and escalate',
      {
        apiVersion: rbac,
        kind: 'ClusterRole',
        metadata: { name: 'x' },
        rules: [
          {
            apiGroups: ['rbac.authorization.k8s.io'],
            resources: ['clusterroles'],
            verbs: ['bind', 'escalate'],
          },
        ],
      },
    ],
  ])('S7: do not give away %s', async (_, object) => {
    await expect(asProvisioner(object)).rejects.toThrow(
      /attempting to grant RBAC permissions not currently held/,
    );
  });
});
