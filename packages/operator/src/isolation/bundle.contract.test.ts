import { KubeObject } from '@understage/plugin-paas-common';
import { z } from 'zod';
import { waitFor } from '../__testUtils__/waitFor';
import { addressOf, apply, change, Who } from './__testUtils__/attack';
import { attacks, uses } from './__testUtils__/attacks';
import {
  createIsolationWorld,
  IsolationWorld,
} from './__testUtils__/createIsolationWorld';
import { expectedFlows, isAllowed } from './__testUtils__/flows';
import { verdictOf } from './__testUtils__/verdict';

jest.setTimeout(60_000);

let world: IsolationWorld;
beforeAll(async () => {
  world = await createIsolationWorld();
}, 180_000);
afterAll(() => world?.stop(), 60_000);

const listSchema = z.object({
  items: z.array(
    z.looseObject({
      metadata: z.looseObject({
        name: z.string(),
        namespace: z.string().optional(),
        labels: z.record(z.string(), z.string()).optional(),
      }),
    }),
  ),
});

async function list(path: string) {
  const { body } = await world.act('admin', { method: 'GET', path });
  return listSchema.parse(body).items;
}

/** Connections that are not as the tenant says. */
async function wrongFlows(): Promise<readonly string[]> {
  const path = '/apis/networking.k8s.io/v1/networkpolicies';
  const policies = (await list(path)).map(
    (item): KubeObject => ({
      ...item,
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
    }),
  );
  const namespaces = Object.fromEntries(
    (await list('/api/v1/namespaces')).map(({ metadata }) => [
      metadata.name,
      metadata.labels ?? {},
    ]),
  );
  return expectedFlows
    .filter(each => isAllowed(each, { policies, namespaces }) !== each.allowed)
    .map(({ title }) => title);
}

/** Attacks that succeed, uses that fail, and connections that are not as they should be. */
async function complaints(): Promise<readonly string[]> {
  const attacked = Object.values(attacks)
    .flat()
    .map(async ({ id, title, as, request }) => {
      const verdict = verdictOf(await world.attempt(as, request));
      return verdict === 'allowed' ? [`${id}: ${title}`] : [];
    });
  const used = uses.map(async ({ title, as, request }) => {
    const { status } = await world.attempt(as, request);
    return status < 300 ? [] : [title];
  });
  const found = await Promise.all([...attacked, ...used]);
  return [...found.flat(), ...(await wrongFlows())].sort();
}

/** Waits for what is expected, as RBAC, quota and policies follow by watch; in the end, tells what there was. */
async function settle(expected: readonly string[]): Promise<readonly string[]> {
  let last: readonly string[] = [];
  const wanted = JSON.stringify([...expected].sort());
  await waitFor(
    'the cluster to follow',
    async () => {
      last = await complaints();
      return JSON.stringify(last) === wanted ? true : undefined;
    },
    10_000,
  ).catch(() => undefined);
  return last;
}

const usesOf = (...who: readonly Who[]) =>
  uses.filter(({ as }) => who.includes(as)).map(({ title }) => title);
const attacksOn = (subject: string) =>
  attacks[subject].map(({ id, title }) => `${id}: ${title}`);

const quotaUses = [
  'an administrator repairs a wall as the provisioner',
  'the cluster counts what is used of a quota',
];
const adminUses = [
  "a tenant's admin takes a member in",
  "a tenant's admin describes it",
];
const [overQuota, overLimits] = attacksOn('quota');

/** What is seen when an object of the bundle is missing. */
const missed: Readonly<Record<string, readonly string[]>> = {
  'ClusterRole understage:tenant:shop': ['a member reads the own Tenant'],
  'ClusterRoleBinding understage:tenant:shop': [
    'a member reads the own Tenant',
  ],
  'ClusterRole understage:tenant:shop:admin': adminUses,
  'ClusterRoleBinding understage:tenant:shop:admin': adminUses,
  'NetworkPolicy understage-default-deny': [
    'a pod of the cluster calls in',
    'somebody outside calls in',
    'the ingress controller calls in where it may not',
  ],
  'NetworkPolicy understage-dns': ['a pod asks for a name'],
  'NetworkPolicy understage-exceptions': [
    'a pod calls the internet',
    'a pod calls a range of the tenant',
  ],
  'ResourceQuota understage-quota': [...quotaUses, overQuota],
  'LimitRange understage-limits': [overLimits],
  'ServiceAccount understage-deployer': [
    'the account understage-deployer is there',
  ],
  'ServiceAccount understage-probe-admin': [
    'the account understage-probe-admin is there',
  ],
  'ServiceAccount understage-probe-developer': [
    'the account understage-probe-developer is there',
  ],
  'ServiceAccount understage-probe-viewer': [
    'the account understage-probe-viewer is there',
  ],
  'ServiceAccount understage-probe-pods': [
    'the account understage-probe-pods is there',
  ],
  'RoleBinding understage-deployer': usesOf('deployer'),
  'RoleBinding understage-tenant-admin': [
    'grace makes an application',
    'verification tries things as a admin',
  ],
  'RoleBinding understage-tenant-developer': [
    ...usesOf('sam'),
    'verification tries things as a developer',
  ],
  'RoleBinding understage-tenant-viewer': usesOf('vera', 'viewerProbe').filter(
    title => title !== 'a member reads the own Tenant',
  ),
  'RoleBinding understage-probe-pods': usesOf('podsProbe'),
};

const referenceOf = ({ apiVersion, kind, metadata }: KubeObject) => {
  const { name, namespace } = metadata;
  return `${apiVersion} ${kind} ${namespace ? `${namespace}/` : ''}${name}`;
};

describe('with the whole bundle', () => {
  it('S3, S14: nothing is wrong, connections included', async () => {
    expect(await complaints()).toEqual([]);
  });

  it('every object of it is taken away below', () => {
    const kinds = world.bundle.map(
      ({ kind, metadata }) => `${kind} ${metadata.name}`,
    );
    expect(kinds.filter(each => each !== 'Namespace shop')).toEqual(
      Object.keys(missed),
    );
    expect(Object.values(missed)).not.toContainEqual([]);
  });
});

describe('without an object of the bundle', () => {
  it.each(Object.entries(missed))('%s: %j', async (what, expected) => {
    const object = world.bundle.find(
      ({ kind, metadata }) => `${kind} ${metadata.name}` === what,
    );
    if (!object) throw new Error(`the bundle holds no ${what}`);
    // With every right: there is no case in which the provisioner deletes a quota.
    await world.act('overpowered', {
      method: 'DELETE',
      path: addressOf(referenceOf(object)),
    });
    try {
      expect(await settle(expected)).toEqual([...expected].sort());
    } finally {
      await world.act('provisioner', apply(object));
      expect(await settle([])).toEqual([]);
    }
  });
});

/** What is seen when the namespace says less. */
const unsaid: readonly {
  readonly what: string;
  readonly labels?: object;
  readonly annotations?: object;
  readonly expected: readonly string[];
}[] = [
  {
    what: 'how strict it is with pods',
    labels: { 'pod-security.kubernetes.io/enforce': null },
    expected: [
      ...attacksOn('pods and nodes'),
      // There is nothing left to take away.
      'S6: somebody turns Pod Security off by taking its label away',
    ],
  },
  {
    what: 'its domains',
    annotations: { 'understage.dev/domains': null },
    expected: [
      'an Ingress for shop.example.com',
      'an Ingress for www.shop.example.com',
      'a route for a host of the tenant through the gateway of the platform',
    ],
  },
  {
    what: 'its storage classes',
    annotations: { 'understage.dev/storage-classes': null },
    expected: [
      'a claim of the class of the tenant',
      'a claim that selects volumes of its own tenant',
    ],
  },
  {
    what: 'its volumes',
    annotations: { 'understage.dev/volumes': null },
    expected: ['a claim on a volume that was handed over'],
  },
  {
    what: 'its grants',
    annotations: { 'understage.dev/grants': null },
    expected: [
      'S6: somebody grants a tenant the internet by taking the annotation away and setting it again',
      'a network policy that lets calls to a granted range out',
      'a network policy that lets calls to a private address in a granted range out',
      'a network policy that lets calls to one public address out',
      'a network policy that lets calls to public addresses of IPv6 out',
      'a network policy that lets calls to public addresses out',
    ],
  },
];

async function say(fields: object): Promise<void> {
  await world.act(
    'provisioner',
    change('v1 Namespace shop', { metadata: fields }),
  );
}

async function sayAllAgain(): Promise<void> {
  const namespace = world.bundle.find(({ kind }) => kind === 'Namespace');
  if (!namespace) throw new Error('the bundle holds no Namespace');
  await world.act('provisioner', apply(namespace));
  expect(await settle([])).toEqual([]);
}

describe('when the namespace does not say', () => {
  it.each(unsaid)('$what', async ({ labels, annotations, expected }) => {
    await say({ labels, annotations });
    try {
      expect(await settle(expected)).toEqual([...expected].sort());
    } finally {
      await sayAllAgain();
    }
  });

  it('whose it is: no policy holds any more', async () => {
    const kept = new Set(['hosts', 'network policies', 'volumes']);
    const open = Object.keys(attacks)
      .filter(subject => kept.has(subject))
      .flatMap(subject => attacks[subject])
      .filter(({ as }) => as === 'deployer')
      .filter(({ refused }) => String(refused).startsWith('policy'))
      .map(({ id, title }) => `${id}: ${title}`);
    // With consent, so that it can be taken back.
    await say({
      labels: { 'understage.dev/tenant': null },
      annotations: { 'understage.dev/adopt': 'shop' },
    });
    try {
      await waitFor('policies to let go', async () => {
        const found = new Set(await complaints());
        return open.every(each => found.has(each)) ? true : undefined;
      });
      expect(open.length).toBeGreaterThan(30);
    } finally {
      await sayAllAgain();
    }
  });
});
