import { Component, StatefulSetComponent } from '../../../schema/Component';
import { KubeObject } from '../../kubernetes';
import { childName } from '../../naming/childName';
import { componentRenderer } from '../ComponentRenderer';
import { portName } from '../pod/podTemplate';
import { prepareWorkload, WorkloadParts } from '../prepareWorkload';

// A StatefulSet's name is part of its pods' names and of the label `controller-revision-hash` (name, dash, 10 characters).
const STATEFUL_SET_NAME_LIMIT = 52;

/** The Service that gives each replica a name of its own. Replicas find each other before they are ready. */
function peersService(
  component: StatefulSetComponent,
  parts: WorkloadParts,
): KubeObject {
  const { labels, selector, scope } = parts;
  const ports = component.ports.map(port => ({
    name: portName(port),
    port: port.port,
    protocol: port.protocol,
    targetPort: port.port,
  }));
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: childName({
        application: scope.application,
        component: component.name,
        suffix: 'peers',
      }),
      namespace: scope.context.namespace,
      labels,
    },
    spec: {
      type: 'ClusterIP',
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector,
      ports: ports.length === 0 ? undefined : ports,
    },
  };
}

function buildStatefulSet(
  component: StatefulSetComponent,
  parts: WorkloadParts,
): readonly KubeObject[] {
  const { labels, selector, scope, template, claimTemplates } = parts;
  const peers = peersService(component, parts);
  const name = childName({
    application: scope.application,
    component: component.name,
    limit: STATEFUL_SET_NAME_LIMIT,
  });
  const deleteVolumes = scope.deletionPolicy === 'Delete';
  return [
    peers,
    {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name, namespace: scope.context.namespace, labels },
      spec: {
        replicas: component.replicas,
        serviceName: peers.metadata.name,
        podManagementPolicy: 'Parallel',
        selector: { matchLabels: selector },
        persistentVolumeClaimRetentionPolicy: {
          whenDeleted: deleteVolumes ? 'Delete' : 'Retain',
          whenScaled: 'Retain',
        },
        template,
        volumeClaimTemplates:
          claimTemplates.length === 0 ? undefined : claimTemplates,
      },
    },
  ];
}

/** `type: StatefulSet`: a replicated service with stable names and volumes. */
export const statefulSet = componentRenderer<StatefulSetComponent>({
  type: 'StatefulSet',
  accepts: (component: Component): component is StatefulSetComponent =>
    component.type === 'StatefulSet',
  prepare: (component, scope) =>
    prepareWorkload(component, scope, parts =>
      buildStatefulSet(component, parts),
    ),
});
