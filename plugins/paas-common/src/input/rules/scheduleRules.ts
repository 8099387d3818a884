import { CronJobComponent } from '../../schema/Component';
import { findCronFault } from '../cron';
import { shorten } from '../describeValue';
import { FieldPath } from '../fieldPath';
import { Finding } from '../finding';
import { findTimeZoneFault } from '../timeZone';

function checkExpression(
  component: CronJobComponent,
  path: FieldPath,
): readonly Finding[] {
  const fault = findCronFault(component.schedule);
  if (!fault) return [];
  const found = shorten(component.schedule);
  return [
    {
      path: [...path, 'schedule'],
      found,
      allowed: 'a cron expression with five fields, such as */5 * * * *',
      ...(fault.suggestion !== undefined && { suggestion: fault.suggestion }),
      message: `\`schedule\` is "${found}": ${fault.message}.`,
    },
  ];
}

function checkZone(
  component: CronJobComponent,
  path: FieldPath,
): readonly Finding[] {
  const fault =
    component.timeZone === undefined
      ? undefined
      : findTimeZoneFault(component.timeZone);
  if (!fault) return [];
  const { suggestion } = fault;
  return [
    {
      path: [...path, 'timeZone'],
      found: component.timeZone,
      allowed: 'an IANA time zone such as Europe/Berlin',
      ...(suggestion !== undefined && { suggestion }),
      message: `\`timeZone\` is "${
        component.timeZone
      }", which is no IANA time zone${
        suggestion === undefined
          ? ', such as Europe/Berlin.'
          : `: did you mean \`${suggestion}\`?`
      }`,
    },
  ];
}

/** A schedule that Kubernetes can read and that comes to pass, in a zone that exists. */
export function checkSchedule(
  component: CronJobComponent,
  path: FieldPath,
): readonly Finding[] {
  return [...checkExpression(component, path), ...checkZone(component, path)];
}
