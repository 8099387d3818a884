import { Component } from '../../schema/Component';
import { FieldPath } from '../fieldPath';
import { Finding } from '../finding';
import { checkEnv } from './envRules';
import { checkPorts } from './portRules';
import { checkResources } from './resourceRules';
import { checkSchedule } from './scheduleRules';
import { checkStorage } from './storageRules';

function checkDisruption(
  component: Component,
  path: FieldPath,
): readonly Finding[] {
  if (
    !('availability' in component) ||
    component.availability?.maxUnavailable !== 0
  )
    return [];
  return [
    {
      path: [...path, 'availability', 'maxUnavailable'],
      warning: true,
      message:
        '`maxUnavailable` is 0: no replica may ever be moved, so nodes that hold one can not be drained.',
    },
  ];
}

/** Everything about one component that its fields do not say one by one. */
export function checkComponent(
  component: Component,
  path: FieldPath,
): readonly Finding[] {
  if (component.type === 'HelmChart') return [];
  return [
    ...checkPorts(component, path),
    ...checkEnv(component, path),
    ...checkResources(component, path),
    ...checkStorage(component, path),
    ...checkDisruption(component, path),
    ...(component.type === 'CronJob' ? checkSchedule(component, path) : []),
  ];
}
