import { createRouteRef, useRouteRef } from '@backstage/frontend-plugin-api';

/** The Applications list. */
export const rootRouteRef = createRouteRef();

/** Where the plugin is mounted, without a slash at the end. Where its page is switched off, the default. */
export function useRootPath(): string {
  const link = useRouteRef(rootRouteRef);
  return (link?.() ?? '/paas').replace(/\/$/, '');
}
