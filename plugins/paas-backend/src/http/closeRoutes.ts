import { NotFoundError } from '@backstage/errors';
import { apiRoutes, ApiRoute } from '@understage/plugin-paas-common';
import { RequestHandler, Router } from 'express';
import { RefusedCall } from './RefusedCall';

/** Ends the router: 405 with what is allowed for a known path, 404 for any other. Add it after the last route. */
export function closeRoutes(router: Router): void {
  for (const [path, methods] of methodsByPath()) {
    const allow = methods.join(', ');
    router.all(path, request => {
      throw new RefusedCall(
        `${request.method} means nothing here; this address takes ${allow}.`,
        { name: 'MethodNotAllowedError', statusCode: 405, headers: { allow } },
      );
    });
  }
  router.use(noSuchRoute);
}

const noSuchRoute: RequestHandler = (request, _response, next) => {
  // What Backstage itself serves below every plugin, such as the rules of permissions.
  if (request.path.startsWith('/.')) {
    next();
    return;
  }
  throw new NotFoundError(
    'There is nothing at this address of the API; /openapi.json lists what there is.',
  );
};

function methodsByPath(): Map<string, string[]> {
  const paths = new Map<string, string[]>();
  for (const { path, method } of Object.values<ApiRoute>(apiRoutes)) {
    const methods = paths.get(path) ?? [];
    methods.push(
      ...(method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]),
    );
    paths.set(path, methods);
  }
  return paths;
}
