import { WorkloadExtra } from './WorkloadExtra';

/** An identity of its own for each component, without a token: nobody calls the API server by accident. */
export const serviceAccount: WorkloadExtra = {
  name: 'serviceAccount',
  render: ({ name, labels, scope }) => ({
    objects: [
      {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name, namespace: scope.context.namespace, labels },
        automountServiceAccountToken: false,
      },
    ],
  }),
};
