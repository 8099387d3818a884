import { JsonRecord, recordsAt, textAt } from '../jsonValue';
import { KubeObject } from '../kubernetes';
import { shortText } from './explainContainer';
import { ObjectHealth } from './Health';
import { isUnobserved } from './workloads/replicated';

function conditionOf(
  conditions: readonly JsonRecord[],
  type: string,
): JsonRecord | undefined {
  return conditions.find(each => each.type === type);
}

function says(condition: JsonRecord | undefined, fallback: string): string {
  const message = textAt(condition, 'message') ?? textAt(condition, 'reason');
  return message === undefined || message === ''
    ? fallback
    : shortText(message);
}

/** Only kinds with a status that speaks of generations can lag behind their specification. */
function lags(object: KubeObject): boolean {
  const observed = Object(object.status).observedGeneration;
  return typeof observed === 'number' && isUnobserved(object);
}

/**
 * How an object of any other kind does, by the conventions of kstatus (sigs.k8s.io/cli-utils): generation, then the
 * conditions Stalled, Reconciling and Ready; without any of them it counts as there.
 */
export function foreignHealth(object: KubeObject): ObjectHealth {
  const conditions = recordsAt(object, 'status', 'conditions');
  const is = (type: string, status: string) =>
    conditionOf(conditions, type)?.status === status;
  if (lags(object))
    return {
      state: 'Progressing',
      reason: 'Progressing',
      message: 'the last change has not been taken up yet',
    };
  if (is('Stalled', 'True'))
    return {
      state: 'Failed',
      reason: 'NotReady',
      message: says(conditionOf(conditions, 'Stalled'), 'makes no progress'),
    };
  if (is('Reconciling', 'True'))
    return {
      state: 'Progressing',
      reason: 'Progressing',
      message: says(
        conditionOf(conditions, 'Reconciling'),
        'is being brought about',
      ),
    };
  if (is('Ready', 'False') || is('Ready', 'Unknown'))
    return {
      state: 'Progressing',
      reason: 'NotReady',
      message: says(conditionOf(conditions, 'Ready'), 'is not ready'),
    };
  return { state: 'Ready', reason: 'Ready', message: 'is there' };
}

/** How a route of the Gateway API does: a gateway that refused it is the user's to mend. */
export function routeHealth(route: KubeObject): ObjectHealth {
  for (const parent of recordsAt(route, 'status', 'parents')) {
    const refused = recordsAt(parent, 'conditions').find(
      each =>
        (each.type === 'Accepted' || each.type === 'ResolvedRefs') &&
        each.status === 'False',
    );
    if (refused)
      return {
        state: 'Degraded',
        reason: 'NotReady',
        message: `the gateway does not serve it: ${says(
          refused,
          'no reason given',
        )}`,
      };
  }
  return { state: 'Ready', reason: 'Ready', message: 'is there' };
}

/** How a Service does: only a load balancer can be missing something. */
export function serviceHealth(service: KubeObject): ObjectHealth {
  const isBalancer = textAt(service, 'spec', 'type') === 'LoadBalancer';
  const addresses = recordsAt(service, 'status', 'loadBalancer', 'ingress');
  if (isBalancer && addresses.length === 0)
    return {
      state: 'Progressing',
      reason: 'Progressing',
      message: 'waits for the address of its load balancer',
    };
  return { state: 'Ready', reason: 'Ready', message: 'is there' };
}
