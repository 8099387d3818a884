import { recordAt } from '../../jsonValue';
import { Fields, fieldsOf, listOf } from '../fields';

const allowedCapabilities = ['NET_BIND_SERVICE'];

function contextViolations(context: Fields): readonly string[] {
  const messages: string[] = [];
  if (context.runAsUser === 0) {
    messages.push(
      'runAsUser: 0 is not allowed: containers do not run as root.',
    );
  }
  if (context.runAsNonRoot === false) {
    messages.push(
      'runAsNonRoot: false is not allowed: containers do not run as root.',
    );
  }
  const profile = recordAt(context, 'seccompProfile').type;
  if (profile === 'Unconfined') {
    messages.push('seccompProfile.type: Unconfined is not allowed.');
  }
  if (recordAt(context, 'windowsOptions').hostProcess === true) {
    messages.push('windowsOptions.hostProcess: true is not allowed.');
  }
  return messages;
}

function privilegeViolations(context: Fields): readonly string[] {
  const messages: string[] = [];
  for (const field of ['privileged', 'allowPrivilegeEscalation']) {
    if (context[field] === true)
      messages.push(`${field}: true is not allowed.`);
  }
  const procMount = context.procMount ?? 'Default';
  if (procMount !== 'Default') {
    messages.push(`procMount: ${String(procMount)} is not allowed.`);
  }
  const added = listOf(recordAt(context, 'capabilities').add)
    .map(String)
    .filter(capability => !allowedCapabilities.includes(capability));
  if (added.length > 0) {
    messages.push(
      `capabilities.add ${added.join(
        ', ',
      )} is not allowed, only ${allowedCapabilities.join(', ')}.`,
    );
  }
  return messages;
}

function oneContainer(container: Fields): readonly string[] {
  const context = recordAt(container, 'securityContext');
  const ports = listOf(container.ports).some(port =>
    Boolean(fieldsOf(port).hostPort),
  )
    ? ['ports[].hostPort is not allowed.']
    : [];
  return [
    ...[...contextViolations(context), ...privilegeViolations(context)].map(
      message => `securityContext.${message}`,
    ),
    ...ports,
  ];
}

/** What containers of a pod may not do; messages begin with the field's path below the pod's spec. */
export function containerViolations(spec: Fields): readonly string[] {
  const ofPod = contextViolations(recordAt(spec, 'securityContext')).map(
    message => `securityContext.${message}`,
  );
  const ofContainers = [
    'initContainers',
    'containers',
    'ephemeralContainers',
  ].flatMap(field =>
    listOf(spec[field]).flatMap((container, index) =>
      oneContainer(fieldsOf(container)).map(
        message => `${field}[${index}].${message}`,
      ),
    ),
  );
  return [...ofPod, ...ofContainers];
}
