import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  metricsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import {
  parseApplicationRef,
  paasPermissions,
  platformSettings,
  tenantPermissions,
} from '@understage/plugin-paas-common';
import {
  applicationRules,
  paasApplicationResourceRef,
  paasClustersServiceRef,
  paasTenantResourceRef,
  tenantRules,
} from '@understage/plugin-paas-node';
import { randomUUID } from 'node:crypto';
import { registerActions } from './actions/registerActions';
import { AuditStore } from './audit/AuditStore';
import { AuditTrail } from './audit/AuditTrail';
import { scheduleRetention } from './audit/scheduleRetention';
import { ApplicationAuthorizer } from './authorization/ApplicationAuthorizer';
import { TenantAuthorizer } from './authorization/TenantAuthorizer';
import { Doors } from './http/registerRoute';
import { RouteAccess } from './http/RouteAccess';
import { CatalogDirectory } from './people/CatalogDirectory';
import { LogHub } from './podLogs/LogHub';
import { createCharts, readPlatform } from './readPlatform';
import { createRouter } from './router';
import { every } from './stream/every';
import { StreamHub } from './stream/StreamHub';

/** Understage in the portal's backend: API, live stream and permissions. */
export const paasPlugin = createBackendPlugin({
  pluginId: 'paas',
  register(env) {
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        clusters: paasClustersServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        userInfo: coreServices.userInfo,
      },
      async init(deps) {
        const { clusters, permissionsRegistry, httpRouter, lifecycle } = deps;
        permissionsRegistry.addResourceType({
          resourceRef: paasApplicationResourceRef,
          permissions: paasPermissions,
          rules: Object.values(applicationRules),
          getResources: async refs =>
            refs.map(ref => {
              const isRef = parseApplicationRef(ref) !== undefined;
              return isRef ? clusters.records().get(ref) : undefined;
            }),
        });
        permissionsRegistry.addResourceType({
          resourceRef: paasTenantResourceRef,
          permissions: tenantPermissions,
          rules: Object.values(tenantRules),
          getResources: async refs =>
            refs.map(ref => clusters.tenants().get(ref)),
        });
        const now = () => new Date();
        const auditStore = await AuditStore.create(deps.database);
        await scheduleRetention({ ...deps, auditStore, now });
        const lost = deps.metrics.createCounter('understage_audit_lost_total', {
          description: 'Lines of the audit trail that could not be written',
        });
        const trail = new AuditTrail({
          ...deps,
          store: auditStore,
          now,
          lost: () => lost.add(1),
        });
        lifecycle.addShutdownHook(() => trail.settled(5_000));
        const authorizer = new ApplicationAuthorizer({ ...deps, now });
        const tenantAuthorizer = new TenantAuthorizer({ ...deps, now });
        const directory = new CatalogDirectory({ ...deps, now });
        const access = new RouteAccess({
          ...deps,
          authorizer,
          tenantAuthorizer,
        });
        const hub = new StreamHub({
          ...deps,
          directory,
          authorizer,
          tenantAuthorizer,
          now,
          every,
          instance: randomUUID().slice(0, 8),
        });
        lifecycle.addShutdownHook(() => hub.stop());
        const defer = setImmediate;
        const logHub = new LogHub({ ...deps, authorizer, now, every, defer });
        lifecycle.addShutdownHook(() => logHub.stop());
        const baseUrl = await deps.discovery.getExternalBaseUrl('paas');
        const platformConfig = readPlatform(deps.config);
        const { charts, chartCatalog } = createCharts(
          deps.config,
          platformConfig,
        );
        const platform = platformSettings(platformConfig);
        const doors: Doors = new Map();
        const own = {
          doors,
          directory,
          authorizer,
          tenantAuthorizer,
          access,
          auditStore,
          trail,
          hub,
          logHub,
          charts,
          chartCatalog,
          platform,
          now,
          baseUrl,
        };
        httpRouter.use(createRouter({ ...deps, ...own }));
        registerActions(deps.actionsRegistry, doors);
        httpRouter.addAuthPolicy({ path: '/health', allow: 'unauthenticated' });
      },
    });
  },
});
