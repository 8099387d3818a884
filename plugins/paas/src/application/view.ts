import {
  ApplicationDetail,
  ApplicationRef,
} from '@understage/plugin-paas-common';
import { useAction } from '../live/useAction';

/** What every part of the Application page works with. */
export interface ApplicationView {
  readonly reference: ApplicationRef;
  readonly detail: ApplicationDetail;
  /** The page's one place for progress and results. */
  readonly action: ReturnType<typeof useAction>;
}
