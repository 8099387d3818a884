import { WorkloadComponent } from '../../../schema/Component';
import { KubeObject } from '../../kubernetes';
import { childName } from '../../naming/childName';
import { canonicalQuantity } from '../canonicalQuantity';
import {
  WorkloadAddition,
  WorkloadExtra,
  WorkloadSubject,
} from './WorkloadExtra';

type Volume = WorkloadComponent['volumes'][number];

function claimSpec(volume: Volume): object {
  return {
    accessModes: ['ReadWriteOnce'],
    storageClassName: volume.storageClass,
    resources: { requests: { storage: canonicalQuantity(volume.size) } },
  };
}

function claim(subject: WorkloadSubject, volume: Volume): KubeObject {
  const { component, scope, labels } = subject;
  const name = childName({
    application: scope.application,
    component: component.name,
    suffix: volume.name,
  });
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace: scope.context.namespace, labels },
    spec: claimSpec(volume),
  };
}

/** The claim of each replica. Templates are immutable, so only labels that never change stand on them. */
function claimTemplate(subject: WorkloadSubject, volume: Volume): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: volume.name, labels: subject.selector },
    spec: claimSpec(volume),
  };
}

function renderVolumes(subject: WorkloadSubject): WorkloadAddition {
  const { component } = subject;
  const volumeMounts = component.volumes.map(volume => ({
    name: volume.name,
    mountPath: volume.mountPath,
  }));
  if (component.type === 'StatefulSet') {
    return {
      claimTemplates: component.volumes.map(volume =>
        claimTemplate(subject, volume),
      ),
      volumeMounts,
    };
  }
  const volumeClaims = component.volumes.map(volume => claim(subject, volume));
  return {
    volumeClaims,
    volumes: component.volumes.map((volume, index) => ({
      name: volume.name,
      persistentVolumeClaim: { claimName: volumeClaims[index].metadata.name },
    })),
    volumeMounts,
  };
}

/** Persistent volumes: a claim for the component, or one for each replica of a StatefulSet. */
export const volumes: WorkloadExtra = {
  name: 'volumes',
  render: renderVolumes,
};
