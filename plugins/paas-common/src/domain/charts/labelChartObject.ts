import { KubeObject } from '../kubernetes';
import {
  LABEL_KUBERNETES_ID,
  LABEL_MANAGED_BY,
  PLATFORM_PREFIX,
} from '../labels';
import { recordAt } from '../jsonValue';
import { fieldsOf, textsOf } from './fields';
import { withPodTemplate } from './podTemplates';
import { apartFromOwn, withinComponent } from './withinComponent';

type Labels = Readonly<Record<string, string>>;

function isOurs(label: string): boolean {
  return label.startsWith(PLATFORM_PREFIX) || label === LABEL_KUBERNETES_ID;
}

function select(labels: Labels, keep: (label: string) => boolean): Labels {
  return Object.fromEntries(
    Object.entries(labels).filter(([label]) => keep(label)),
  );
}

/**
 * Our labels beside a chart's own. The chart's win for `app.kubernetes.io/...`, since its selectors speak of them; ours
 * win for `understage.dev/...`, since a chart must not be able to pass for another component.
 */
function mergedLabels(own: Labels, labels: Labels): Labels {
  return {
    ...labels,
    ...select(own, label => !label.startsWith(PLATFORM_PREFIX)),
    ...select(labels, isOurs),
  };
}

function metadataOf(
  object: KubeObject,
  options: { readonly namespace: string; readonly labels: Labels },
): KubeObject['metadata'] {
  const { labels, namespace } = options;
  const annotations = select(
    textsOf(recordAt(object, 'metadata', 'annotations')),
    name => !name.startsWith(PLATFORM_PREFIX),
  );
  return {
    name: object.metadata.name,
    namespace,
    labels: {
      ...mergedLabels(textsOf(recordAt(object, 'metadata', 'labels')), labels),
      [LABEL_MANAGED_BY]: labels[LABEL_MANAGED_BY],
    },
    ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
  };
}

/** The runs of a CronJob are found by label, as everything is; charts label their pods only. */
function withRunLabels(object: KubeObject, labels: Labels): KubeObject {
  if (object.kind !== 'CronJob') {
    return object;
  }
  const spec = fieldsOf(object.spec);
  const template = fieldsOf(spec.jobTemplate);
  const metadata = fieldsOf(template.metadata);
  const merged = mergedLabels(textsOf(metadata.labels), labels);
  const jobTemplate = {
    ...template,
    metadata: { ...metadata, labels: merged },
  };
  return { ...object, spec: { ...spec, jobTemplate } };
}

/**
 * A chart's object in the application's namespace, with our labels on it and on its pods. Its name stays, and so do the
 * selectors of workloads; what selects pods besides is held to the component's own.
 */
export function labelChartObject(
  object: KubeObject,
  options: { readonly namespace: string; readonly labels: Labels },
): KubeObject {
  const { status: _status, ...rest } = object;
  const labelled = {
    ...rest,
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: metadataOf(object, options),
  };
  const own = withinComponent(
    withRunLabels(labelled, options.labels),
    options.labels,
  );
  return withPodTemplate(own, template => {
    const metadata = fieldsOf(template.metadata);
    const labels = textsOf(metadata.labels);
    return {
      ...template,
      metadata: { ...metadata, labels: mergedLabels(labels, options.labels) },
      ...apartFromOwn(template, options.labels),
    };
  });
}
