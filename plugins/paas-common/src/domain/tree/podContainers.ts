import { PodContainer } from '../../api/types';
import {
  JsonRecord,
  numberAt,
  recordAt,
  recordsAt,
  textAt,
} from '../jsonValue';
import { KubeObject } from '../kubernetes';

/** Waiting for these is what every container does once. */
const starting = new Set(['ContainerCreating', 'PodInitializing']);

function stateOf(status: JsonRecord): PodContainer['state'] {
  const { running, terminated } = recordAt(status, 'state');
  if (running !== undefined) return 'running';
  return terminated === undefined ? 'waiting' : 'terminated';
}

function failed(state: JsonRecord): boolean {
  const code = numberAt(state, 'terminated', 'exitCode');
  return code !== undefined && code !== 0;
}

function isFailing(status: JsonRecord): boolean {
  const state = recordAt(status, 'state');
  if (failed(state)) return true;
  if (status.ready === true) return false;
  const why = textAt(state, 'waiting', 'reason');
  const isStuck = why !== undefined && !starting.has(why);
  return isStuck || failed(recordAt(status, 'lastState'));
}

function containerOf(status: JsonRecord): PodContainer {
  const state = stateOf(status);
  const ranBefore = 'terminated' in recordAt(status, 'lastState');
  return {
    name: textAt(status, 'name') ?? '',
    state,
    restarts: numberAt(status, 'restartCount') ?? 0,
    failing: isFailing(status),
    // Between two runs a kubelet still has the log of the last one.
    started: state !== 'waiting' || ranBefore,
    ranBefore,
  };
}

/** The containers of a pod as its status tells of them, those that prepare it first. Whole or projected pods. */
export function podContainers(pod: KubeObject): readonly PodContainer[] {
  const { status } = pod;
  const first = recordsAt(status, 'initContainerStatuses').map(containerOf);
  return [
    ...first.map(container => ({ ...container, init: true as const })),
    ...recordsAt(status, 'containerStatuses').map(containerOf),
  ];
}
