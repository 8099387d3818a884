import { useEffect, useState } from 'react';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApiHolder } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import {
  ApplicationRef,
  formatApplicationRef,
} from '@understage/plugin-paas-common';
import { ANNOTATION_APPLICATION } from '../model/entityReference';

/** Reference of the catalog's System for an application; `undefined` until it is known, and when there is none. */
export function useCatalogSystem(ref: ApplicationRef): string | undefined {
  const catalog = useApiHolder().get(catalogApiRef);
  const key = formatApplicationRef(ref);
  const [found, setFound] = useState<{ key: string; system: string }>();
  useEffect(() => {
    let open = true;
    catalog
      ?.queryEntities({
        filter: {
          kind: 'System',
          [`metadata.annotations.${ANNOTATION_APPLICATION}`]: key,
        },
        fields: ['kind', 'metadata.name', 'metadata.namespace'],
        limit: 1,
      })
      .then(
        ({ items: [entity] }) =>
          open &&
          entity &&
          setFound({ key, system: stringifyEntityRef(entity) }),
        // The link is an extra; the catalog tells of its own troubles on its own pages.
        () => {},
      );
    return () => {
      open = false;
    };
  }, [catalog, key]);
  return found?.key === key ? found.system : undefined;
}
