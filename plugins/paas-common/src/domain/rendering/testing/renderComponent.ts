import { ResolveContext } from '../../desired';
import { KubeObject } from '../../kubernetes';
import { JsonRecord, recordAt, recordsAt } from '../../jsonValue';
import { podTemplateOf } from '../../charts/podTemplates';
import { renderApplication } from '../renderApplication';
import { applicationOf } from './applicationOf';
import { resolveContext } from './resolveContext';

/** What a single component comes to. */
export interface RenderedAlone {
  readonly objects: readonly KubeObject[];
  /** The object of a kind and name; fails the test where there is none. */
  object(kind: string, name?: string): KubeObject;
  /** The pod template's spec of its workload, and the first container in it. */
  readonly pod: JsonRecord;
  readonly container: JsonRecord;
  readonly podAnnotations: JsonRecord;
  readonly warnings: readonly string[];
  readonly retained: readonly string[];
}

/** Renders application `shop` with the one component `web`, a Deployment of `web:1` unless the fields say otherwise. */
export function renderComponent(
  fields: Readonly<Record<string, unknown>> = {},
  options: {
    readonly context?: Partial<ResolveContext>;
    readonly deletionPolicy?: string;
  } = {},
): RenderedAlone {
  const component = {
    name: 'web',
    type: 'Deployment',
    image: 'web:1',
    ...fields,
  };
  const { deletionPolicy } = options;
  const desired = renderApplication(
    applicationOf({
      components: [component],
      ...(deletionPolicy === undefined ? {} : { deletionPolicy }),
    }),
    resolveContext(options.context),
  );
  const objects = desired.objects.map(({ object }) => object);
  const workload = objects.find(object => podTemplateOf(object) !== undefined);
  const isCronJob = workload?.kind === 'CronJob';
  const template = isCronJob
    ? recordAt(workload, 'spec', 'jobTemplate', 'spec', 'template')
    : recordAt(workload, 'spec', 'template');
  const pod = recordAt(template, 'spec');
  return {
    objects,
    object: (kind, name) => {
      const found = objects.find(
        object =>
          object.kind === kind &&
          (name === undefined || object.metadata.name === name),
      );
      if (found === undefined) {
        const names = objects.map(
          entry => `${entry.kind} ${entry.metadata.name}`,
        );
        throw new Error(`No ${kind} ${name ?? ''} among ${names.join(', ')}`);
      }
      return found;
    },
    pod,
    container: recordsAt(pod, 'containers')[0] ?? {},
    podAnnotations: recordAt(template, 'metadata', 'annotations'),
    warnings: desired.warnings.map(({ message }) => message),
    retained: desired.objects
      .filter(({ retained }) => retained)
      .map(({ object }) => object.metadata.name),
  };
}
