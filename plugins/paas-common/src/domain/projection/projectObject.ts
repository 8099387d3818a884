import {
  isRecord,
  JsonRecord,
  recordAt,
  recordsAt,
  textAt,
} from '../jsonValue';
import { KubeObject, ObjectMeta } from '../kubernetes';
import { LABEL_KUBERNETES_ID, PLATFORM_PREFIX } from '../labels';
import { Interner } from './Interner';
import { pick, present } from './pick';
import { foreignFields, projectedFields } from './projectedFields';
import {
  projectPodOwn,
  projectPodStatus,
  projectPodTemplate,
} from './projectPod';

/** Annotations of others that something reads: the revision of a ReplicaSet, whether a node is simulated. */
const readAnnotations = new Set([
  'deployment.kubernetes.io/revision',
  'kwok.x-k8s.io/node',
]);

/** kubectl's copy of the whole object. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Everything in `metadata` but `managedFields`. */
const metadataFields = [
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'labels',
  'ownerReferences',
  'finalizers',
];

/**
 * The labels of a pod that it has in common with others. Those that name the pod, its zone or its template are unique or
 * nearly so, and nobody reads them.
 */
function sharedLabels(pod: KubeObject): ObjectMeta['labels'] {
  const entries = Object.entries(pod.metadata.labels ?? {}).filter(
    ([name]) =>
      name.startsWith(PLATFORM_PREFIX) ||
      name.startsWith('app.kubernetes.io/') ||
      name === LABEL_KUBERNETES_ID,
  );
  return Object.fromEntries(entries);
}

class Projection {
  readonly #interner: Interner;

  constructor(interner: Interner) {
    this.#interner = interner;
  }

  project(object: KubeObject): KubeObject {
    switch (object.kind) {
      case 'Pod':
        return this.#pod(object);
      case 'Application':
      case 'Tenant':
        return this.#ours(object);
      case 'ControllerRevision':
        return this.#revision(object);
      case 'StatefulSet':
        return this.#statefulSet(object);
      default:
        return this.#fields(object);
    }
  }

  #head(object: KubeObject, labels = object.metadata.labels) {
    return {
      apiVersion: this.#interner.text(object.apiVersion),
      kind: this.#interner.text(object.kind),
      metadata: this.#metadata(object.metadata, labels),
    };
  }

  #metadata(metadata: ObjectMeta, labels = metadata.labels): ObjectMeta {
    const {
      name,
      namespace,
      uid,
      resourceVersion,
      generation,
      creationTimestamp,
      deletionTimestamp,
    } = metadata;
    return {
      name,
      ...present('namespace', this.#text(namespace)),
      ...present('uid', uid),
      ...present('resourceVersion', resourceVersion),
      ...present('generation', generation),
      ...present('creationTimestamp', this.#text(creationTimestamp)),
      ...present('deletionTimestamp', deletionTimestamp),
      ...present('labels', this.#shared(labels)),
      ...present('annotations', this.#shared(this.#annotations(metadata))),
      ...present('ownerReferences', this.#shared(metadata.ownerReferences)),
      ...present('finalizers', this.#shared(metadata.finalizers)),
    };
  }

  #annotations({ annotations = {} }: ObjectMeta): JsonRecord | undefined {
    const kept = Object.keys(annotations).filter(
      name => name.startsWith(PLATFORM_PREFIX) || readAnnotations.has(name),
    );
    return pick(annotations, kept);
  }

  #text(text: string | undefined): string | undefined {
    return text === undefined ? undefined : this.#interner.text(text);
  }

  #shared(value: unknown): object | undefined {
    return typeof value === 'object' && value !== null
      ? this.#interner.value(value)
      : undefined;
  }

  #pod(pod: KubeObject): KubeObject {
    const nodeName = recordAt(pod, 'spec').nodeName;
    const template = this.#shared(projectPodTemplate(pod.spec));
    const spec = {
      ...present(
        'nodeName',
        typeof nodeName === 'string'
          ? this.#interner.text(nodeName)
          : undefined,
      ),
      ...template,
      ...projectPodOwn(pod.spec),
    };
    return {
      ...this.#head(pod, sharedLabels(pod)),
      spec,
      ...present('status', this.#shared(projectPodStatus(pod.status))),
    };
  }

  /** What we are about: all of it but the bookkeeping of its writers. */
  #ours(object: KubeObject): KubeObject {
    const { annotations = {}, ...metadata } = object.metadata;
    const kept = Object.entries(annotations).filter(
      ([name]) => name !== LAST_APPLIED,
    );
    const own =
      kept.length === 0 ? {} : { annotations: Object.fromEntries(kept) };
    return {
      ...object,
      metadata: {
        ...pick(metadata, metadataFields),
        ...own,
        name: metadata.name,
      },
    };
  }

  /** What a list of releases shows; the objects of its charts are read when they are needed. */
  #revision(revision: KubeObject): KubeObject {
    const data = recordAt(revision, 'data');
    const charts = isRecord(data.charts)
      ? Object.fromEntries(
          Object.entries(data.charts).map(([name, chart]) => [
            name,
            pick(chart, ['chart', 'version', 'digest']) ?? {},
          ]),
        )
      : undefined;
    return {
      ...this.#head(revision),
      ...present('revision', revision.revision),
      data: {
        ...pick(data, ['revision', 'createdAt', 'hash', 'images']),
        ...present('charts', charts),
      },
    };
  }

  /** With the names of its claims, which tell whose they are. */
  #statefulSet(object: KubeObject): KubeObject {
    const fields = this.#fields(object);
    const claims = recordsAt(object, 'spec', 'volumeClaimTemplates').map(
      claim => ({ metadata: { name: textAt(claim, 'metadata', 'name') } }),
    );
    return claims.length === 0
      ? fields
      : {
          ...fields,
          spec: { ...recordAt(fields, 'spec'), volumeClaimTemplates: claims },
        };
  }

  #fields(object: KubeObject): KubeObject {
    const fields = projectedFields[object.kind] ?? foreignFields;
    return {
      ...this.#head(object),
      ...pick(object, fields.top ?? []),
      ...present('spec', pick(object.spec, fields.spec ?? [])),
      ...present('status', pick(object.status, fields.status ?? [])),
    };
  }
}

/**
 * A function that reduces objects to what lists, trees and health read, sharing equal parts among them. One for each
 * cache: the sharing is bounded, and goes with the cache.
 */
export function createProjection(
  options: { readonly sharedValues?: number } = {},
): (object: KubeObject) => KubeObject {
  const projection = new Projection(new Interner(options.sharedValues));
  return object => projection.project(object);
}

/** Reduces one object to what lists, trees and health read. For many, `createProjection` shares equal parts. */
export function projectObject(object: KubeObject): KubeObject {
  return createProjection()(object);
}
