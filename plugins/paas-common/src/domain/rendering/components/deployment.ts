import { Component, DeploymentComponent } from '../../../schema/Component';
import { KubeObject } from '../../kubernetes';
import { componentRenderer } from '../ComponentRenderer';
import { prepareWorkload, WorkloadParts } from '../prepareWorkload';

// Releases are ours to keep: old replica sets serve only the roll-out under way and `kubectl rollout undo`.
const KEPT_REPLICA_SETS = 3;

function strategyOf(component: DeploymentComponent): object | undefined {
  // A ReadWriteOnce volume is on one node: the new pod would wait for ever for the old one to let go of it.
  if (component.volumes.length > 0) {
    return { type: 'Recreate' };
  }
  const maxUnavailable = component.availability?.maxUnavailable;
  return maxUnavailable === undefined
    ? undefined
    : {
        type: 'RollingUpdate',
        rollingUpdate: {
          maxUnavailable,
          // Kubernetes refuses zero for both.
          maxSurge: maxUnavailable === 0 ? 1 : undefined,
        },
      };
}

function buildDeployment(
  component: DeploymentComponent,
  parts: WorkloadParts,
): KubeObject {
  const { name, labels, selector, scope, template } = parts;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: scope.context.namespace, labels },
    spec: {
      replicas: component.replicas,
      revisionHistoryLimit: KEPT_REPLICA_SETS,
      selector: { matchLabels: selector },
      strategy: strategyOf(component),
      template,
    },
  };
}

/** `type: Deployment`: a stateless, replicated service. */
export const deployment = componentRenderer<DeploymentComponent>({
  type: 'Deployment',
  accepts: (component: Component): component is DeploymentComponent =>
    component.type === 'Deployment',
  prepare: (component, scope) =>
    prepareWorkload(component, scope, parts => [
      buildDeployment(component, parts),
    ]),
});
