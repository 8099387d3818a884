import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { KubeCluster } from '@understage/kube';
import {
  clusterApplication,
  clusterDeployment,
  clusterNamespace,
  ClustersDouble,
  createClustersDouble,
  paasClustersServiceRef,
} from '@understage/plugin-paas-node';
import request from 'supertest';
import { paasPlugin } from '../plugin';
import { fillCatalog } from './fillCatalog';

/** What a policy answers for a permission; anything not named is allowed. */
export type Decisions = Map<string, PolicyDecision>;

export const deny: PolicyDecision = { result: AuthorizeResult.DENY };

/** A conditional decision, over applications when nothing else is said. */
export function onlyIf(
  rule: string,
  params: Record<string, string[]>,
  resourceType = 'paas-application',
): PolicyDecision {
  return {
    result: AuthorizeResult.CONDITIONAL,
    pluginId: 'paas',
    resourceType,
    conditions: { rule, resourceType, params },
  };
}

export interface StartedApi {
  readonly catalog: ReturnType<typeof fillCatalog>;
  readonly clusters: ClustersDouble;
  /** May be changed while the backend runs. */
  readonly decisions: Decisions;
  readonly audit: {
    eventId: string;
    outcome: string;
    meta: unknown;
    message?: string;
  }[];
  readonly port: number;
  /** A request as a user; `none` sends no credentials. */
  send(
    method: 'get' | 'post' | 'delete' | 'put' | 'patch',
    path: string,
    as?: string,
  ): request.Test;
  stop(): Promise<void>;
}

/** Three applications of two teams in one cluster. */
export function seedClusters(clusters: ClustersDouble): void {
  const [cluster] = clusters.names;
  clusters.put(
    cluster,
    clusterNamespace('shop', { tenant: 'shop', owner: 'team-shop' }),
    clusterNamespace('data', { tenant: 'data', owner: 'team-data' }),
    clusterApplication({ name: 'checkout', namespace: 'shop' }),
    clusterApplication({ name: 'media', namespace: 'shop' }),
    clusterApplication({ name: 'training', namespace: 'data' }),
    clusterDeployment({
      namespace: 'shop',
      application: 'checkout',
      desired: 2,
      ready: 2,
    }),
    clusterDeployment({
      namespace: 'shop',
      application: 'media',
      desired: 3,
      ready: 1,
    }),
  );
  clusters.settle();
}

/** The plugin in a test backend, over clusters that the test fills by hand and a policy that it decides. */
export async function startApi(
  options: {
    readonly cluster?: KubeCluster;
    /** Gets what the backend logs as errors. */
    readonly logged?: unknown[];
  } = {},
): Promise<StartedApi> {
  const clusters = createClustersDouble(
    options.cluster ? { clusters: [options.cluster] } : {},
  );
  const decisions: Decisions = new Map();
  const audit: StartedApi['audit'] = [];
  const decide = (name: string): PolicyDecision =>
    decisions.get(name) ?? { result: AuthorizeResult.ALLOW };
  const permissions = mockServices.permissions.mock({
    authorizeConditional: async requests =>
      requests.map(({ permission }) => decide(permission.name)),
    authorize: async requests =>
      requests.map(({ permission }) => {
        const { result } = decide(permission.name);
        return {
          result:
            result === AuthorizeResult.ALLOW
              ? AuthorizeResult.ALLOW
              : AuthorizeResult.DENY,
        };
      }),
  });
  const auditor = mockServices.auditor.mock({
    createEvent: async ({ eventId, meta }) => ({
      success: async more => {
        audit.push({
          eventId,
          outcome: 'success',
          meta: { ...meta, ...more?.meta },
        });
      },
      fail: async ({ error, meta: more }) => {
        audit.push({
          eventId,
          outcome: error.name,
          message: error.message,
          meta: { ...meta, ...more },
        });
      },
    }),
  });
  const logger = mockServices.logger.mock({
    error: (_message, meta) => options.logged?.push(meta),
  });
  const userInfo = mockServices.userInfo.mock({
    getUserInfo: async () => ({
      userEntityRef: 'user:default/ada',
      ownershipEntityRefs: ['user:default/ada', 'group:default/team-shop'],
    }),
  });
  const catalog = fillCatalog();
  const backend = await startTestBackend({
    features: [
      paasPlugin,
      mockServices.rootConfig.factory({ data: { paas: {} } }),
      createServiceFactory({
        service: paasClustersServiceRef,
        deps: {},
        factory: () => clusters,
      }),
      permissions.factory,
      logger.factory,
      auditor.factory,
      userInfo.factory,
      catalog.service.factory,
      mockServices.httpAuth.factory({
        defaultCredentials: mockCredentials.none(),
      }),
    ],
  });
  const port = backend.server.port();
  return {
    catalog,
    clusters,
    decisions,
    audit,
    port,
    send(method, path, as = 'user:default/ada') {
      const call = request(backend.server)[method](`/api/paas${path}`);
      return as === 'none'
        ? call
        : call.set('authorization', mockCredentials.user.header(as));
    },
    stop: () => backend.stop(),
  };
}
