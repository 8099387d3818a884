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

/** What executing needs from the outside. */
export interface Executor {
  /** Writes as the namespace's deployer, never as ourselves. */
  readonly writer: KubeWriter;
  /** The API resource of a kind; undefined for kinds that the platform does not render. */
  readonly resourceType: (
    apiVersion: string,
    kind: string,
  ) => ResourceType | undefined;
  /** Told about each object as the server returned it, so that the next plan knows it before the watch does. */
  readonly onWritten?: (object: KubeObject) => void;
  readonly onDeleted?: (
    action: Action & { readonly kind: 'delete' | 'replace' },
  ) => void;
  /** Asked before each write: a deposed leader stops here. */
  readonly mayWrite: () => boolean;
}

/** Raised when leadership was lost in the middle: nothing more is written, the successor plans anew. */
export class DeposedError extends Error {
  readonly name = 'DeposedError';
}

const writes = new Set<Action['kind']>([
  'create',
  'update',
  'replace',
  'delete',
]);

/** Actions that may run at the same time: neighbours of the same verb and kind, whose order says nothing. */
function waves(actions: readonly Action[]): readonly (readonly Action[])[] {
  const result: Action[][] = [];
  for (const action of actions.filter(each => writes.has(each.kind))) {
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

function outcomeOfWrite(action: Action, outcome: WriteOutcome): Outcome {
  if (outcome.kind === 'written') {
    return { kind: 'done', action, object: outcome.object };
  }
  return { kind: 'refused', action, ...classifyRefusal(action.ref, outcome) };
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
    message: `${kind} ${name} is of a kind that applications may not create.`,
  };
}

async function remove(
  action: Action & { readonly kind: 'delete' | 'replace' },
  type: ResourceType,
  executor: Executor,
): Promise<Outcome> {
  const { uid, ref } = action;
  const outcome = outcomeOfDelete(
    action,
    await executor.writer.delete(type, ref, { uid, propagation: 'Background' }),
  );
  if (outcome.kind === 'done') executor.onDeleted?.(action);
  return outcome;
}

async function apply(
  action: Action & { readonly kind: 'create' | 'update' | 'replace' },
  type: ResourceType,
  executor: Executor,
): Promise<Outcome> {
  // Ownership was decided by the plan; what is left to conflict are single fields of objects that are ours.
  const force = action.kind !== 'create';
  const written = await executor.writer.apply(action.object, { type, force });
  if (written.kind === 'written') executor.onWritten?.(written.object);
  return outcomeOfWrite(action, written);
}

async function write(action: Action, executor: Executor): Promise<Outcome> {
  const type = executor.resourceType(action.ref.apiVersion, action.ref.kind);
  if (!type) return notAllowed(action);
  switch (action.kind) {
    case 'delete':
      return remove(action, type, executor);
    case 'replace': {
      const removed = await remove(action, type, executor);
      return removed.kind === 'done' ? apply(action, type, executor) : removed;
    }
    case 'create':
    case 'update':
      return apply(action, type, executor);
    default:
      return { kind: 'done', action };
  }
}

async function attempt(action: Action, executor: Executor): Promise<Outcome> {
  if (!executor.mayWrite()) {
    throw new DeposedError('leadership was lost before the plan was executed');
  }
  try {
    return await write(action, executor);
  } catch (error) {
    if (error instanceof KubeError) {
      return { kind: 'failed', action, message: error.message };
    }
    throw error;
  }
}

/**
 * Executes a plan's writes in their order, and answers with one outcome an action. A failure or refusal of one component
 * skips the rest of that component only; objects of the application as a whole stop everything.
 */
export async function executePlan(
  plan: Plan,
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
