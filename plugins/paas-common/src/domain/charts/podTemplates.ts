import { KubeObject } from '../kubernetes';
import { recordAt } from '../jsonValue';
import { Fields, fieldsOf, textsOf } from './fields';

const templatePaths: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

function pathOf(object: KubeObject): readonly string[] | undefined {
  return Object.hasOwn(templatePaths, object.kind)
    ? templatePaths[object.kind]
    : undefined;
}

/** The pod template of a workload, with its path for messages; `undefined` for other kinds. */
export function podTemplateOf(object: KubeObject):
  | {
      readonly path: string;
      readonly metadata: Fields;
      readonly labels: Readonly<Record<string, string>>;
      readonly spec: Fields;
    }
  | undefined {
  const path = pathOf(object);
  if (path === undefined) {
    return undefined;
  }
  const template = recordAt(object, ...path);
  return {
    path: path.join('.'),
    metadata: recordAt(template, 'metadata'),
    labels: textsOf(recordAt(template, 'metadata', 'labels')),
    spec: recordAt(template, 'spec'),
  };
}

function replaced(
  value: unknown,
  path: readonly string[],
  change: (template: Fields) => Fields,
): Fields {
  const fields = fieldsOf(value);
  const [key, ...rest] = path;
  return key === undefined
    ? change(fields)
    : { ...fields, [key]: replaced(fields[key], rest, change) };
}

/** The object with its pod template changed; objects without one come back as they are. */
export function withPodTemplate(
  object: KubeObject,
  change: (template: Fields) => Fields,
): KubeObject {
  const path = pathOf(object);
  if (path === undefined) {
    return object;
  }
  const [first, ...rest] = path;
  return { ...object, [first]: replaced(object[first], rest, change) };
}
