import { KubeObject, ResourceType } from '@understage/kube';
import {
  namespacedBundleKinds,
  namespaceType,
  tenantType,
} from '@understage/plugin-paas-node';
import {
  createOperatorWorld,
  OperatorWorld,
  StartedOperator,
} from './__testUtils__/createOperatorWorld';
import { TenantsOf, tenantsOf } from './__testUtils__/tenantsOf';
import { waitFor } from './__testUtils__/waitFor';

jest.setTimeout(180_000);

let world: OperatorWorld;
let tenants: TenantsOf;
let operator: StartedOperator;

beforeAll(async () => {
  world = await createOperatorWorld({
    components: ['etcd', 'kube-apiserver', 'kube-controller-manager'],
  });
  tenants = tenantsOf(world);
  operator = await world.startOperator();
  await operator.leading();
});
afterAll(async () => {
  await operator?.stop();
  await world?.stop();
});

const ready = ({ state }: { readonly state: string }) => state === 'Ready';
const failed = ({ state }: { readonly state: string }) => state === 'Failed';

const bundleOf = (namespace: string) =>
  tenants.bundle(namespace).then(found => [...found.keys()].sort());

const accounts = [
  'deployer',
  ...['admin', 'developer', 'pods', 'viewer'].map(name => `probe-${name}`),
];
const wholeBundle = [
  'LimitRange/understage-limits',
  'NetworkPolicy/understage-default-deny',
  'NetworkPolicy/understage-dns',
  'ResourceQuota/understage-quota',
  'RoleBinding/understage-deployer',
  'RoleBinding/understage-probe-pods',
  ...['admin', 'developer', 'viewer'].map(
    role => `RoleBinding/understage-tenant-${role}`,
  ),
  ...accounts.map(name => `ServiceAccount/understage-${name}`),
];

function typeOf(kind: string): ResourceType {
  const found = [namespaceType, ...namespacedBundleKinds].find(
    each => each.kind === kind,
  );
  if (!found) throw new Error(`bundles hold no ${kind}`);
  return found;
}

const namespace = (name: string) => world.admin.get(namespaceType, { name });

const twoEnvironments = `
  owner: group:default/team-shop
  members: [{ group: group:default/team-shop-admins, role: admin }]
  environments: [{ name: staging }, { name: production }]
  quota: { cpu: "4", memory: 8Gi, pods: 20 }
`;

const spec = (environments: string, more = '') => `
  owner: group:default/team-shop
  members: [{ group: group:default/team-shop-admins, role: admin }]
  environments: ${environments}
  quota: { pods: 20 }
  ${more}
`;

describe('a tenant', () => {
  it('gets its namespace with the bundle, and is ready when everything forbidden was refused', async () => {
    await tenants.apply('first');
    const status = await tenants.waitForStatus('first', 'ready', ready);
    expect(await bundleOf('first')).toEqual(wholeBundle);
    expect(await tenants.clusterScoped('first')).toEqual([
      'ClusterRole/understage:tenant:first',
      'ClusterRole/understage:tenant:first:admin',
      'ClusterRoleBinding/understage:tenant:first',
      'ClusterRoleBinding/understage:tenant:first:admin',
    ]);
    const [{ checks }] = status.environments;
    expect(checks.length).toBeGreaterThan(15);
    expect(checks.filter(({ result }) => result !== 'enforced')).toEqual([]);
    expect(new Set(checks.map(({ dimension }) => dimension)).size).toBe(5);
  });

  it('gets a namespace for each of its environments, in order', async () => {
    await tenants.apply('second', twoEnvironments);
    const status = await tenants.waitForStatus('second', 'ready', ready);
    expect(status.environments.map(each => each.namespace)).toEqual([
      'second-staging',
      'second-production',
    ]);
    expect(await bundleOf('second-production')).toEqual(wholeBundle);
  });

  it('is not written again, neither by a look at everything nor by an operator that starts anew', async () => {
    await operator.operator.resync();
    const before = await versionsOf();
    await operator.operator.resync();
    expect(await versionsOf()).toEqual(before);
    await operator.stop();
    operator = await world.startOperator();
    await operator.leading();
    await operator.operator.resync();
    expect(await versionsOf()).toEqual(before);
  });

  async function versionsOf() {
    const lists = await Promise.all(
      [tenantType, namespaceType, ...namespacedBundleKinds].map(type =>
        world.admin.list(type),
      ),
    );
    return lists
      .flatMap(({ items }) => items)
      .map(
        ({ kind, metadata }) =>
          `${kind}/${metadata.namespace}/${metadata.name} ${metadata.resourceVersion}`,
      );
  }
});

describe('drift', () => {
  const damage = (args: readonly string[]) =>
    world.provision([...args, '--namespace', 'first']);

  async function repaired(
    kind: string,
    name: string,
    holds: (object: KubeObject) => boolean,
  ) {
    await waitFor(`${kind} ${name} to be repaired`, async () => {
      const key = { namespace: 'first', name };
      const object = await world.admin.get(typeOf(kind), key);
      return object && holds(object) ? true : undefined;
    });
    await tenants.waitForStatus('first', 'ready', ready);
  }

  it.each(wholeBundle.map(text => text.split('/')))(
    '%s %s is there again when somebody deleted it',
    async (kind, name) => {
      const before = await world.admin.get(typeOf(kind), {
        namespace: 'first',
        name,
      });
      await damage(['delete', kind, name]);
      await repaired(
        kind,
        name,
        ({ metadata }) => metadata.uid !== before?.metadata.uid,
      );
    },
  );

  it('the default deny is closed again when somebody opened it', async () => {
    await damage([
      ...['patch', 'networkpolicy', 'understage-default-deny'],
      ...['--type=merge', '-p', '{"spec":{"ingress":[{}],"egress":[{}]}}'],
    ]);
    await repaired('NetworkPolicy', 'understage-default-deny', object => {
      const text = JSON.stringify(object.spec);
      return !text.includes('"ingress"') && !text.includes('"egress"');
    });
  });

  it('a label comes back that somebody took away', async () => {
    await damage([
      ...['label', 'resourcequota', 'understage-quota'],
      'understage.dev/bundle-',
      'understage.dev/tenant-',
    ]);
    await repaired(
      'ResourceQuota',
      'understage-quota',
      ({ metadata }) =>
        metadata.labels?.['understage.dev/bundle'] === 'tenant' &&
        metadata.labels['understage.dev/tenant'] === 'first',
    );
  });

  it('a namespace keeps its Pod Security', async () => {
    await world.provision([
      ...['label', 'namespace', 'first', '--overwrite'],
      'pod-security.kubernetes.io/enforce=privileged',
    ]);
    await waitFor('the label to be back', async () => {
      const labels = (await namespace('first'))?.metadata.labels;
      return labels?.['pod-security.kubernetes.io/enforce'] === 'restricted'
        ? true
        : undefined;
    });
  });

  it('a namespace that somebody deleted is made again with all of its bundle', async () => {
    await tenants.apply('third');
    await tenants.waitForStatus('third', 'ready', ready);
    const before = await namespace('third');
    await world.provision(['delete', 'namespace', 'third']);
    await waitFor('another namespace', async () => {
      const uid = (await namespace('third'))?.metadata.uid;
      return uid && uid !== before?.metadata.uid ? true : undefined;
    });
    await tenants.waitForStatus('third', 'ready', ready);
    expect(await bundleOf('third')).toEqual(wholeBundle);
  });
});

describe('a namespace that is there already', () => {
  const make = (name: string) =>
    world.playground.kubectl(['create', 'namespace', name]);

  it('is left alone when it is not handed over, and taken over when it is', async () => {
    await make('legacy');
    await tenants.apply('adopter', spec('[{ name: old, adopt: legacy }]'));
    const status = await tenants.waitForStatus('adopter', 'failed', failed);
    expect(status.environments[0]).toMatchObject({ reason: 'NamespaceTaken' });
    expect((await namespace('legacy'))?.metadata.labels).toEqual({
      'kubernetes.io/metadata.name': 'legacy',
    });
    await world.playground.kubectl([
      ...['annotate', 'namespace', 'legacy'],
      'understage.dev/adopt=adopter',
    ]);
    await tenants.waitForStatus('adopter', 'ready', ready);
    expect((await bundleOf('legacy')).length).toBeGreaterThan(9);
  });

  it('belongs to the tenant that was there first; the other gets it when it is free', async () => {
    await tenants.apply('older', spec('[{ name: one }, { name: two }]'));
    await tenants.waitForStatus('older', 'ready', ready);
    await tenants.apply('older-one', spec('[{ name: only }]'));
    const status = await tenants.waitForStatus('older-one', 'failed', failed);
    expect(status.environments[0]).toMatchObject({
      namespace: 'older-one',
      reason: 'NamespaceTaken',
    });
    await tenants.apply('older', spec('[{ name: two }, { name: three }]'));
    await tenants.waitForStatus('older', 'ready', ready);
    await waitFor('the namespace to be let go of', async () => {
      const labels = (await namespace('older-one'))?.metadata.labels;
      return labels?.['understage.dev/tenant'] === 'older' ? undefined : true;
    });
    await world.playground.kubectl([
      ...['annotate', 'namespace', 'older-one', '--overwrite'],
      'understage.dev/adopt=older-one',
    ]);
    await tenants.waitForStatus('older-one', 'ready', ready);
  });
});

describe('an environment that is taken out', () => {
  it('stays while applications are in it', async () => {
    await tenants.apply('shrinking', spec('[{ name: a }, { name: b }]'));
    await tenants.waitForStatus('shrinking', 'ready', ready);
    await world.apply(
      'shrinking-b',
      `
apiVersion: paas/v1
kind: Application
metadata: { name: app }
spec: { components: [{ name: web, type: Deployment, image: web:1 }] }
`,
    );
    await tenants.apply('shrinking', spec('[{ name: a }, { name: c }]'));
    const status = await tenants.waitForStatus(
      'shrinking',
      'told of what stays',
      ({ notices = [] }) =>
        notices.some(({ reason }) => reason === 'EnvironmentInUse'),
    );
    expect(status.notices?.[0].message).toContain('shrinking-b');
    expect(await bundleOf('shrinking-b')).toEqual(
      wholeBundle.filter(text => !text.startsWith('LimitRange')),
    );
    await world.playground.kubectl([
      ...['delete', 'application', 'app', '--namespace', 'shrinking-b'],
    ]);
    await waitFor('the namespace to be let go of', async () => {
      const labels = (await namespace('shrinking-b'))?.metadata.labels;
      return labels && !labels['understage.dev/tenant'] ? true : undefined;
    });
    expect(await bundleOf('shrinking-b')).not.toContain(
      'ServiceAccount/understage-deployer',
    );
  });
});

describe('offboarding', () => {
  const gone = (name: string) =>
    waitFor(`tenant ${name} to be gone`, async () =>
      (await tenants.get(name)) === undefined ? true : undefined,
    );

  it('with Retain lets people out and leaves the walls', async () => {
    await tenants.apply('leaving');
    await tenants.waitForStatus('leaving', 'ready', ready);
    await tenants.remove('leaving');
    await gone('leaving');
    const left = await namespace('leaving');
    expect(left?.metadata.labels?.['understage.dev/tenant']).toBeUndefined();
    expect(left?.metadata.annotations).toMatchObject({
      'understage.dev/former-tenant': 'leaving',
    });
    expect(await bundleOf('leaving')).toEqual([
      'LimitRange/understage-limits',
      'NetworkPolicy/understage-default-deny',
      'NetworkPolicy/understage-dns',
      'ResourceQuota/understage-quota',
    ]);
    expect(await tenants.clusterScoped('leaving')).toEqual([]);
  });

  it('with Delete takes everything along, once it is confirmed', async () => {
    const more = 'deletionPolicy: Delete';
    await tenants.apply('doomed', spec('[{ name: a }, { name: b }]', more));
    await tenants.waitForStatus('doomed', 'ready', ready);
    await expect(tenants.remove('doomed')).rejects.toThrow('confirm');
    await world.playground.kubectl([
      ...['annotate', 'tenant', 'doomed'],
      'understage.dev/confirm-delete=doomed',
    ]);
    await tenants.remove('doomed');
    await gone('doomed');
    expect(await namespace('doomed-a')).toBeUndefined();
    expect(await namespace('doomed-b')).toBeUndefined();
    expect(await tenants.clusterScoped('doomed')).toEqual([]);
  });

  const spoil = (name: string) =>
    world.playground.kubectl([
      ...['patch', 'tenant', name, '--type=merge', '-p'],
      // More at least than at most: nothing that the schema refuses.
      '{"spec":{"limits":{"min":{"cpu":"4"},"max":{"cpu":"2"}}}}',
    ]);

  it('lets go of a Tenant that has become invalid, by the policy that it states', async () => {
    const more = 'deletionPolicy: Delete';
    await tenants.apply('spoilt', spec('[{ name: a }, { name: b }]'));
    await tenants.apply('rotten', spec('[{ name: a }, { name: b }]', more));
    for (const name of ['spoilt', 'rotten']) {
      await tenants.waitForStatus(name, 'ready', ready);
      await spoil(name);
      await tenants.waitForStatus(name, 'failed', failed);
    }
    await tenants.remove('spoilt');
    await gone('spoilt');
    expect((await bundleOf('spoilt-b')).join()).not.toContain('RoleBinding');
    const left = await namespace('spoilt-b');
    expect(left?.metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'restricted',
    });
    expect(left?.metadata.labels?.['understage.dev/tenant']).toBeUndefined();
    expect(await tenants.clusterScoped('spoilt')).toEqual([]);

    await expect(tenants.remove('rotten')).rejects.toThrow('confirm');
    await world.playground.kubectl([
      ...['annotate', 'tenant', 'rotten'],
      'understage.dev/confirm-delete=rotten',
    ]);
    await tenants.remove('rotten');
    await gone('rotten');
    expect(await namespace('rotten-a')).toBeUndefined();
  });

  it('lets go of a Tenant that becomes invalid on its way', async () => {
    await tenants.apply('withering');
    await tenants.waitForStatus('withering', 'ready', ready);
    await operator.stop();
    await tenants.remove('withering');
    await spoil('withering');
    operator = await world.startOperator();
    await operator.leading();
    await gone('withering');
    expect((await bundleOf('withering')).join()).not.toContain('RoleBinding');
  });

  it('in the middle of provisioning leaves nobody inside', async () => {
    await tenants.apply('hasty', spec('[{ name: a }, { name: b }]'));
    await waitFor('the first namespace', () => namespace('hasty-a'));
    await tenants.remove('hasty');
    await gone('hasty');
    const left = await Promise.all(['hasty-a', 'hasty-b'].map(bundleOf));
    expect(left.flat().join()).not.toMatch(/RoleBinding|ServiceAccount/);
    expect(await tenants.clusterScoped('hasty')).toEqual([]);
  });
});
