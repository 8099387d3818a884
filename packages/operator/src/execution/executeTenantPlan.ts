import { Action, Outcome, TenantPlan } from '@understage/plugin-paas-common';
import { executePlan, Executor } from './executePlan';

/** The namespace that an action is about; `cluster` for what is in none, `volumes` for the labels of volumes. */
function placeOf({ ref }: Action): string {
  if (ref.namespace !== undefined) return `namespace ${ref.namespace}`;
  if (ref.kind === 'Namespace') return `namespace ${ref.name}`;
  return ref.kind === 'PersistentVolume' ? 'volumes' : 'cluster';
}

function byPlace(
  actions: readonly Action[],
): ReadonlyMap<string, readonly Action[]> {
  const places = new Map<string, Action[]>();
  for (const action of actions) {
    const place = placeOf(action);
    const known = places.get(place);
    if (known) known.push(action);
    else places.set(place, [action]);
  }
  return places;
}

const wentWrong = ({ kind }: Outcome) =>
  kind === 'failed' || kind === 'refused';

/**
 * Executes a tenant's plan. Environments have nothing to do with each other: each is worked on in the order of its
 * actions, all of them at the same time, and a refusal in one holds up no other.
 */
export async function executeTenantPlan(
  { actions }: TenantPlan,
  executor: Executor,
): Promise<readonly Outcome[]> {
  const outcomes = await Promise.all(
    [...byPlace(actions).values()].map(each =>
      executePlan({ actions: each }, executor),
    ),
  );
  return outcomes.flat();
}

/**
 * Executes the plan of a tenant's end: volumes are labelled before anything that has them goes, and what lets people see
 * their Tenant goes last. Whatever is refused stops what comes after it.
 */
export async function executeOffboarding(
  { actions }: TenantPlan,
  executor: Executor,
): Promise<readonly Outcome[]> {
  const places = byPlace(actions);
  const namespaces = [...places.keys()].filter(each => each.includes(' '));
  const outcomes: Outcome[] = [];
  for (const step of [['volumes'], namespaces, ['cluster']]) {
    const results = await Promise.all(
      step.map(place =>
        outcomes.some(wentWrong)
          ? []
          : executePlan({ actions: places.get(place) ?? [] }, executor),
      ),
    );
    outcomes.push(...results.flat());
  }
  return outcomes;
}
