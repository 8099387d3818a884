/** Names that developers bring from Kubernetes and Helm, and what to write here instead. */
const habits: ReadonlyMap<string, string> = new Map([
  ['autoscaling', 'Autoscaling is not there yet: set `replicas`.'],
  [
    'containers',
    'A component is one container: write its `image`, `ports` and `env` in the component itself.',
  ],
  [
    'template',
    'A component is one container: write its `image`, `ports` and `env` in the component itself.',
  ],
  ['livenessProbe', 'Write it as `probes.liveness`.'],
  ['readinessProbe', 'Write it as `probes.readiness`.'],
  ['startupProbe', 'Write it as `probes.startup`.'],
  ['httpGet', 'Write `path` and `port` in the probe itself.'],
  [
    'tcpSocket',
    'Write `port` in the probe itself; without a `path` it opens a connection.',
  ],
  ['exec', 'Write `command` in the probe itself.'],
  ['containerPort', 'Write it as `port`.'],
  [
    'targetPort',
    'A Service offers the port that the container listens on: write it as `port`.',
  ],
  ['volumeMounts', 'Write `mountPath` in the volume itself.'],
  ['valueFrom', 'Write `secretRef` or `configRef` with `name` and `key`.'],
  ['secretKeyRef', 'Write it as `secretRef`.'],
  ['configMapKeyRef', 'Write it as `configRef`.'],
  ['envFrom', 'List the variables one by one in `env`.'],
  ['ingress', 'Write `expose` with a `host`.'],
  [
    'repo',
    'Name the repository in the chart: `chart: repository/name`. Platform engineers configure its address.',
  ],
  [
    'repository',
    'Name the repository in the chart: `chart: repository/name`. Platform engineers configure its address.',
  ],
  [
    'dependsOn',
    'Write it under `spec.dependencies`: `frontend -> redis:6379`.',
  ],
  ['storage', 'Write it as `size`.'],
  ['storageClassName', 'Write it as `storageClass`.'],
]);

/** What to write instead of a field of that name, when it is one people bring along. */
export function adviseOnHabit(name: string): string | undefined {
  return habits.get(name);
}
