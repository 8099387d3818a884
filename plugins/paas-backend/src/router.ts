import {
  AuditorService,
  HttpAuthService,
  LoggerService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { PlatformSettings } from '@understage/plugin-paas-common';
import {
  ChartCatalog,
  ChartRenderer,
  PaasClusters,
} from '@understage/plugin-paas-node';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { AuditStore } from './audit/AuditStore';
import { AuditTrail } from './audit/AuditTrail';
import { ApplicationAuthorizer } from './authorization/ApplicationAuthorizer';
import { TenantAuthorizer } from './authorization/TenantAuthorizer';
import { answerErrors } from './http/answerErrors';
import { closeRoutes } from './http/closeRoutes';
import { readBodies } from './http/readBodies';
import { Doors } from './http/registerRoute';
import { RouteAccess } from './http/RouteAccess';
import { Directory } from './people/Directory';
import { addApplicationRoutes } from './routes/applicationRoutes';
import { addAuditRoutes } from './routes/auditRoutes';
import { addChangeRoutes } from './routes/changeRoutes';
import { addChartRoutes } from './routes/chartRoutes';
import { addClusterRoutes } from './routes/clusterRoutes';
import { addOpenApiRoutes } from './routes/openApiRoutes';
import { addLogRoutes } from './routes/logRoutes';
import { addPlanRoutes } from './routes/planRoutes';
import { addStreamRoutes } from './routes/streamRoutes';
import { addTenantRoutes } from './routes/tenantRoutes';
import { LogHub } from './podLogs/LogHub';
import { StreamHub } from './stream/StreamHub';

export interface RouterOptions {
  readonly clusters: PaasClusters;
  readonly authorizer: ApplicationAuthorizer;
  readonly tenantAuthorizer: TenantAuthorizer;
  readonly access: RouteAccess;
  readonly doors: Doors;
  readonly httpAuth: HttpAuthService;
  readonly userInfo: UserInfoService;
  readonly directory: Directory;
  readonly auditor: AuditorService;
  readonly auditStore: AuditStore;
  readonly trail: AuditTrail;
  readonly logger: Pick<LoggerService, 'error'>;
  readonly charts: ChartRenderer;
  readonly chartCatalog: ChartCatalog;
  readonly platform: PlatformSettings;
  readonly now: () => Date;
  readonly hub: StreamHub;
  readonly logHub: LogHub;
  /** Where clients find the API. */
  readonly baseUrl: string;
}

/** The HTTP API below `/api/paas`. */
export function createRouter(options: RouterOptions): Router {
  const router = PromiseRouter();
  readBodies(router);
  const context = { ...options, router };
  addApplicationRoutes(context);
  addPlanRoutes(context);
  addChangeRoutes(context);
  addTenantRoutes(context);
  addAuditRoutes(context);
  addChartRoutes(context);
  addClusterRoutes(context);
  addStreamRoutes(context);
  addLogRoutes(context);
  addOpenApiRoutes(context);
  closeRoutes(router);
  router.use(answerErrors(options.logger));
  return router;
}
