import { KubeObject, refKey } from '../../kubernetes';
import { recordAt } from '../../jsonValue';
import { ChartRule, ChartRuleScope, Violation } from '../ChartRule';
import { Fields, fieldsOf, listOf, textOf } from '../fields';
import { podTemplateOf } from '../podTemplates';

function forbidden(message: string): Violation {
  return { reason: 'FieldNotAllowed', message };
}

const apps = 'apps/v1';

function scalerViolations(
  object: KubeObject,
  { rendered }: ChartRuleScope,
): readonly Violation[] {
  const target = recordAt(object, 'spec', 'scaleTargetRef');
  const kind = textOf(target.kind) ?? '(no kind)';
  const name = textOf(target.name) ?? '(no name)';
  const apiVersion = textOf(target.apiVersion) ?? apps;
  return rendered.has(refKey({ apiVersion, kind, name }))
    ? []
    : [
        forbidden(
          `spec.scaleTargetRef names ${kind} ${name}${
            apiVersion === apps ? '' : ` of ${apiVersion}`
          }, which this chart does not render: it would scale somebody else's.`,
        ),
      ];
}

interface Target {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
}

/** What a reference leads to; Gateway API leaves group and kind out for a Service. */
function targetOf(ref: unknown, kind: string = 'Service'): Target {
  const fields = fieldsOf(ref);
  return {
    group: textOf(fields.group) ?? '',
    kind: textOf(fields.kind) ?? kind,
    name: textOf(fields.name) ?? '(no name)',
  };
}

function ingressTargets(backend: Fields): readonly Target[] {
  if (backend.resource !== undefined && backend.resource !== null) {
    const { apiGroup } = recordAt(backend, 'resource');
    const group = textOf(apiGroup) ?? '';
    return [{ ...targetOf(backend.resource, 'an object'), group }];
  }
  const service = recordAt(backend, 'service');
  // Controllers take this port as: the answer stands in an annotation, nothing is led to.
  return recordAt(service, 'port').name === 'use-annotation'
    ? []
    : [targetOf({ name: service.name })];
}

function mirrors(holder: unknown): readonly unknown[] {
  return listOf(fieldsOf(holder).filters).flatMap(filter => {
    const mirror = fieldsOf(filter).requestMirror;
    return mirror === undefined ? [] : [recordAt(mirror, 'backendRef')];
  });
}

function routeTargets(spec: Fields): readonly Target[] {
  const parents = listOf(spec.parentRefs).filter(
    parent => fieldsOf(parent).kind === 'Service',
  );
  const refs = listOf(spec.rules).flatMap(rule => {
    const backends = listOf(fieldsOf(rule).backendRefs);
    return [...backends, ...backends.flatMap(mirrors), ...mirrors(rule)];
  });
  return [...parents, ...refs].map(ref => targetOf(ref));
}

function targetsOf(object: KubeObject): readonly Target[] {
  const spec = recordAt(object, 'spec');
  if (object.kind === 'HTTPRoute') {
    return routeTargets(spec);
  }
  return listOf(spec.rules)
    .flatMap(rule => listOf(recordAt(rule, 'http').paths))
    .flatMap(path => ingressTargets(recordAt(path, 'backend')));
}

function routeViolations(
  object: KubeObject,
  { rendered }: ChartRuleScope,
): readonly Violation[] {
  return targetsOf(object).flatMap(({ group, kind, name }) => {
    if (kind !== 'Service' || group !== '') {
      return [
        forbidden(
          `it leads to ${kind} "${name}", and only Services of this chart may be led to.`,
        ),
      ];
    }
    return rendered.has(refKey({ apiVersion: 'v1', kind, name }))
      ? []
      : [
          forbidden(
            `it leads to Service "${name}", which this chart does not render. \`expose\` on the component behind it makes that reachable.`,
          ),
        ];
  });
}

function apartViolations(
  object: KubeObject,
  { namespace }: ChartRuleScope,
): readonly Violation[] {
  const template = podTemplateOf(object);
  const apart = recordAt(template?.spec, 'affinity', 'podAntiAffinity');
  const terms = listOf(apart.requiredDuringSchedulingIgnoredDuringExecution);
  const elsewhere = terms
    .map(fieldsOf)
    .some(
      term =>
        (term.namespaceSelector ?? undefined) !== undefined ||
        listOf(term.namespaces).some(name => name !== namespace),
    );
  return elsewhere
    ? [
        forbidden(
          `${template?.path}.spec.affinity.podAntiAffinity names other namespaces, whose pods it would keep off its nodes.`,
        ),
      ]
    : [];
}

function jobViolations(object: KubeObject): readonly Violation[] {
  return recordAt(object, 'spec').manualSelector === true
    ? [
        forbidden(
          'spec.manualSelector: true is not allowed: it would count, and end, pods of others.',
        ),
      ]
    : [];
}

type Check = (
  object: KubeObject,
  scope: ChartRuleScope,
) => readonly Violation[];

const checks = new Map<string, Check>([
  ['HorizontalPodAutoscaler', scalerViolations],
  ['Ingress', routeViolations],
  ['HTTPRoute', routeViolations],
  ['Job', jobViolations],
]);

/** What names other objects names those of the same chart, so that no chart scales, exposes or displaces what is not its own. */
export const reachRule: ChartRule = (object, scope) => [
  ...(checks.get(object.kind)?.(object, scope) ?? []),
  ...apartViolations(object, scope),
];
