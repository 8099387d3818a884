import { hostNotAllowed, namedHosts } from '../../hosts';
import { KubeObject } from '../../kubernetes';
import { ChartRule, ChartRuleScope, Violation } from '../ChartRule';
import { recordAt } from '../../jsonValue';
import { fieldsOf, listOf, textOf } from '../fields';

function forbidden(message: string): Violation {
  return { reason: 'FieldNotAllowed', message };
}

function hostViolations(hosts: readonly unknown[]): readonly Violation[] {
  const bad = hosts.filter(host => (textOf(host) ?? '*').includes('*'));
  return bad.length === 0
    ? []
    : [
        forbidden(
          'a route without a host, or with a wildcard, would take requests that are meant for others. Name the host.',
        ),
      ];
}

function ingressViolations(object: KubeObject): readonly Violation[] {
  const spec = recordAt(object, 'spec');
  const rules = listOf(spec.rules);
  const hosts = rules.map(rule => fieldsOf(rule).host);
  const annotations = Object.keys(recordAt(object, 'metadata', 'annotations'));
  return [
    ...hostViolations(rules.length === 0 ? [undefined] : hosts),
    ...(spec.defaultBackend === undefined
      ? []
      : [
          forbidden('spec.defaultBackend is not allowed: it takes every host.'),
        ]),
    ...annotations
      .filter(name => /snippet|configuration|auth-url|server-alias/.test(name))
      .map(name =>
        forbidden(
          `the annotation ${name} reaches into the controller's configuration.`,
        ),
      ),
  ];
}

function foreignReferences(
  refs: readonly unknown[],
  scope: ChartRuleScope,
): readonly Violation[] {
  return refs
    .map(ref => textOf(fieldsOf(ref).namespace))
    .filter(
      namespace => namespace !== undefined && namespace !== scope.namespace,
    )
    .map(namespace =>
      forbidden(
        `it refers to namespace "${namespace}"; references stay in "${scope.namespace}".`,
      ),
    );
}

function httpRouteViolations(
  object: KubeObject,
  scope: ChartRuleScope,
): readonly Violation[] {
  const spec = recordAt(object, 'spec');
  const hosts = listOf(spec.hostnames);
  const rules = listOf(spec.rules).map(fieldsOf);
  const filters = rules.flatMap(rule => listOf(rule.filters));
  return [
    ...hostViolations(hosts.length === 0 ? [undefined] : hosts),
    ...foreignReferences(listOf(spec.parentRefs), scope),
    ...foreignReferences(
      [
        ...rules.flatMap(rule => listOf(rule.backendRefs)),
        ...filters.map(filter =>
          recordAt(filter, 'requestMirror', 'backendRef'),
        ),
      ],
      scope,
    ),
  ];
}

function foreignHosts(
  object: KubeObject,
  { domains }: ChartRuleScope,
): readonly Violation[] {
  return namedHosts(object)
    .filter(host => !host.includes('*'))
    .flatMap(host => hostNotAllowed(host, domains) ?? [])
    .map(message => ({ reason: 'HostNotAllowed', message }));
}

/** Ingresses and routes of charts name their hosts, in domains of the tenant, and stay within the namespace. */
export const routeRule: ChartRule = (object, scope) => {
  switch (object.kind) {
    case 'Ingress':
      return [...ingressViolations(object), ...foreignHosts(object, scope)];
    case 'HTTPRoute':
      return [
        ...httpRouteViolations(object, scope),
        ...foreignHosts(object, scope),
      ];
    default:
      return [];
  }
};
