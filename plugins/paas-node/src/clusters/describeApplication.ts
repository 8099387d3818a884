import {
  ApplicationDetail,
  ApplicationEvent,
  ApplicationSummary,
  childName,
  Edge,
  findingsOf,
  Freshness,
  KubeObject,
  ObjectNode,
  objectTree,
  parseDependency,
  readEvent,
  releaseLine,
  ReleaseSummary,
} from '@understage/plugin-paas-common';
import { dump } from 'js-yaml';
import { Assessment } from './assessApplication';
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
    edges: edgesOf(live),
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

// The same edges as rendering makes, without asking a chart which of its Services answers: the screen needs the ends.
function edgesOf({ application }: LiveApplication): Edge[] {
  if (!application) return [];
  const { name } = application.metadata;
  return application.spec.dependencies.flatMap((dependency, index): Edge[] => {
    const parsed = parseDependency(dependency, `spec.dependencies[${index}]`);
    if (!parsed.ok) return [];
    const { to, ...edge } = parsed.value;
    if (to.kind !== 'component') return [{ ...edge, to }];
    const service = childName({ application: name, component: to.component });
    return [{ ...edge, to: { ...to, service, targetPort: edge.port } }];
  });
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
