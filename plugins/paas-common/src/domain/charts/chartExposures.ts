import { KubeObject } from '../kubernetes';
import { OpenPort, ServiceFront } from '../rendering/ComponentRenderer';
import { recordAt } from '../jsonValue';
import { fieldsOf, listOf } from './fields';

interface Backend {
  readonly service: unknown;
  readonly port: unknown;
}

function ingressBackends(object: KubeObject): readonly Backend[] {
  const paths = listOf(recordAt(object, 'spec').rules).flatMap(rule =>
    listOf(recordAt(rule, 'http').paths),
  );
  return paths.map(path => {
    const service = recordAt(path, 'backend', 'service');
    const port = fieldsOf(service.port);
    return { service: service.name, port: port.number ?? port.name };
  });
}

function routeBackends(object: KubeObject): readonly Backend[] {
  const refs = listOf(recordAt(object, 'spec').rules).flatMap(rule =>
    listOf(fieldsOf(rule).backendRefs),
  );
  return refs.map(ref => ({
    service: fieldsOf(ref).name,
    port: fieldsOf(ref).port,
  }));
}

function backendsOf(object: KubeObject): readonly Backend[] {
  switch (object.kind) {
    case 'Ingress':
      return ingressBackends(object);
    case 'HTTPRoute':
      return routeBackends(object);
    default:
      return [];
  }
}

/** The pods' ports that a chart's own ingresses and routes lead to. */
export function chartExposures(
  objects: readonly KubeObject[],
  fronts: readonly ServiceFront[],
): readonly OpenPort[] {
  const ports = objects.flatMap(backendsOf).flatMap(backend => {
    const front = fronts.find(entry => entry.service === backend.service);
    const port = front?.ports.find(
      entry => entry.port === backend.port || entry.name === backend.port,
    );
    return port === undefined ? [] : [port.targetPort];
  });
  return [...new Set(ports)]
    .sort((a, b) => a - b)
    .map(port => ({ port, protocol: 'TCP' }));
}
