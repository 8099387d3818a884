import {
  ApplicationHealth,
  assessHealth,
  ComponentHealth,
  ComponentState,
  componentsInForce,
  ComponentStatus,
  findingsOf,
  KubeObject,
  Reason,
} from '@understage/plugin-paas-common';
import { LiveApplication } from './readLiveApplication';

/** What is seen of one application at one moment. */
export interface Observation {
  readonly live: LiveApplication;
  readonly objects: readonly KubeObject[];
  /** Warning events about it and its objects. */
  readonly events: readonly KubeObject[];
  /** The nodes of the cluster by name; absent where they can not be read. */
  readonly nodes?: ReadonlyMap<string, KubeObject>;
  readonly now: Date;
}

/** How an application does, as the operator would report it now. */
export interface Assessment {
  readonly state: ComponentState;
  readonly reason: Reason;
  readonly message: string;
  readonly components: readonly ComponentStatus[];
  /** Absent when the specification can not be understood. */
  readonly health?: ApplicationHealth;
}

/** Computes the health from what is seen, not from what was reported: a pod's change shows without the operator. */
export function assessApplication(observation: Observation): Assessment {
  const { live, objects, events, nodes, now } = observation;
  const { application, status, problem = 'Not read yet.' } = live;
  if (!application) {
    return {
      state: 'Failed',
      reason: 'Invalid',
      message: problem,
      components: [],
    };
  }
  const health = assessHealth({
    application,
    objects,
    events,
    nodes,
    now,
    findings: findingsOf(status),
    components: componentsInForce(application, status),
  });
  const { state, reason, message } = health;
  const components = health.components.map(component =>
    componentStatus(component, live),
  );
  return { state, reason, message, components, health };
}

// What only the operator knows (the image's origin, the objects meant) comes from its report, the rest from what is seen.
function componentStatus(
  { name, type, state, reason, message, replicas }: ComponentHealth,
  { status }: LiveApplication,
): ComponentStatus {
  const reported = status?.components.find(other => other.name === name);
  return {
    name,
    type,
    state,
    reason,
    message,
    ...(reported?.image && { image: reported.image }),
    ...(replicas && { replicas }),
    objects: reported?.objects ?? [],
  };
}
