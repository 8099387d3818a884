import { KubeObject } from '@understage/plugin-paas-common';

/** A chart with a Service, a StatefulSet and a password that it draws anew each time it is rendered. */
export function redisChart(version: string) {
  let drawn = 0;
  return ({ releaseName }: { releaseName: string }): KubeObject[] => {
    drawn += 1;
    const labels = { app: 'redis', release: releaseName };
    const name = `${releaseName}-master`;
    return [
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: releaseName },
        type: 'Opaque',
        stringData: { password: `drawn-${version}-${drawn}` },
      },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name },
        spec: {
          selector: labels,
          ports: [{ name: 'redis', port: 6379, targetPort: 6379 }],
        },
      },
      {
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        metadata: { name },
        spec: {
          serviceName: name,
          replicas: 1,
          selector: { matchLabels: labels },
          template: {
            metadata: { labels },
            spec: {
              containers: [
                {
                  name: 'redis',
                  image: `redis:${version}`,
                  ports: [{ name: 'redis', containerPort: 6379 }],
                },
              ],
            },
          },
        },
      },
    ];
  };
}
