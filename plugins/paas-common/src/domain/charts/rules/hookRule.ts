import { KubeObject } from '../../kubernetes';
import { ChartRule } from '../ChartRule';
import { recordAt } from '../../jsonValue';
import { textOf } from '../fields';

const HOOK_ANNOTATION = 'helm.sh/hook';

/** The hooks that an object is for; empty for ordinary objects. */
export function hooksOf(object: KubeObject): readonly string[] {
  const annotations = recordAt(object, 'metadata', 'annotations');
  if (!Object.hasOwn(annotations, HOOK_ANNOTATION)) {
    return [];
  }
  return (textOf(annotations[HOOK_ANNOTATION]) ?? 'unknown')
    .split(',')
    .map(hook => hook.trim())
    .filter(hook => hook !== '');
}

/** True for objects that only `helm test` would create. */
export function isTestHook(object: KubeObject): boolean {
  const hooks = hooksOf(object);
  return (
    hooks.length > 0 &&
    hooks.every(hook => ['test', 'test-success', 'test-failure'].includes(hook))
  );
}

/** No hooks: they run once at a moment that a reconciled application does not have. */
export const hookRule: ChartRule = object => {
  const hooks = hooksOf(object);
  return hooks.length === 0
    ? []
    : [
        {
          reason: 'HookNotAllowed',
          message: `it is a Helm hook (${hooks.join(
            ', ',
          )}), which the platform does not run. Turn it off in the chart's values, or make it a component of type Job.`,
        },
      ];
};
