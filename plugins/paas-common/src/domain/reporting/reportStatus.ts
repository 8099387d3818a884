import { Application } from '../../schema/Application';
import {
  ApplicationStatus,
  ComponentStatus,
} from '../../schema/ApplicationStatus';
import { Desired } from '../desired';
import { ApplicationHealth, applyFindings, ComponentHealth } from '../health';
import { isWrite, sameJson } from '../planning';
import { conditionsOf } from './conditions';
import { noticesOf } from './notices';
import { PassResult, planFindings } from './planFindings';
import { Transition, transitionsBetween } from './transitions';

export interface ReportInput extends PassResult {
  readonly application: Pick<Application, 'metadata' | 'spec'>;
  readonly desired?: Desired;
  readonly health: ApplicationHealth;
  readonly release?: { readonly current: number; readonly available?: number };
  /** The status as it stands in the cluster. */
  readonly previous?: ApplicationStatus;
  readonly now: Date;
}

export interface Report {
  readonly status: ApplicationStatus;
  /** For Kubernetes Events. */
  readonly transitions: readonly Transition[];
}

/** RFC 3339 to the second, as Kubernetes writes times. */
function timeText(now: Date): string {
  return `${now.toISOString().slice(0, 19)}Z`;
}

function componentStatus(
  health: ComponentHealth,
  input: ReportInput,
): ComponentStatus {
  const desired = input.desired?.components.find(
    each => each.name === health.name,
  );
  const before = input.previous?.components.find(
    each => each.name === health.name,
  );
  const image = desired ? desired.image : before?.image;
  const objects = desired?.objects ?? before?.objects ?? [];
  const { name, type, state, reason, message, replicas } = health;
  return {
    name,
    type,
    state,
    reason,
    message,
    ...(image ? { image: { ref: image.ref, from: image.from } } : {}),
    ...(replicas ? { replicas: { ...replicas } } : {}),
    objects: objects.map(({ apiVersion, kind, name: objectName }) => ({
      apiVersion,
      kind,
      name: objectName,
    })),
  };
}

function lastApplied(input: ReportInput): string | undefined {
  const wrote = input.outcomes?.some(
    outcome => outcome.kind === 'done' && isWrite(outcome.action),
  );
  return wrote ? timeText(input.now) : input.previous?.lastApplied;
}

/**
 * The status of an application from what was planned, what became of it and how its objects do. Pure: the same input
 * gives the same status, and an unchanged world gives the previous status, so that nothing has to be written.
 */
export function reportStatus(input: ReportInput): Report {
  const { application, previous, outcomes } = input;
  const health = applyFindings(application, input.health, planFindings(input));
  const generation = application.metadata.generation ?? 0;
  const notices = noticesOf(input);
  const release = input.release ?? previous?.release;
  const applied = lastApplied(input);
  const status: ApplicationStatus = {
    observedGeneration: generation,
    state: health.state,
    message: health.message,
    components: health.components.map(component =>
      componentStatus(component, input),
    ),
    ...(release ? { release: { ...release } } : {}),
    ...(applied === undefined ? {} : { lastApplied: applied }),
    ...(notices.length > 0 ? { notices } : {}),
    conditions: conditionsOf({
      ...input,
      health,
      generation,
      now: timeText(input.now),
    }),
  };
  return {
    status,
    transitions: transitionsBetween({ previous, status, outcomes }),
  };
}

/** True when a status says the same, so that it need not be written. */
export function statusEquals(
  left: ApplicationStatus | undefined,
  right: ApplicationStatus | undefined,
): boolean {
  return sameJson(left, right);
}
