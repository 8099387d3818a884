import { WorkloadExtra } from './WorkloadExtra';

/** Tells Prometheus where to scrape, by the annotations that its usual pod discovery reads. */
export const metrics: WorkloadExtra = {
  name: 'metrics',
  render: ({ component }) =>
    component.metrics === undefined
      ? {}
      : {
          podAnnotations: {
            'prometheus.io/scrape': 'true',
            'prometheus.io/port': String(component.metrics.port),
            'prometheus.io/path': component.metrics.path,
          },
        },
};
