import { isRecord, JsonRecord, recordAt, recordsAt } from '../jsonValue';
import { pick, pickEach, present } from './pick';

/** What is kept of how a container ended. */
const endFields = ['exitCode', 'signal', 'reason', 'message', 'finishedAt'];

function projectState(state: unknown): JsonRecord | undefined {
  const { waiting, running, terminated } = recordAt(state);
  if (isRecord(waiting)) {
    return { waiting: pick(waiting, ['reason', 'message']) ?? {} };
  }
  if (isRecord(terminated)) {
    return { terminated: pick(terminated, endFields) ?? {} };
  }
  // When it started changes with every pod and nobody asks for it; without it, healthy pods share one status.
  return isRecord(running) ? { running: {} } : undefined;
}

function projectContainer(status: JsonRecord): JsonRecord {
  return {
    ...pick(status, ['name', 'image', 'ready', 'restartCount', 'started']),
    ...present('state', projectState(status.state)),
    ...present('lastState', projectState(status.lastState)),
  };
}

function projectContainers(
  status: JsonRecord,
  field: string,
): JsonRecord | undefined {
  const containers = recordsAt(status, field);
  return containers.length === 0
    ? undefined
    : { [field]: containers.map(projectContainer) };
}

/** Conditions that only say that all is well are implied by `Ready`. */
function isTelling(condition: JsonRecord): boolean {
  return (
    condition.type === 'Ready' ||
    condition.status !== 'True' ||
    condition.type === 'DisruptionTarget'
  );
}

const conditionFields = ['type', 'status', 'reason', 'message'];
/** Since when a pod does not serve tells whose fault it can be. Of those that do it would be one more unique text each. */
const sinceFields = [...conditionFields, 'lastTransitionTime'];

function isUnready(condition: JsonRecord): boolean {
  return condition.type === 'Ready' && condition.status !== 'True';
}

function projectConditions(status: JsonRecord): JsonRecord | undefined {
  const all = recordsAt(status, 'conditions');
  const gates = all.filter(each => String(each.type).includes('/'));
  const kept = [
    ...all.filter(isTelling),
    ...gates.filter(each => !isTelling(each)),
  ];
  const told = kept.map(each =>
    pick(each, isUnready(each) ? sinceFields : conditionFields),
  );
  return present('conditions', told.length === 0 ? undefined : told);
}

/** What is kept of a pod's status: everything that explains why it does not serve. */
export function projectPodStatus(status: unknown): JsonRecord | undefined {
  if (!isRecord(status)) return undefined;
  return {
    ...pick(status, ['phase', 'reason', 'message']),
    ...projectConditions(status),
    ...projectContainers(status, 'initContainerStatuses'),
    ...projectContainers(status, 'containerStatuses'),
  };
}

function projectSpecContainer(container: JsonRecord): JsonRecord {
  const limits = recordAt(container, 'resources', 'limits');
  return {
    ...pick(container, ['name', 'image']),
    ...present(
      'resources',
      limits.memory === undefined
        ? undefined
        : { limits: { memory: limits.memory } },
    ),
  };
}

function projectClaims(spec: JsonRecord): JsonRecord {
  const claims = recordsAt(spec, 'volumes').filter(volume =>
    isRecord(volume.persistentVolumeClaim),
  );
  return present(
    'volumes',
    pickEach(claims, ['name', 'persistentVolumeClaim']),
  );
}

/** What is kept of a pod's template, the same for all pods of it. */
export function projectPodTemplate(spec: unknown): JsonRecord {
  const containers = recordsAt(spec, 'containers').map(projectSpecContainer);
  return present(
    'containers',
    containers.length === 0 ? undefined : containers,
  );
}

/** What is kept of a pod's own specification. */
export function projectPodOwn(spec: unknown): JsonRecord {
  const gates = pickEach(recordAt(spec).readinessGates, ['conditionType']);
  return {
    ...projectClaims(recordAt(spec)),
    ...present('readinessGates', gates),
  };
}
