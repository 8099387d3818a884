import {
  ApplicationDetail,
  ApplicationEvent,
  ApplicationSummary,
  findingsOf,
  Freshness,
  KubeObject,
  ObjectNode,
  objectTree,
  readEvent,
  releaseLine,
  ReleaseSummary,
} from '@understage/plugin-paas-common';
import { dump } from 'js-yaml';
import { Assessment } from './assessApplication';
import { observedEdges } from './observedEdges';
import { LiveApplication } from './readLiveApplication';

/** Everything that a detail is made from. */
export interface DetailInput {
  readonly summary: ApplicationSummary;
  readonly live: LiveApplication;
  readonly assessment: Assessment;
  readonly application: KubeObject;
  readonly objects: readonly KubeObject[];
  readonly events: readonly KubeObject[];
  /** The nodes of the cluster by name; absent where they can not be read. */
  readonly nodes?: ReadonlyMap<string, KubeObject>;
  readonly freshness: Freshness;
  readonly now: Date;
}

/** Makes what the Application page shows. */
export function describeApplication(input: DetailInput): ApplicationDetail {
  const { summary, live, assessment, application, freshness } = input;
  return {
    summary,
    components: assessment.components,
    conditions: live.status?.conditions ?? [],
    edges: live.application
      ? observedEdges(live.application, input.objects)
      : [],
    tree: treeOf(input),
    releases: releasesOf(input),
    events: input.events.map(describeEvent).sort(newestFirst),
    notices: (live.status?.notices ?? []).map(({ ref, reason, message }) => ({
      ref: `${ref.kind}/${ref.name}`,
      reason,
      message,
    })),
    links: live.application?.spec.links ?? [],
    yaml: objectYaml(application),
    freshness,
  };
}

/** An object as YAML, without the bookkeeping that nobody reads. */
export function objectYaml(object: KubeObject): string {
  const { managedFields: _, ...metadata }: Record<string, unknown> = {
    ...object.metadata,
  };
  return dump({ ...object, metadata }, { noRefs: true, lineWidth: 120 });
}

/** An Event object as the API shows it. */
export function describeEvent(object: KubeObject): ApplicationEvent {
  const { type, reason, message, count, lastSeen, about } = readEvent(object);
  const { uid: _, ...ref } = about;
  return {
    type: type === 'Warning' ? 'Warning' : 'Normal',
    reason,
    message,
    about: ref,
    count,
    lastSeen,
  };
}

function newestFirst(a: ApplicationEvent, b: ApplicationEvent): number {
  if (a.lastSeen === b.lastSeen) return 0;
  return a.lastSeen < b.lastSeen ? 1 : -1;
}

function treeOf(input: DetailInput): readonly ObjectNode[] {
  const { live, assessment, objects, events, nodes, now } = input;
  if (!live.application) return [];
  return objectTree({
    application: live.application,
    objects,
    events,
    nodes,
    now,
    findings: findingsOf(live.status),
    health: assessment.health,
  });
}

function releasesOf({
  live,
  objects,
  application,
}: DetailInput): ReleaseSummary[] {
  const release = live.status?.release;
  return objects
    .filter(({ kind }) => kind === 'ControllerRevision')
    .flatMap(object => releaseLine(object, application) ?? [])
    .map(({ hash: _, ...line }) => ({
      ...line,
      current: line.revision === release?.current,
      available: line.revision === release?.available,
    }))
    .sort((a, b) => b.revision - a.revision);
}
