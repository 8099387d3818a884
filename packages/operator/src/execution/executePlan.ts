import {
  DeleteOutcome,
  KubeError,
  KubeObject,
  KubeWriter,
  ResourceType,
  WriteOutcome,
} from '@understage/kube';
import {
  Action,
  Outcome,
  Plan,
  classifyRefusal,
} from '@understage/plugin-paas-common';
import { Fence, withinTerm } from './fence';

/** What executing needs from the outside. */
export interface Executor {
  /** Writes as the namespace's deployer, or as the provisioner of tenants, never as ourselves. */
  readonly writer: KubeWriter;
  /** The API resource of a kind; undefined for kinds that are not to be written. */
  readonly resourceType: (
    apiVersion: string,
    kind: string,
  ) => ResourceType | undefined;
  /** Told about each object as the server returned it, so that the next plan knows it before the watch does. */
  readonly onWritten?: (object: KubeObject) => void;
  readonly onDeleted?: (
    action: Action & { readonly kind: 'delete' | 'replace' },
  ) => void;
  /** Asked before each write, and aborts it when the term ends: a deposed leader stops here. */
  readonly fence: Fence;
}

type Removal = Action & { readonly kind: 'delete' | 'replace' };
type Put = Action & { readonly kind: 'create' | 'update' | 'replace' };

const writes = new Set<Action['kind']>([
  'create',
  'update',
  'replace',
  'delete',
]);

/** True for actions that change the cluster. */
export function isWrite({ kind }: Action): boolean {
  return writes.has(kind);
}

/** Actions that may run at the same time: neighbours of the same verb and kind, whose order says nothing. */
function waves(actions: readonly Action[]): readonly (readonly Action[])[] {
  const result: Action[][] = [];
  for (const action of actions.filter(isWrite)) {
    const wave = result.at(-1);
    const previous = wave?.[0];
    if (
      wave &&
      previous?.kind === action.kind &&
      previous.ref.kind === action.ref.kind
    ) {
      wave.push(action);
    } else {
      result.push([action]);
    }
  }
  return result;
}

function refusedOrWaiting(action: Action): Outcome | undefined {
  if (action.kind === 'refuse' || action.kind === 'wait') {
    return {
      kind: 'refused',
      action,
      reason: action.reason,
      message: action.message,
    };
  }
  return undefined;
}

function failed(action: Action, message: string): Outcome {
  return { kind: 'failed', action, message };
}

/** The cluster is no longer what the plan saw: nothing was merged into whatever is there now, and a new plan will see it. */
function outdated(action: Put, outcome: WriteOutcome): Outcome | undefined {
  if (action.kind !== 'update') {
    return outcome.kind === 'conflict'
      ? failed(action, 'an object of that name has appeared in the meantime')
      : undefined;
  }
  const changed = outcome.kind === 'conflict' && outcome.managers.length === 0;
  const gone =
    outcome.kind === 'missing' &&
    classifyRefusal(action.ref, outcome).reason === 'ApplyFailed';
  return changed || gone
    ? failed(action, 'it was changed or replaced in the meantime')
    : undefined;
}

function outcomeOfWrite(action: Put, outcome: WriteOutcome): Outcome {
  if (outcome.kind === 'written') {
    return { kind: 'done', action, object: outcome.object };
  }
  return (
    outdated(action, outcome) ?? {
      kind: 'refused',
      action,
      ...classifyRefusal(action.ref, outcome),
    }
  );
}

function outcomeOfDelete(action: Action, outcome: DeleteOutcome): Outcome {
  if (outcome.kind === 'forbidden') {
    return {
      kind: 'refused',
      action,
      ...classifyRefusal(action.ref, outcome),
    };
  }
  // Absent, or another object of that name took its place: ours is gone, which is what was wanted.
  return { kind: 'done', action };
}

function notAllowed(action: Action): Outcome {
  const { kind, name } = action.ref;
  return {
    kind: 'refused',
    action,
    reason: 'KindNotAllowed',
    message: `${kind} ${name} is of a kind that may not be created.`,
  };
}

/** What a single write needs. */
interface Writing {
  readonly type: ResourceType;
  readonly executor: Executor;
}

const describe = ({ kind, ref }: Action) =>
  `the ${kind} of ${ref.kind} ${ref.namespace}/${ref.name}`;

async function remove(
  action: Removal,
  { type, executor }: Writing,
): Promise<Outcome> {
  const { uid, ref } = action;
  const answer = await withinTerm(executor.fence, describe(action), signal =>
    executor.writer.delete(type, ref, {
      uid,
      propagation: 'Background',
      signal,
    }),
  );
  const outcome = outcomeOfDelete(action, answer);
  if (outcome.kind === 'done') executor.onDeleted?.(action);
  return outcome;
}

/** The object with what the plan knew of it, which the server holds against what is there. */
function asPlanned(action: Put): KubeObject {
  if (action.kind !== 'update') return action.object;
  const { uid, resourceVersion, object } = action;
  const known = {
    ...(uid === undefined ? {} : { uid }),
    ...(resourceVersion === undefined ? {} : { resourceVersion }),
  };
  return { ...object, metadata: { ...object.metadata, ...known } };
}

async function apply(
  action: Put,
  { type, executor }: Writing,
): Promise<Outcome> {
  // Ownership was decided by the plan; what is left to conflict are single fields of objects that are ours.
  const how = action.kind === 'update' ? { force: true } : { ifAbsent: true };
  const written = await withinTerm(executor.fence, describe(action), signal =>
    executor.writer.apply(asPlanned(action), { type, signal, ...how }),
  );
  if (written.kind === 'written') executor.onWritten?.(written.object);
  return outcomeOfWrite(action, written);
}

async function write(action: Action, executor: Executor): Promise<Outcome> {
  const type = executor.resourceType(action.ref.apiVersion, action.ref.kind);
  if (!type) return notAllowed(action);
  const writing = { type, executor };
  switch (action.kind) {
    case 'delete':
      return remove(action, writing);
    case 'replace': {
      const removed = await remove(action, writing);
      return removed.kind === 'done' ? apply(action, writing) : removed;
    }
    case 'create':
    case 'update':
      return apply(action, writing);
    default:
      return { kind: 'done', action };
  }
}

async function attempt(action: Action, executor: Executor): Promise<Outcome> {
  try {
    return await write(action, executor);
  } catch (error) {
    if (error instanceof KubeError) return failed(action, error.message);
    throw error;
  }
}

/**
 * Executes a plan's writes in their order, and answers with one outcome an action. A failure or refusal of one component
 * skips the rest of that component only; objects of the application as a whole stop everything.
 */
export async function executePlan(
  plan: Pick<Plan, 'actions'>,
  executor: Executor,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = plan.actions
    .map(refusedOrWaiting)
    .filter(outcome => outcome !== undefined);
  const stopped = new Set<string | undefined>();
  const isStopped = (action: Action) =>
    stopped.has(action.component) || stopped.has(undefined);

  for (const wave of waves(plan.actions)) {
    const results = await Promise.all(
      wave.map(action =>
        isStopped(action)
          ? ({ kind: 'skipped', action } as const)
          : attempt(action, executor),
      ),
    );
    for (const result of results) {
      outcomes.push(result);
      if (result.kind === 'failed' || result.kind === 'refused') {
        stopped.add(result.action.component);
      }
    }
  }
  return outcomes;
}
