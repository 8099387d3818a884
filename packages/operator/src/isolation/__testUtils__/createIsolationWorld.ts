import { readdirSync } from 'node:fs';
import path from 'node:path';
import { KubeObject } from '@understage/plugin-paas-common';
import { Playground, startPlayground } from '@understage/playground';
import { z } from 'zod';
import { waitFor } from '../../__testUtils__/waitFor';
import { addressOf, apply, create, Manifest, remove, Who } from './attack';
import { bundleOf } from './bundle';
import { Answer, Door, Identity, openDoor, Request } from './doors';
import { namespace } from './manifests';
import { around, bystanders, data, running, shop } from './scenery';

/** A file of this repository. */
export const repositoryFile = (...parts: readonly string[]) =>
  path.resolve(__dirname, '../../../../..', ...parts);

const serviceAccount = (namespaceName: string, name: string): Identity => ({
  user: `system:serviceaccount:${namespaceName}:${name}`,
  groups: [
    'system:serviceaccounts',
    `system:serviceaccounts:${namespaceName}`,
    'system:authenticated',
  ],
});

const accounts = {
  deployer: serviceAccount('shop', 'understage-deployer'),
  foreignDeployer: serviceAccount('data', 'understage-deployer'),
  adminProbe: serviceAccount('shop', 'understage-probe-admin'),
  developerProbe: serviceAccount('shop', 'understage-probe-developer'),
  viewerProbe: serviceAccount('shop', 'understage-probe-viewer'),
  podsProbe: serviceAccount('shop', 'understage-probe-pods'),
  provisioner: serviceAccount('understage-system', 'understage-provisioner'),
  operator: serviceAccount('understage-system', 'understage-operator'),
  binder: serviceAccount('kube-system', 'persistent-volume-binder'),
} satisfies Partial<Record<Who, Identity>>;

const team = (name: string) => `understage:group:default/${name}`;
const people = {
  careless: { user: 'careless', groups: [] },
  grace: {
    user: 'understage:user:default/grace',
    groups: [team('team-shop'), team('team-shop-admins')],
  },
  sam: {
    user: 'understage:user:default/sam',
    groups: [team('team-shop'), team('team-shop-developers')],
  },
  vera: {
    user: 'understage:user:default/vera',
    groups: [team('team-shop'), team('team-shop-viewers')],
  },
  dora: {
    user: 'understage:user:default/dora',
    groups: [team('team-data'), team('team-data-developers')],
  },
  otto: { user: 'understage:user:default/otto', groups: [] },
} satisfies Partial<Record<Who, Identity>>;

/** A control plane with deploy/ applied, two tenants in it, and everybody who may try something. */
export interface IsolationWorld {
  readonly playground: Playground;
  /** The bundle of tenant shop, in order of application. */
  readonly bundle: readonly KubeObject[];
  /** Tries without changing anything. */
  attempt(who: Who, request: Request): Promise<Answer>;
  /** Does it. Throws when it is refused. */
  act(who: Who, request: Request): Promise<Answer>;
  stop(): Promise<void>;
}

/** Every manifest of deploy/ but the operator's Deployment, whose pods nothing runs here. */
export const deployed: readonly string[] = readdirSync(repositoryFile('deploy'))
  .filter(file => file.endsWith('.yaml') && file !== 'operator.yaml')
  .map(file => path.join('deploy', file));

async function openDoors(
  playground: Playground,
): Promise<Readonly<Record<Who, Door>>> {
  const admin = openDoor(playground.kubeconfig);
  const own = async ({ user, groups }: Identity) =>
    openDoor((await playground.addUser({ name: user, groups })).kubeconfig);
  const [careless, grace, sam, vera, dora, otto] = await Promise.all(
    [
      people.careless,
      people.grace,
      people.sam,
      people.vera,
      people.dora,
      people.otto,
    ].map(own),
  );
  return {
    ...{ admin, careless, grace, sam, vera, dora, otto },
    deployer: admin.as(accounts.deployer),
    foreignDeployer: admin.as(accounts.foreignDeployer),
    adminProbe: admin.as(accounts.adminProbe),
    developerProbe: admin.as(accounts.developerProbe),
    viewerProbe: admin.as(accounts.viewerProbe),
    podsProbe: admin.as(accounts.podsProbe),
    provisioner: admin.as(accounts.provisioner),
    overpowered: admin.as({
      user: accounts.provisioner.user,
      groups: ['system:masters'],
    }),
    operator: admin.as(accounts.operator),
    binder: admin.as(accounts.binder),
  };
}

/** Policies take a moment after they are written: the API server compiles them all at once, every second. */
export async function policiesActive(
  canary: () => Promise<Answer>,
): Promise<void> {
  await waitFor('the admission policies to be active', async () => {
    const { message } = await canary();
    return message.includes('understage-tenant-namespaces') ? true : undefined;
  });
}

/** Starts the world; everything in it is gone after `stop`. */
export async function createIsolationWorld(): Promise<IsolationWorld> {
  const playground = await startPlayground({
    components: ['etcd', 'kube-apiserver', 'kube-controller-manager'],
  });
  for (const file of ['crds', 'deploy/namespace.yaml', ...deployed]) {
    await playground.kubectl([
      ...['apply', '--server-side', '-f'],
      repositoryFile(file),
    ]);
  }
  const doors = await openDoors(playground);
  const attempt = (who: Who, request: Request) =>
    doors[who].send(request, { dryRun: true });
  const act = async (who: Who, request: Request) => {
    const answer = await doors[who].send(request);
    if (answer.status >= 300) {
      throw new Error(
        `${request.method} ${request.path} as ${who}: ${answer.status} ${answer.message}`,
      );
    }
    return answer;
  };
  const settled = (who: Who, request: Request) =>
    waitFor(`${request.path} as ${who}`, () => act(who, request));
  for (const object of around) await settled('admin', create(object));
  // It looks for new kinds when it starts and every 30 s, and a quota that names one it does not know is not looked at again for
  // five minutes: until then nobody could make an Application.
  await playground.restart('kube-controller-manager');
  await policiesActive(() =>
    attempt(
      'admin',
      create(namespace('canary', { 'understage.dev/tenant': 'x' })),
    ),
  );
  for (const object of bystanders) await settled('admin', create(object));
  await act('admin', remove('paas.understage.dev/v1 Tenant leaving'));
  const giveOut = async (tenant: Manifest, volumes: readonly string[]) => {
    const { body } = await settled('admin', create(tenant));
    const { uid } = z.object({ uid: z.string() }).parse(body.metadata);
    const objects = bundleOf(tenant, uid, volumes);
    for (const object of objects) await settled('provisioner', apply(object));
    return objects;
  };
  const bundle = await giveOut(shop, ['shop-kept']);
  await giveOut(data, []);
  for (const object of running) await settled('deployer', create(object));
  await waitFor('the quota to be counted', async () => {
    const { body } = await act('admin', {
      method: 'GET',
      path: addressOf('v1 ResourceQuota shop/understage-quota'),
    });
    const { used = {} } = z
      .object({ used: z.record(z.string(), z.string()).optional() })
      .parse(body.status);
    return 'count/applications.paas.understage.dev' in used ? true : undefined;
  });
  return {
    playground,
    bundle,
    attempt,
    act,
    async stop() {
      Object.values(doors).forEach(door => door.close());
      await playground.stop();
    },
  };
}
