import { apiRoutes } from '@understage/plugin-paas-common';
import { RegisterContext, registerRoute } from '../http/registerRoute';
import { createOpenApiDocument } from '../openapi/createOpenApiDocument';

/** The description of the API, for tools. */
export function addOpenApiRoutes(
  options: RegisterContext & { readonly baseUrl: string },
): void {
  const document = createOpenApiDocument(options.baseUrl);
  registerRoute(options, apiRoutes.openApi, async () => document);
}
