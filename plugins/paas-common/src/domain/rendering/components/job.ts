import { Component, JobComponent } from '../../../schema/Component';
import { KubeObject } from '../../kubernetes';
import { canonicalJson } from '../../naming/canonicalJson';
import { childName } from '../../naming/childName';
import { shortHash } from '../../naming/stableHash';
import { componentRenderer } from '../ComponentRenderer';
import { prepareWorkload, WorkloadParts } from '../prepareWorkload';

/**
 * Jobs are immutable, and a Job of the same name would not run again: the name carries the hash of what runs, so that each
 * change is a new Job and no change is none. Finished Jobs get no time to live: one that vanished would be run again.
 */
function buildJob(component: JobComponent, parts: WorkloadParts): KubeObject {
  const { labels, scope, template } = parts;
  const spec = { backoffLimit: component.backoffLimit, template };
  const name = childName({
    application: scope.application,
    component: component.name,
    suffix: shortHash(canonicalJson(spec)),
  });
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace: scope.context.namespace, labels },
    spec,
  };
}

/** `type: Job`: runs to completion once for each change. */
export const job = componentRenderer<JobComponent>({
  type: 'Job',
  accepts: (component: Component): component is JobComponent =>
    component.type === 'Job',
  prepare: (component, scope) =>
    prepareWorkload(component, scope, parts => [buildJob(component, parts)]),
});
