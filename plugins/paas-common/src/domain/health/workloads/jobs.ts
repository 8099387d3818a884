import { numberAt, recordAt, recordsAt, textAt } from '../../jsonValue';
import { KubeObject } from '../../kubernetes';
import { causeText, groupCauses } from '../Cause';
import { explainContainer, shortText } from '../explainContainer';
import { explainRefusal } from '../explainRefusal';
import { ObjectHealth } from '../Health';
import { HealthContext } from '../HealthContext';
import { podCause } from '../pod/podCause';

const failures: Readonly<Record<string, string>> = {
  BackoffLimitExceeded: 'gave up after its retries',
  DeadlineExceeded: 'ran longer than its deadline',
  PodFailurePolicy: 'was stopped by its pod failure policy',
};

function isTrue(job: KubeObject, type: string): boolean {
  return recordsAt(job, 'status', 'conditions').some(
    each => each.type === type && each.status === 'True',
  );
}

/** What the last failed pod of a job died of. */
function lastFailure(
  job: KubeObject,
  context: HealthContext,
): string | undefined {
  const failed = context.graph
    .podsOf(job)
    .filter(pod => textAt(pod, 'status', 'phase') === 'Failed');
  const newest = [...failed].sort((left, right) =>
    createdAt(left) < createdAt(right) ? 1 : -1,
  )[0];
  if (!newest) return undefined;
  for (const status of recordsAt(newest, 'status', 'containerStatuses')) {
    const found = explainContainer(newest, status, []);
    if (found) return `${newest.metadata.name} ${found.sentence}`;
  }
  return undefined;
}

function createdAt(object: KubeObject): string {
  return object.metadata.creationTimestamp ?? '';
}

function failedJob(job: KubeObject, context: HealthContext): ObjectHealth {
  const condition = recordsAt(job, 'status', 'conditions').find(
    each => each.type === 'Failed' && each.status === 'True',
  );
  const reason = textAt(condition, 'reason') ?? '';
  const what =
    failures[reason] ??
    `failed: ${shortText(textAt(condition, 'message') ?? reason)}`;
  const why = lastFailure(job, context);
  return {
    state: 'Failed',
    reason: 'JobFailed',
    message: why === undefined ? what : `${what}; ${why}`,
  };
}

function creation(
  job: KubeObject,
  context: HealthContext,
): ObjectHealth | undefined {
  const [event] = context.warnings.about(job, 'FailedCreate');
  if (!event || (numberAt(job, 'status', 'active') ?? 0) > 0) return undefined;
  const refused = explainRefusal(event.message);
  return {
    state: 'Failed',
    reason: refused?.reason ?? 'AdmissionRefused',
    message: `pods can not be created: ${
      refused?.message ?? shortText(event.message)
    }`,
  };
}

/** How a Job does. */
export function jobHealth(
  job: KubeObject,
  context: HealthContext,
): ObjectHealth {
  if (isTrue(job, 'Complete'))
    return { state: 'Ready', reason: 'Completed', message: 'ran to its end' };
  if (isTrue(job, 'Failed')) return failedJob(job, context);
  if (recordAt(job, 'spec').suspend === true)
    return { state: 'Paused', reason: 'Paused', message: 'is suspended' };
  const refused = creation(job, context);
  if (refused) return refused;
  const [cause] = groupCauses(
    context.graph.podsOf(job).flatMap(pod => podCause(pod, context) ?? []),
  );
  if (!cause)
    return {
      state: 'Progressing',
      reason: 'Progressing',
      message: 'is running',
    };
  return {
    state: cause.passing ? 'Progressing' : 'Degraded',
    reason: cause.reason,
    message: `is running; ${causeText(cause)}`,
  };
}

/** How a CronJob does: by its newest run. */
export function cronJobHealth(
  cronJob: KubeObject,
  context: HealthContext,
): ObjectHealth {
  const schedule = textAt(cronJob, 'spec', 'schedule') ?? '';
  if (recordAt(cronJob, 'spec').suspend === true)
    return { state: 'Paused', reason: 'Paused', message: 'is suspended' };
  const runs = [...context.graph.childrenOf(cronJob, 'Job')].sort(
    (left, right) => (createdAt(left) < createdAt(right) ? 1 : -1),
  );
  const [newest] = runs;
  if (!newest)
    return {
      state: 'Ready',
      reason: 'Ready',
      message: `runs at ${schedule}; has not run yet`,
    };
  const run = jobHealth(newest, context);
  if (run.state === 'Failed')
    return {
      state: 'Degraded',
      reason: run.reason,
      message: `the last run ${newest.metadata.name} ${run.message}`,
    };
  if (run.state === 'Degraded')
    return {
      ...run,
      message: `the run ${newest.metadata.name} ${run.message}`,
    };
  return {
    state: 'Ready',
    reason: 'Ready',
    message:
      run.reason === 'Completed'
        ? `runs at ${schedule}; the last run succeeded`
        : `runs at ${schedule}; is running now`,
  };
}
