import { WorkloadExtra } from './WorkloadExtra';

/** Keeps a drained node from taking all replicas away at once. With one replica it could only block the drain. */
export const disruptionBudget: WorkloadExtra = {
  name: 'disruptionBudget',
  render: ({ component, scope, name, labels, selector }) => {
    const replicated =
      component.type === 'Deployment' || component.type === 'StatefulSet';
    if (!replicated || component.replicas < 2) {
      return {};
    }
    return {
      objects: [
        {
          apiVersion: 'policy/v1',
          kind: 'PodDisruptionBudget',
          metadata: { name, namespace: scope.context.namespace, labels },
          spec: {
            maxUnavailable: component.availability?.maxUnavailable ?? 1,
            selector: { matchLabels: selector },
          },
        },
      ],
    };
  },
};
