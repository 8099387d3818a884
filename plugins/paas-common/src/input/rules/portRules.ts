import { WorkloadComponent } from '../../schema/Component';
import { listNames } from '../describeValue';
import { FieldPath, fieldLabel } from '../fieldPath';
import { Finding } from '../finding';
import { findRepeats } from './repeats';

/** The ports of a component in words: `8080 (http) and 9090`. */
export function describePorts(ports: WorkloadComponent['ports']): string {
  return listNames(
    ports.map(({ port, name }) =>
      name === undefined ? String(port) : `${port} (${name})`,
    ),
  );
}

function checkDeclared(
  component: WorkloadComponent,
  port: number,
  path: FieldPath,
): readonly Finding[] {
  if (component.ports.some(declared => declared.port === port)) return [];
  const declared = describePorts(component.ports);
  const allowed =
    declared === ''
      ? `add \`{ port: ${port} }\` to \`ports\``
      : `one of ${declared}`;
  const message =
    declared === ''
      ? `\`${fieldLabel(
          path,
        )}\` is ${port}, but the component declares no ports: ${allowed}.`
      : `\`${fieldLabel(
          path,
        )}\` is ${port}, which the component does not declare: \`ports\` has ${declared}.`;
  return [{ path, found: String(port), allowed, message }];
}

function checkNames(
  component: WorkloadComponent,
  path: FieldPath,
): readonly Finding[] {
  const ports = component.ports.map((port, index) => ({
    ...port,
    path: [...path, 'ports', index],
  }));
  const numbers = findRepeats(
    ports.map(({ port, protocol, path: at }) => ({
      key: `${port}/${protocol}`,
      shown: `${port}/${protocol}`,
      path: at,
    })),
    'The port',
  );
  if (numbers.length > 0) return numbers;
  const effective = ports.map(({ name, port, path: at }) => ({
    key: name ?? `p${port}`,
    shown: name ?? `p${port}`,
    path: at,
  }));
  return findRepeats(effective, 'The port name').map(finding => ({
    ...finding,
    message: `${finding.message} Give each port a \`name\` of its own.`,
  }));
}

type Probe = NonNullable<NonNullable<WorkloadComponent['probes']>['liveness']>;

function checkProbe(
  component: WorkloadComponent,
  probe: Probe,
  path: FieldPath,
): readonly Finding[] {
  if (probe.command !== undefined) {
    const other = probe.path !== undefined ? 'path' : 'port';
    return probe[other] === undefined
      ? []
      : [
          {
            path: [...path, other],
            message: `\`${fieldLabel(
              path,
            )}\` has both \`command\` and \`${other}\`: a probe runs a command or opens a connection, not both.`,
          },
        ];
  }
  if (probe.port !== undefined)
    return checkDeclared(component, probe.port, [...path, 'port']);
  if (component.ports.length > 0) return [];
  return [
    {
      path,
      message: `\`${fieldLabel(
        path,
      )}\` has nothing to probe: the component declares no ports. Add one to \`ports\`, or give the probe a \`command\`.`,
    },
  ];
}

function checkProbes(
  component: WorkloadComponent,
  path: FieldPath,
): readonly Finding[] {
  const names = ['liveness', 'readiness', 'startup'] as const;
  return names.flatMap(name => {
    const probe = component.probes?.[name];
    return probe ? checkProbe(component, probe, [...path, 'probes', name]) : [];
  });
}

function checkExpose(
  component: WorkloadComponent,
  path: FieldPath,
): readonly Finding[] {
  if (!('expose' in component) || component.expose === undefined) return [];
  const at = [...path, 'expose'];
  const [first] = component.ports;
  if (!first)
    return [
      {
        path: at,
        message:
          '`expose` makes the first port reachable, but the component declares none: add it to `ports`.',
      },
    ];
  const findings: Finding[] = [];
  if (first.protocol !== 'TCP') {
    findings.push({
      path: at,
      message: `\`expose\` serves HTTP, but the first port ${first.port} is ${first.protocol}: put a TCP port first.`,
    });
  }
  if (/(^|\.)[0-9]+$/.test(component.expose.host)) {
    findings.push({
      path: [...at, 'host'],
      found: component.expose.host,
      message: `\`expose.host\` is ${component.expose.host}; it has to be a host name, not an address.`,
    });
  }
  return findings;
}

/** Ports declared once, and probes, metrics and `expose` that only use declared ones. */
export function checkPorts(
  component: WorkloadComponent,
  path: FieldPath,
): readonly Finding[] {
  const metrics = component.metrics
    ? checkDeclared(component, component.metrics.port, [
        ...path,
        'metrics',
        'port',
      ])
    : [];
  return [
    ...checkNames(component, path),
    ...checkProbes(component, path),
    ...metrics,
    ...checkExpose(component, path),
  ];
}
