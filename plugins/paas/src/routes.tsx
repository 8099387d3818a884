import { createContext, ReactNode, useContext } from 'react';
import { createRouteRef, useRouteRef } from '@backstage/frontend-plugin-api';

/** The Applications list. */
export const rootRouteRef = createRouteRef();
/** The Tenants list; menus list pages that have one. */
export const tenantsRouteRef = createRouteRef();

const DEFAULT_PATH = '/paas';
const RootPath = createContext(DEFAULT_PATH);

/** Tells the views where the plugin is mounted; how that is found out differs between the two frontend systems. */
export function RootPathProvider(props: {
  path: string | undefined;
  children: ReactNode;
}) {
  const path = (props.path ?? DEFAULT_PATH).replace(/\/$/, '');
  return <RootPath.Provider value={path}>{props.children}</RootPath.Provider>;
}

/** Where the plugin is mounted, without a slash at the end. */
export function useRootPath(): string {
  return useContext(RootPath);
}

/** Asks the new frontend system where the plugin is mounted. */
export function MountedViews(props: { children: ReactNode }) {
  const link = useRouteRef(rootRouteRef);
  return <RootPathProvider path={link?.()}>{props.children}</RootPathProvider>;
}
