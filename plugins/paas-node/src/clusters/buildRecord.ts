import {
  ApplicationRef,
  ApplicationSummary,
  ComponentStatus,
  Freshness,
  KubeObject,
  formatApplicationRef,
  ownerRef,
} from '@understage/plugin-paas-common';
import { Assessment, assessApplication } from './assessApplication';
import { describeApplication } from './describeApplication';
import { ApplicationRecord, NamespaceTenancy } from './PaasClusters';
import { LiveApplication, readLiveApplication } from './readLiveApplication';

/** Everything that one record is made from. */
export interface RecordInput {
  readonly cluster: string;
  readonly application: KubeObject;
  /** Whose the namespace is; absent when it has not been read. */
  readonly tenancy?: NamespaceTenancy;
  readonly objects: () => readonly KubeObject[];
  readonly events: () => readonly KubeObject[];
  /** The nodes of the cluster by name; absent where they can not be read. */
  readonly nodes?: ReadonlyMap<string, KubeObject>;
  readonly freshness: () => Freshness;
  readonly now: Date;
  /** The record that this one takes the place of. */
  readonly previous?: ApplicationRecord;
}

/** Makes the record of one application. */
export function buildRecord(input: RecordInput): ApplicationRecord {
  const { cluster, application, nodes, now } = input;
  const { name, namespace = '' } = application.metadata;
  const ref: ApplicationRef = { cluster, namespace, name };
  const live = readLiveApplication(application);
  const objects = input.objects();
  const events = input.events();
  const assessment = assessApplication({ live, objects, events, nodes, now });
  const { tenancy } = input;
  const tenant = tenancy?.tenant ?? namespace;
  const declared = live.application?.spec.owner;
  const owner = tenancy?.owner ?? (declared && ownerRef(declared));
  const summary = summarise({ input, ref, live, assessment, tenant, owner });
  const describe = () =>
    describeApplication({
      summary,
      live,
      assessment,
      application,
      objects: input.objects(),
      events: input.events(),
      nodes,
      freshness: input.freshness(),
      now,
    });
  let detail: ReturnType<typeof describe> | undefined;
  return {
    key: formatApplicationRef(ref),
    ref,
    uid: application.metadata.uid ?? '',
    tenant,
    ...(owner === undefined ? {} : { owner }),
    summary,
    summaryJson: JSON.stringify(summary),
    searchText: [name, namespace, owner, summary.message]
      .join('\n')
      .toLowerCase(),
    application,
    detail: () => {
      detail ??= describe();
      return { ...detail, freshness: input.freshness() };
    },
    objects: input.objects,
  };
}

function summarise(parts: {
  readonly input: RecordInput;
  readonly ref: ApplicationRef;
  readonly live: LiveApplication;
  readonly assessment: Assessment;
  readonly tenant: string;
  readonly owner: string | undefined;
}): ApplicationSummary {
  const { input, ref, live, assessment, tenant, owner } = parts;
  const { state, reason, message, components } = assessment;
  const release = live.status?.release?.current;
  return {
    ...ref,
    tenant,
    ...(owner === undefined ? {} : { owner }),
    state,
    reason,
    message,
    components: components.length,
    replicas: sumReplicas(components),
    ...(release === undefined ? {} : { release }),
    createdAt: input.application.metadata.creationTimestamp ?? '',
    since: sinceOf(input, live, state),
  };
}

function sumReplicas(components: readonly ComponentStatus[]) {
  let ready = 0;
  let desired = 0;
  for (const { replicas } of components) {
    ready += replicas?.ready ?? 0;
    desired += replicas?.desired ?? 0;
  }
  return { ready, desired };
}

// What this process saw change it dates itself; for the rest the operator's report is the best there is.
function sinceOf(
  { previous, now, application }: RecordInput,
  { status }: LiveApplication,
  state: string,
): string {
  if (previous) {
    const kept = previous.summary.state === state && previous.summary.since;
    return kept || now.toISOString();
  }
  const ready = status?.conditions.find(({ type }) => type === 'Ready');
  return (
    ready?.lastTransitionTime ?? application.metadata.creationTimestamp ?? ''
  );
}
