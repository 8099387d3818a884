import { HttpAuthService } from '@backstage/backend-plugin-api';
import { PaasClusters } from '@understage/plugin-paas-node';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { ApplicationAuthorizer } from './authorization/ApplicationAuthorizer';
import { RouteAccess } from './http/RouteAccess';
import { addApplicationRoutes } from './routes/applicationRoutes';
import { addClusterRoutes } from './routes/clusterRoutes';
import { addOpenApiRoutes } from './routes/openApiRoutes';
import { addStreamRoutes } from './routes/streamRoutes';
import { StreamHub } from './stream/StreamHub';

export interface RouterOptions {
  readonly clusters: PaasClusters;
  readonly authorizer: ApplicationAuthorizer;
  readonly access: RouteAccess;
  readonly httpAuth: HttpAuthService;
  readonly hub: StreamHub;
  /** Where clients find the API. */
  readonly baseUrl: string;
}

/** The HTTP API below `/api/paas`. */
export function createRouter(options: RouterOptions): Router {
  const router = PromiseRouter();
  const context = { ...options, router };
  addApplicationRoutes(context);
  addClusterRoutes(context);
  addStreamRoutes(context);
  addOpenApiRoutes(context);
  return router;
}
