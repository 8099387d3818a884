import { useEntity } from '@backstage/plugin-catalog-react';
import {
  ANNOTATION_APPLICATION,
  applicationOf,
} from '../model/entityReference';

/** The application behind the entity on screen; with a malformed annotation only its text. */
export function useEntityApplication() {
  const { entity } = useEntity();
  const annotation = entity.metadata.annotations?.[ANNOTATION_APPLICATION];
  return { found: applicationOf(entity), annotation: annotation ?? '' };
}
