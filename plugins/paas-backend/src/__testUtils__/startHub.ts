import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  parseStreamMessage,
  StreamMessage,
} from '@understage/plugin-paas-common';
import {
  applicationRules,
  clusterDeployment,
  createClustersDouble,
  tenantRules,
} from '@understage/plugin-paas-node';
import { ApplicationAuthorizer } from '../authorization/ApplicationAuthorizer';
import { TenantAuthorizer } from '../authorization/TenantAuthorizer';
import { createDirectoryDouble } from '../people/createDirectoryDouble';
import { parseTopic } from '../stream/parseTopic';
import { StreamHub } from '../stream/StreamHub';
import { seedClusters } from './startApi';

export const allow: PolicyDecision = { result: AuthorizeResult.ALLOW };

/** Everything of one stream that a reader has got. */
export class Reader {
  readonly messages: StreamMessage[] = [];
  lastEventId: string | undefined;
  ended = false;
  isReading = true;
  write = (text: string) => {
    for (const line of text.trim().split('\n')) {
      if (line.startsWith('id: ')) this.lastEventId = line.slice(4);
      if (line.startsWith('data: ')) {
        this.messages.push(parseStreamMessage(line.slice(6)));
      }
    }
    return this.isReading;
  };
  end = () => {
    this.ended = true;
  };
  /** Messages since the last call, without news of freshness. */
  take() {
    return this.messages.splice(0).filter(({ type }) => type !== 'freshness');
  }
}

/**
 * A hub of streams over hand-fed clusters, a policy that tests decide, and timers that tests let pass. `decide` takes one
 * decision for everything, or one for applications and one for tenants.
 */
export function startHub() {
  const clusters = createClustersDouble();
  seedClusters(clusters);
  let now = new Date('2026-01-01T12:00:00Z');
  let decision = allow;
  let asked = 0;
  const timers: (readonly [number, () => void])[] = [];
  let decisionAboutTenants = allow;
  const rules = [
    ...Object.values(applicationRules),
    ...Object.values(tenantRules),
  ];
  const asking = {
    permissions: mockServices.permissions.mock({
      authorizeConditional: async ([{ permission }]) => {
        asked += 1;
        const isTenants = permission.resourceType === 'paas-tenant';
        return [isTenants ? decisionAboutTenants : decision];
      },
    }),
    permissionsRegistry: mockServices.permissionsRegistry.mock({
      getPermissionRuleset: () =>
        Object({
          getRuleByName: (name: string) =>
            rules.find(rule => rule.name === name),
        }),
    }),
    now: () => now,
  };
  const authorizer = new ApplicationAuthorizer(asking);
  const tenantAuthorizer = new TenantAuthorizer(asking);
  const groups: string[] = [];
  const directory = createDirectoryDouble();
  const hub = new StreamHub({
    clusters,
    directory,
    authorizer,
    tenantAuthorizer,
    userInfo: mockServices.userInfo.mock({
      getUserInfo: async () => ({
        userEntityRef: 'user:default/mock',
        ownershipEntityRefs: groups,
      }),
    }),
    logger: { info() {}, warn() {} },
    now: () => now,
    every: (milliseconds, callback) => {
      timers.push([milliseconds, callback]);
      return () => {};
    },
    instance: 'test',
    limits: {
      heartbeatMs: 15_000,
      authorizeMs: 20_000,
      stuckMs: 60_000,
      connectionsPerUser: 2,
      replay: 100,
    },
  });
  const settled = async () => {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  };
  return {
    clusters,
    directory,
    hub,
    /** Groups that the reader is in; may be changed while the hub runs. */
    groups,
    questions: () => asked,
    decide: (next: PolicyDecision, aboutTenants = next) => {
      decision = next;
      decisionAboutTenants = aboutTenants;
    },
    async open(
      names: string[],
      options: {
        lastEventId?: string;
        credentials?: BackstageCredentials;
        reader?: Reader;
      } = {},
    ) {
      const { reader = new Reader(), credentials = mockCredentials.user() } =
        options;
      const topics = names.map(name => {
        const parsed = parseTopic(name);
        if (typeof parsed === 'string') throw new Error(parsed);
        return [name, parsed] as const;
      });
      const { lastEventId } = options;
      const stream = await hub.open(
        { credentials, user: 'me', topics, lastEventId },
        reader,
      );
      return { reader, stream };
    },
    async pass(milliseconds: number) {
      now = new Date(now.getTime() + milliseconds);
      for (const [period, callback] of timers)
        if (milliseconds >= period) callback();
      await settled();
    },
    change(ready: number, application = 'checkout', namespace = 'shop') {
      clusters.put(
        'playground',
        clusterDeployment({ namespace, application, desired: 2, ready }),
      );
      clusters.settle();
    },
  };
}
