import { useEffect } from 'react';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';

/** Names the browser's tab while the view is shown, so that tabs, history and bookmarks can be told apart. */
export function usePageTitle(...parts: readonly string[]): void {
  const app = useApi(configApiRef).getOptionalString('app.title');
  const page = parts.join(' | ');
  useEffect(() => {
    const ofApp = app ?? 'Backstage';
    document.title = `${page} | ${ofApp}`;
    return () => {
      document.title = ofApp;
    };
  }, [app, page]);
}
