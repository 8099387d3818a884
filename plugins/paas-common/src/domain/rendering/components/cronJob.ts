import { Component, CronJobComponent } from '../../../schema/Component';
import { KubeObject } from '../../kubernetes';
import { childName, CRON_JOB_NAME_LIMIT } from '../../naming/childName';
import { componentRenderer } from '../ComponentRenderer';
import { prepareWorkload, WorkloadParts } from '../prepareWorkload';

function buildCronJob(
  component: CronJobComponent,
  parts: WorkloadParts,
): KubeObject {
  const { labels, scope, template } = parts;
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: {
      name: childName({
        application: scope.application,
        component: component.name,
        limit: CRON_JOB_NAME_LIMIT,
      }),
      namespace: scope.context.namespace,
      labels,
    },
    spec: {
      schedule: component.schedule,
      // Without a zone the controller's own applies, which differs between clusters.
      timeZone: component.timeZone ?? 'Etc/UTC',
      // A run that is still going when the next is due is a slow run, not a reason for two at once.
      concurrencyPolicy: 'Forbid',
      jobTemplate: {
        metadata: { labels },
        spec: { backoffLimit: component.backoffLimit, template },
      },
    },
  };
}

/** `type: CronJob`: runs to completion by a schedule. */
export const cronJob = componentRenderer<CronJobComponent>({
  type: 'CronJob',
  accepts: (component: Component): component is CronJobComponent =>
    component.type === 'CronJob',
  prepare: (component, scope) =>
    prepareWorkload(component, scope, parts => [
      buildCronJob(component, parts),
    ]),
});
