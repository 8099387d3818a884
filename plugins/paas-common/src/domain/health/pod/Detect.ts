import { KubeObject } from '../../kubernetes';
import { Cause } from '../Cause';
import { HealthContext } from '../HealthContext';

/** Looks for one kind of trouble of a pod that does not serve. */
export type Detect = (
  pod: KubeObject,
  context: HealthContext,
) => Cause | undefined;
