import {
  Application,
  childName,
  Edge,
  KubeObject,
  LABEL_COMPONENT,
  parseDependency,
} from '@understage/plugin-paas-common';
import { z } from 'zod';

const serviceShape = z.object({
  clusterIP: z.string().optional(),
  ports: z.array(
    z.object({
      port: z.number(),
      targetPort: z.union([z.number(), z.string()]).optional(),
    }),
  ),
});

/** A Service of a component that offers a port, with the pods' port behind it where that is a number. */
interface Offer {
  readonly service: string;
  /** It stands for another one of the component. */
  readonly isAlias: boolean;
  readonly isHeadless: boolean;
  readonly targetPort?: number;
}

/** The platform names a component's Services after both, and labels them so; a chart labels its own as its release. */
function isAlias(
  { metadata: { name, labels = {} } }: KubeObject,
  application: string,
  component: string,
): boolean {
  return (
    [childName({ application, component }), component].includes(name) &&
    labels['app.kubernetes.io/instance'] === application &&
    labels['app.kubernetes.io/name'] === component
  );
}

function offerOf(
  object: KubeObject,
  target: {
    readonly application: string;
    readonly component: string;
    readonly port: number;
  },
): Offer[] {
  const { application, component } = target;
  const isOfTarget =
    object.kind === 'Service' &&
    object.metadata.labels?.[LABEL_COMPONENT] === component;
  const read = isOfTarget ? serviceShape.safeParse(object.spec) : undefined;
  const found = read?.data?.ports.find(({ port }) => port === target.port);
  if (!read?.data || !found) return [];
  const { targetPort = found.port } = found;
  return [
    {
      service: object.metadata.name,
      isAlias: isAlias(object, application, component),
      isHeadless: read.data.clusterIP === 'None',
      ...(typeof targetPort === 'number' ? { targetPort } : {}),
    },
  ];
}

/** A component's own Services before those that stand for them, those with an address before headless ones, by name. */
function compareOffers(a: Offer, b: Offer): number {
  return (
    Number(a.isAlias) - Number(b.isAlias) ||
    Number(a.isHeadless) - Number(b.isHeadless) ||
    (a.service < b.service ? -1 : 1)
  );
}

function targetOf(
  objects: readonly KubeObject[],
  target: {
    readonly application: string;
    readonly component: string;
    readonly port: number;
  },
): Edge['to'] {
  const { component, port } = target;
  const main = childName(target);
  const offers = objects
    .flatMap(object => offerOf(object, target))
    .sort(compareOffers);
  const real = offers.find(offer => !offer.isAlias);
  const numbered = offers.find(offer => offer.targetPort !== undefined);
  const service = real?.service ?? main;
  const isReachedByMain =
    service !== main && offers.some(offer => offer.service === main);
  return {
    kind: 'component',
    component,
    service,
    ...(isReachedByMain ? { host: main } : {}),
    targetPort: real?.targetPort ?? numbered?.targetPort ?? port,
  };
}

/**
 * The edges of an application with the Services that answer in the cluster: for a chart the one that it renders, and the
 * name that callers are given. What is not there yet goes by the name that it will have.
 */
export function observedEdges(
  application: Application,
  objects: readonly KubeObject[],
): Edge[] {
  const { name } = application.metadata;
  return application.spec.dependencies.flatMap((dependency, index): Edge[] => {
    const parsed = parseDependency(dependency, `spec.dependencies[${index}]`);
    if (!parsed.ok) return [];
    const { to, ...edge } = parsed.value;
    if (to.kind !== 'component') return [{ ...edge, to }];
    const { component } = to;
    const target = { application: name, component, port: edge.port };
    return [{ ...edge, to: targetOf(objects, target) }];
  });
}
