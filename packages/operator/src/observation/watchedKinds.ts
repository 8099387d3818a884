import { ResourceType } from '@understage/kube';
import {
  allowedKinds,
  LABEL_MANAGED_BY,
  MANAGER,
  releaseKind,
} from '@understage/plugin-paas-common';
import {
  applicationType,
  clusterBundleKinds,
  namespacedBundleKinds,
  namespaceType,
  tenantType,
  volumeType,
} from '@understage/plugin-paas-node';

/** One kind to keep a watch cache of. */
export interface WatchedKind {
  readonly type: ResourceType;
  /** Watch only what carries our label. A kind without a selector is known completely: what the cache lacks, is not there. */
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  /** What is rendered: plans compare every field that we send. Of everything else health needs a part only. */
  readonly planned: boolean;
  /** Its absence on the server is no failure. */
  readonly optional: boolean;
}

const ours = `${LABEL_MANAGED_BY}=${MANAGER}`;

const core = (kind: string, plural: string): ResourceType => ({
  group: '',
  version: 'v1',
  kind,
  plural,
  namespaced: true,
});

const rendered: readonly WatchedKind[] = [...allowedKinds, releaseKind]
  .filter(kind => kind.watched)
  .map(kind => ({ type: kind, planned: true, optional: kind.optional }));

const isRendered = ({ group, kind }: ResourceType) =>
  rendered.some(({ type }) => type.group === group && type.kind === kind);

/** Tenants and what their bundles consist of, as far as applications do not consist of it as well. */
const bundles: readonly WatchedKind[] = [
  tenantType,
  namespaceType,
  ...namespacedBundleKinds.filter(type => !isRendered(type)),
  ...clusterBundleKinds,
  volumeType,
].map(type => ({ type, planned: true, optional: type === tenantType }));

/** Everything that the operator watches. */
export const watchedKinds: readonly WatchedKind[] = [
  { type: applicationType, planned: true, optional: false },
  ...rendered,
  {
    type: core('Pod', 'pods'),
    labelSelector: ours,
    planned: false,
    optional: false,
  },
  {
    type: { ...core('ReplicaSet', 'replicasets'), group: 'apps' },
    labelSelector: ours,
    planned: false,
    optional: false,
  },
  {
    type: core('Event', 'events'),
    fieldSelector: 'type=Warning',
    planned: false,
    optional: false,
  },
  ...bundles,
];
