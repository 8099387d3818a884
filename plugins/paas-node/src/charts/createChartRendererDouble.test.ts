import { ChartRequest } from './ChartRenderer';
import { createChartRendererDouble } from './createChartRendererDouble';
import { describeChartRenderer } from './testing/chartRendererContract';

const web = (version: string) => (request: ChartRequest) =>
  [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: request.releaseName, namespace: request.namespace },
      data: { greeting: request.values.greeting ?? 'hello', version },
    },
  ];

describeChartRenderer('createChartRendererDouble', async () => {
  const renderer = createChartRendererDouble({
    local: {
      web: {
        '1.0.0': web('1.0.0'),
        '1.1.0': web('1.1.0'),
        '2.0.0-rc.1': web('2.0.0-rc.1'),
      },
      broken: {
        '1.0.0': () => {
          throw new Error('set greeting first');
        },
      },
    },
  });
  return {
    renderer,
    setReachable: reachable => renderer.setReachable('local', reachable),
    stop: async () => {},
  };
});
