import { Edge, Refusal } from '../../desired';
import { WorkloadAddition, WorkloadSubject } from '../extras/WorkloadExtra';
import { renderEnvironment } from './environment';
import { renderProbes } from './probes';
import { renderResources } from './resources';
import { topologySpread } from './topologySpread';

// The group of volumes' files. Any number but 0 does; this one is the `nonroot` of distroless images.
const VOLUME_GROUP = 65532;

/** What a pod template is made from. */
export interface PodTemplateInput {
  readonly subject: WorkloadSubject;
  readonly image: string;
  readonly edges: readonly Edge[];
  readonly additions: readonly WorkloadAddition[];
}

function nonEmpty<T>(entries: readonly T[]): readonly T[] | undefined {
  return entries.length === 0 ? undefined : entries;
}

/** Name of a port as Kubernetes wants it. */
export function portName(port: { name?: string; port: number }): string {
  return port.name ?? `p${port.port}`;
}

function container(input: PodTemplateInput, env: readonly object[]): object {
  const { subject, image, additions } = input;
  const { component } = subject;
  return {
    name: component.name,
    image,
    command: component.command,
    args: component.args,
    ports: nonEmpty(
      component.ports.map(port => ({
        name: portName(port),
        containerPort: port.port,
        protocol: port.protocol,
      })),
    ),
    env: nonEmpty(env),
    resources: renderResources(component.resources),
    ...renderProbes(component),
    volumeMounts: nonEmpty(
      additions.flatMap(entry => entry.volumeMounts ?? []),
    ),
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: component.readOnlyRootFilesystem,
    },
  };
}

function podSecurity(subject: WorkloadSubject): object {
  return {
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
    ...(subject.component.volumes.length === 0
      ? {}
      : { fsGroup: VOLUME_GROUP, fsGroupChangePolicy: 'OnRootMismatch' }),
  };
}

/** The pod template of a workload; it passes Pod Security `restricted`. */
export function renderPodTemplate(input: PodTemplateInput): {
  readonly template: { readonly metadata: object; readonly spec: object };
  readonly warnings: readonly Refusal[];
} {
  const { subject, additions } = input;
  const { component } = subject;
  const { env, warnings } = renderEnvironment(component, input.edges);
  const annotations = Object.assign(
    {},
    ...additions.map(entry => entry.podAnnotations ?? {}),
  );
  const runsToCompletion =
    component.type === 'Job' || component.type === 'CronJob';
  return {
    template: {
      metadata: {
        labels: subject.labels,
        ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
      },
      spec: {
        restartPolicy: runsToCompletion ? 'Never' : undefined,
        serviceAccountName: subject.name,
        automountServiceAccountToken: false,
        // Variables for every Service of the namespace would meet ours: REDIS_PORT=tcp://10.0.0.1:6379.
        enableServiceLinks: false,
        securityContext: podSecurity(subject),
        topologySpreadConstraints: topologySpread(component, subject.selector),
        containers: [container(input, env)],
        volumes: nonEmpty(additions.flatMap(entry => entry.volumes ?? [])),
      },
    },
    warnings,
  };
}
