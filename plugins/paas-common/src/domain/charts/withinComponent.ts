import { KubeObject } from '../kubernetes';
import { isRecord, recordAt } from '../jsonValue';
import { LABEL_APPLICATION, LABEL_COMPONENT } from '../labels';
import { Fields, fieldsOf, listOf } from './fields';

type Labels = Readonly<Record<string, string>>;

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';

/** What every pod of the component carries, and no pod of another one. */
function identityIn(labels: Labels): Labels {
  return {
    [LABEL_APPLICATION]: labels[LABEL_APPLICATION],
    [LABEL_COMPONENT]: labels[LABEL_COMPONENT],
  };
}

/** A label selector that selects fewer: of what it did, the component's own. One that selects nothing stays as it is. */
function narrowed(selector: unknown, identity: Labels): unknown {
  return isRecord(selector)
    ? {
        ...selector,
        matchLabels: { ...fieldsOf(selector.matchLabels), ...identity },
      }
    : selector;
}

/**
 * Holds what a Service or a disruption budget selects to the pods of its component: a chart writes any label into a
 * selector, those of another application as well. Charts that select their own pods are none the wiser, since our
 * labels are on them. (Selectors of workloads are immutable, and select by controller besides.)
 */
export function withinComponent(
  object: KubeObject,
  labels: Labels,
): KubeObject {
  const spec = fieldsOf(object.spec);
  const identity = identityIn(labels);
  switch (object.kind) {
    case 'Service': {
      const selector = fieldsOf(spec.selector);
      return Object.keys(selector).length === 0
        ? object
        : {
            ...object,
            spec: { ...spec, selector: { ...selector, ...identity } },
          };
    }
    case 'PodDisruptionBudget':
      return spec.selector === undefined
        ? object
        : {
            ...object,
            spec: { ...spec, selector: narrowed(spec.selector, identity) },
          };
    default:
      return object;
  }
}

/**
 * A pod template's `spec` that keeps only pods of its own component off its nodes: the scheduler honours a required
 * anti-affinity in both directions, so that one of everything would lock others out.
 */
export function apartFromOwn(
  template: Fields,
  labels: Labels,
): { readonly spec?: Fields } {
  const spec = recordAt(template, 'spec');
  const apart = recordAt(spec, 'affinity', 'podAntiAffinity');
  const terms = listOf(apart[REQUIRED]);
  if (terms.length === 0) {
    return {};
  }
  const identity = identityIn(labels);
  const own = terms.map(term =>
    isRecord(term) && term.labelSelector !== undefined
      ? { ...term, labelSelector: narrowed(term.labelSelector, identity) }
      : term,
  );
  return {
    spec: {
      ...spec,
      affinity: {
        ...fieldsOf(spec.affinity),
        podAntiAffinity: { ...apart, [REQUIRED]: own },
      },
    },
  };
}
