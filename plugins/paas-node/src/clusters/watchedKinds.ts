import { ResourceType } from '@understage/kube';
import {
  allowedKinds,
  LABEL_APPLICATION,
  LABEL_BUNDLE,
  releaseKind,
} from '@understage/plugin-paas-common';
import { tenantType } from '../planning/bundleKinds';

/** One watch that the cache of a cluster holds. */
export interface WatchedKind {
  readonly type: ResourceType;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  /** Its absence is no failure: an add-on that is not installed. */
  readonly optional: boolean;
}

/** The Application resource itself. */
export const applicationType: ResourceType = {
  group: 'paas.understage.dev',
  version: 'v1',
  kind: 'Application',
  plural: 'applications',
  namespaced: true,
};

const core = (kind: string, plural: string, namespaced: boolean) => ({
  group: '',
  version: 'v1',
  kind,
  plural,
  namespaced,
});

const replicaSets: ResourceType = {
  group: 'apps',
  version: 'v1',
  kind: 'ReplicaSet',
  plural: 'replicasets',
  namespaced: true,
};

// What an operator of a chart or a controller makes may lack our labels and belongs through its owner.
const ownedKinds = new Set(['PersistentVolumeClaim', 'Job']);

/**
 * Everything the portal knows of a cluster it knows from these watches. Objects of others are left out where a label
 * tells; pods, replica sets, jobs and claims are not, since these may belong through their owner alone.
 */
export const watchedKinds: readonly WatchedKind[] = [
  { type: applicationType, optional: false },
  { type: tenantType, optional: true },
  {
    type: core('ResourceQuota', 'resourcequotas', true),
    labelSelector: LABEL_BUNDLE,
    optional: true,
  },
  { type: core('Namespace', 'namespaces', false), optional: false },
  { type: core('Node', 'nodes', false), optional: true },
  ...[...allowedKinds, releaseKind]
    .filter(kind => kind.watched)
    .map(({ group, version, kind, plural, namespaced, optional }) => ({
      type: { group, version, kind, plural, namespaced },
      optional,
      ...(ownedKinds.has(kind) ? {} : { labelSelector: LABEL_APPLICATION }),
    })),
  { type: replicaSets, optional: false },
  { type: core('Pod', 'pods', true), optional: false },
  {
    type: core('Event', 'events', true),
    fieldSelector: 'type=Warning',
    optional: true,
  },
];
