import { Application } from '../../schema/Application';
import { ComponentState } from '../../schema/ApplicationStatus';
import { Reason, reasons } from '../reasons';
import { Finding } from './findings';
import {
  ApplicationHealth,
  compareStates,
  ComponentHealth,
  ObjectHealth,
  worstOf,
} from './Health';

/** The part of an Application that its health depends on. */
export type AssessedApplication = Pick<Application, 'spec' | 'metadata'>;

/** A finding is about what should be: it outranks the health of what is there, unless that is worse. */
function withFinding(
  health: ComponentHealth,
  finding: Finding | undefined,
): ObjectHealth {
  if (!finding) return health;
  const running = (health.replicas?.ready ?? 0) > 0 || health.state === 'Ready';
  const state = stateOfFinding(finding.reason, running);
  return compareStates(health.state, state) > 0
    ? health
    : {
        ...health,
        state,
        reason: finding.reason,
        message: withoutName(finding.message, health.name),
      };
}

/** The application's message puts the component's name in front, as many a refusal has done already. */
function withoutName(message: string, component: string): string {
  const prefix = `${component}: `;
  return message.startsWith(prefix) ? message.slice(prefix.length) : message;
}

function stateOfFinding(reason: Reason, running: boolean): ComponentState {
  const { audience } = reasons[reason];
  if (audience === 'waiting' || reason === 'AwaitingImage') return 'Waiting';
  if (audience === 'intended') return 'Paused';
  return running ? 'Degraded' : 'Failed';
}

function overallMessage(
  worst: ComponentHealth,
  components: readonly ComponentHealth[],
): string {
  if (worst.state === 'Ready') {
    return components.length === 1
      ? `${worst.name}: ${worst.message}.`
      : `${
          components.length === 2 ? 'Both' : `All ${components.length}`
        } components are ready.`;
  }
  const others = components.filter(
    each => each !== worst && compareStates(each.state, 'Progressing') >= 0,
  ).length;
  const more =
    others === 0
      ? ''
      : ` (and ${others} more ${others === 1 ? 'component' : 'components'})`;
  return `${worst.name}: ${worst.message}${more}`;
}

interface Verdict {
  readonly application: AssessedApplication;
  readonly findings: readonly Finding[];
  readonly components: readonly ComponentHealth[];
}

/** The state of the application from those of its components. */
export function overall(
  verdict: Verdict,
): Omit<ApplicationHealth, 'components'> {
  const { application, findings, components } = verdict;
  if (application.metadata.deletionTimestamp !== undefined) {
    return {
      state: 'Progressing',
      reason: 'Deleting',
      message: 'The application is being deleted.',
    };
  }
  const general = findings.find(each => each.component === undefined);
  const worst = worstOf(components);
  if (general) {
    const state = stateOfFinding(general.reason, worst?.state === 'Ready');
    return { state, reason: general.reason, message: general.message };
  }
  if (!worst) {
    return {
      state: 'Unknown',
      reason: 'NotReady',
      message: 'The application has no components.',
    };
  }
  const { state, reason } = worst;
  const message = overallMessage(worst, components);
  if (!application.spec.paused) return { state, reason, message };
  return {
    // What waits or rolls out does so because of the pause or in spite of it; only trouble is worth more attention.
    state: compareStates(state, 'Unknown') >= 0 ? state : 'Paused',
    reason: 'Paused',
    message: `Paused. ${message}`,
  };
}

/**
 * Lays what planning and writing had to say over what health found: a component that was refused is not ready, however
 * well its older version runs. Applying the same findings twice changes nothing.
 */
export function applyFindings(
  application: AssessedApplication,
  health: ApplicationHealth,
  findings: readonly Finding[],
): ApplicationHealth {
  const components = health.components.map(component => ({
    ...component,
    ...withFinding(
      component,
      findings.find(each => each.component === component.name),
    ),
  }));
  return {
    ...overall({ application, findings, components }),
    components,
  };
}
