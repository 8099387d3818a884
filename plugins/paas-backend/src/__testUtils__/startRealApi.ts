import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { connectCluster, KubeCluster } from '@understage/kube';
import { createProjection } from '@understage/plugin-paas-common';
import {
  createPaasClusters,
  paasClustersServiceRef,
  startReflectorWatches,
  watchedKinds,
} from '@understage/plugin-paas-node';
import { Playground, startPlayground } from '@understage/playground';
import path from 'node:path';
import request from 'supertest';
import { paasPlugin } from '../plugin';
import { fillCatalog } from './fillCatalog';

const root = path.resolve(__dirname, '../../../..');

/** Somebody who is signed in to the portal. */
export interface Person {
  readonly user: string;
  readonly groups: readonly string[];
}

/** The people of examples/org.yaml, and one whom nobody listed. */
export const people = {
  ada: {
    user: 'user:default/ada',
    groups: ['group:default/platform-engineers'],
  },
  grace: { user: 'user:default/grace', groups: ['group:default/team-shop'] },
  linus: { user: 'user:default/linus', groups: ['group:default/team-data'] },
  mallory: {
    user: 'user:default/mallory',
    groups: ['group:default/team-shop'],
  },
} satisfies Record<string, Person>;

export interface RealApiOptions {
  /** Clusters of the portal beside `playground`: the same API server, seen as other accounts. */
  readonly others?: (playground: Playground) => Promise<readonly KubeCluster[]>;
  /** False leaves deploy/admission.yaml out, for tests that write what it refuses. */
  readonly admission?: boolean;
}

/** The plugin over a real API server, under the portal's own account; the policy allows everything, so RBAC alone decides. */
export async function startRealApi({
  others = async () => [],
  admission = true,
}: RealApiOptions = {}) {
  const playground = await startPlayground({
    components: ['etcd', 'kube-apiserver', 'kube-controller-manager'],
  });
  await install(playground, admission);
  const { kubeconfig } = await playground.serviceAccountKubeconfig({
    namespace: 'understage-system',
    name: 'understage-portal',
  });
  const clusters = createPaasClusters({
    clusters: [
      await connectCluster({ name: 'playground', kubeconfig }),
      ...(await others(playground)),
    ],
    kinds: watchedKinds,
    startWatch: startReflectorWatches({ project: createProjection() }),
    logger: mockServices.logger.mock(),
    now: () => new Date(),
    defer: setImmediate,
  });
  await clusters.ready;
  let person: Person = people.ada;
  const userInfo = mockServices.userInfo.mock({
    getUserInfo: async () => ({
      userEntityRef: person.user,
      ownershipEntityRefs: [person.user, ...person.groups],
    }),
  });
  const backend = await startTestBackend({
    features: [
      paasPlugin,
      mockServices.rootConfig.factory({ data: { paas: {} } }),
      mockServices.permissions.factory({ result: AuthorizeResult.ALLOW }),
      userInfo.factory,
      fillCatalog().service.factory,
      createServiceFactory({
        service: paasClustersServiceRef,
        deps: {},
        factory: () => clusters,
      }),
    ],
  });
  return {
    playground,
    /** Path of the kubeconfig of the portal's own account. */
    kubeconfig,
    send(as: Person, method: 'get' | 'post' | 'delete', address: string) {
      person = as;
      return request(backend.server)[method](`/api/paas${address}`);
    },
    async stop() {
      await backend.stop();
      await clusters.stop();
      await playground.stop();
    },
  };
}

async function install(playground: Playground, admission: boolean) {
  const files = [
    'crds',
    'deploy/namespace.yaml',
    'deploy/portal-rbac.yaml',
    'deploy/deployer.yaml',
    'deploy/platform-engineer.yaml',
    'examples/platform/engineers.yaml',
    'examples/platform/namespaces.yaml',
    // After namespaces that are made by hand: from then on a tenant's are made by Tenants only.
    ...(admission ? ['deploy/admission.yaml'] : []),
  ];
  for (const file of files) {
    const from = path.join(root, file);
    await playground.kubectl(['apply', '--server-side', '-f', from]);
  }
}
