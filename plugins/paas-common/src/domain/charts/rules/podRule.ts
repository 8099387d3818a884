import { ChartRule, ChartRuleScope, Violation } from '../ChartRule';
import { recordAt } from '../../jsonValue';
import { Fields, fieldsOf, listOf, textOf } from '../fields';
import { podTemplateOf } from '../podTemplates';
import { containerViolations } from './containerRule';

const hostFields = ['hostNetwork', 'hostPID', 'hostIPC'];
// What Pod Security `restricted` allows, besides the name.
const volumeSources = [
  'name',
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

function podViolations(spec: Fields, scope: ChartRuleScope): readonly string[] {
  const messages: string[] = [];
  for (const field of hostFields) {
    if (spec[field] === true) messages.push(`${field}: true is not allowed.`);
  }
  if (textOf(spec.nodeName)) {
    messages.push('nodeName is not allowed: it goes past the scheduler.');
  }
  if ((textOf(spec.priorityClassName) ?? '').startsWith('system-')) {
    messages.push(
      `priorityClassName ${String(
        spec.priorityClassName,
      )} is the cluster's own.`,
    );
  }
  if (listOf(recordAt(spec, 'securityContext').sysctls).length > 0) {
    messages.push('securityContext.sysctls is not allowed.');
  }
  messages.push(...accountViolations(spec, scope));
  return messages;
}

function accountViolations(
  spec: Fields,
  scope: ChartRuleScope,
): readonly string[] {
  return ['serviceAccountName', 'serviceAccount'].flatMap(field => {
    const name = textOf(spec[field]) ?? '';
    const own =
      name === '' || name === 'default' || scope.serviceAccounts.has(name);
    return own
      ? []
      : [
          `${field} "${name}" is not one that the chart renders: it could have the rights of somebody else.`,
        ];
  });
}

function volumeViolations(spec: Fields): readonly string[] {
  return listOf(spec.volumes).flatMap((volume, index) =>
    Object.entries(fieldsOf(volume))
      .filter(
        ([source, value]) =>
          value !== undefined &&
          value !== null &&
          !volumeSources.includes(source),
      )
      .map(
        ([source]) =>
          `volumes[${index}].${source} is not allowed, only ${volumeSources
            .slice(1)
            .join(', ')}.`,
      ),
  );
}

/** Pods of charts hold to what Pod Security forbids everywhere, so that a chart is refused before it is half applied. */
export const podRule: ChartRule = (object, scope) => {
  const template = podTemplateOf(object);
  if (template === undefined) {
    return [];
  }
  const messages = [
    ...podViolations(template.spec, scope),
    ...volumeViolations(template.spec),
    ...containerViolations(template.spec),
  ];
  return messages.map(
    (message): Violation => ({
      reason: 'FieldNotAllowed',
      message: `${template.path}.spec.${message}`,
    }),
  );
};
