import { KubeObject } from '../kubernetes';
import { FrontPort, ServiceFront } from '../rendering/ComponentRenderer';
import { recordAt } from '../jsonValue';
import { Fields, fieldsOf, listOf, textOf, textsOf } from './fields';
import { podTemplateOf } from './podTemplates';

type Template = NonNullable<ReturnType<typeof podTemplateOf>>;

function isPort(value: unknown): value is number {
  return (
    typeof value === 'number' &&
    Number.isInteger(value) &&
    value > 0 &&
    value < 65536
  );
}

function namedPort(
  name: string,
  pods: readonly Template[],
): number | undefined {
  const containers = pods.flatMap(({ spec }) => [
    ...listOf(spec.containers),
    ...listOf(spec.initContainers),
  ]);
  const ports = containers.flatMap(container =>
    listOf(fieldsOf(container).ports),
  );
  const found = ports.map(fieldsOf).find(port => port.name === name);
  return isPort(found?.containerPort) ? found.containerPort : undefined;
}

function frontPort(
  port: Fields,
  pods: readonly Template[],
): FrontPort | undefined {
  if (!isPort(port.port)) {
    return undefined;
  }
  const target = port.targetPort ?? port.port;
  const name = textOf(target);
  const digits =
    name !== undefined && /^\d+$/.test(name) ? Number(name) : target;
  const targetPort = isPort(digits) ? digits : namedPort(name ?? '', pods);
  return targetPort === undefined
    ? undefined
    : {
        name: textOf(port.name),
        port: port.port,
        protocol: textOf(port.protocol) ?? 'TCP',
        targetPort,
      };
}

function selects(
  selector: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(selector).every(
    ([key, value]) => Object.hasOwn(labels, key) && labels[key] === value,
  );
}

/**
 * The Services of a chart through which its pods are reached, those with an address of their own before headless ones,
 * then by name. Named target ports are looked up in the pods. Services that select none of the chart's pods are left out.
 */
export function chartFronts(
  objects: readonly KubeObject[],
): readonly ServiceFront[] {
  const templates = objects.flatMap(object => podTemplateOf(object) ?? []);
  const found = objects.flatMap(object => {
    const spec = recordAt(object, 'spec');
    const selector = textsOf(spec.selector);
    const pods = templates.filter(template =>
      selects(selector, template.labels),
    );
    const ports = listOf(spec.ports).flatMap(
      port => frontPort(fieldsOf(port), pods) ?? [],
    );
    const reaches =
      object.kind === 'Service' &&
      Object.keys(selector).length > 0 &&
      pods.length > 0 &&
      ports.length > 0;
    return reaches
      ? [
          {
            headless: spec.clusterIP === 'None',
            front: { service: object.metadata.name, selector, ports },
          },
        ]
      : [];
  });
  return found
    .sort((a, b) => {
      if (a.headless !== b.headless) return a.headless ? 1 : -1;
      return a.front.service < b.front.service ? -1 : 1;
    })
    .map(({ front }) => front);
}
