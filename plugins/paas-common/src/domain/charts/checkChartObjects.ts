import {
  DesiredComponent,
  DesiredObject,
  Refusal,
  RenderedChart,
} from '../desired';
import { KubeObject, ObjectRef, refKey, refOf } from '../kubernetes';
import { OpenPort, ServiceFront } from '../rendering/ComponentRenderer';
import { shorten } from '../../input/describeValue';
import { wrongObjectName } from '../naming/objectNames';
import { chartExposures } from './chartExposures';
import { chartFronts } from './chartFronts';
import { ChartRuleScope } from './ChartRule';
import { chartRules } from './chartRules';
import { fieldsOf, listOf } from './fields';
import { labelChartObject } from './labelChartObject';
import { isTestHook } from './rules/hookRule';
import { unrollLists } from './unrollLists';

/** The component that a chart is rendered for. */
export interface ChartCheckOptions {
  readonly component: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly deletionPolicy: 'Retain' | 'Delete';
  /** Domains below which hosts may be; absent where there is no limit. */
  readonly domains?: readonly string[];
}

/** The chart's objects as they may be applied, or every reason why they may not. */
export type CheckedChart =
  | {
      readonly kind: 'accepted';
      readonly objects: readonly DesiredObject[];
      readonly warnings: readonly Refusal[];
      readonly fronts: readonly ServiceFront[];
      readonly exposed: readonly OpenPort[];
    }
  | {
      readonly kind: 'refused';
      readonly blocked: NonNullable<DesiredComponent['blocked']>;
      readonly refusals: readonly Refusal[];
    };

function isKubeObject(value: unknown): value is KubeObject {
  const fields = fieldsOf(value);
  return (
    typeof fields.apiVersion === 'string' && typeof fields.kind === 'string'
  );
}

/** The name as it may stand in a sentence, on one line; a name that is one comes back as it is. */
function nameOf(object: KubeObject): string {
  const { name } = fieldsOf(object.metadata);
  if (typeof name !== 'string' || name === '') {
    return '(without a name)';
  }
  return wrongObjectName(object.kind, name) === undefined
    ? name
    : shorten(name);
}

/** The reference of an object as a chart writes it; wherever it is, it is meant for the application's namespace. */
function chartRef(object: KubeObject): ObjectRef {
  const { apiVersion, kind } = object;
  return { apiVersion, kind, name: nameOf(object) };
}

function leftOut(object: KubeObject, component: string, why: string): Refusal {
  return {
    component,
    reason:
      object.kind === 'NetworkPolicy' ? 'KindNotAllowed' : 'HookNotAllowed',
    message: `${component}: ${object.kind} ${nameOf(
      object,
    )} of the chart was left out: ${why}`,
  };
}

function refusalsOf(
  object: KubeObject,
  scope: ChartRuleScope & { readonly component: string },
): readonly Refusal[] {
  return chartRules
    .flatMap(rule => rule(object, scope))
    .map(({ reason, message }) => ({
      component: scope.component,
      ref: chartRef(object),
      reason,
      message: `${scope.component}: ${object.kind} ${nameOf(
        object,
      )}: ${message}`,
    }));
}

function doubles(
  objects: readonly KubeObject[],
  component: string,
): readonly Refusal[] {
  const seen = new Set<string>();
  return objects.flatMap(object => {
    const ref = chartRef(object);
    const key = refKey(ref);
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    const message = `${component}: the chart renders ${object.kind} ${nameOf(
      object,
    )} twice.`;
    return [{ component, ref, reason: 'ChartFailed' as const, message }];
  });
}

/** A claim's life follows the application's `deletionPolicy`, not the chart's wish. */
function withClaimPolicy(
  object: KubeObject,
  policy: 'Retain' | 'Delete',
): KubeObject {
  const spec = fieldsOf(object.spec);
  if (
    object.kind !== 'StatefulSet' ||
    listOf(spec.volumeClaimTemplates).length === 0
  ) {
    return object;
  }
  const retention = { whenDeleted: policy, whenScaled: 'Retain' };
  return {
    ...object,
    spec: { ...spec, persistentVolumeClaimRetentionPolicy: retention },
  };
}

function refused(refusals: readonly Refusal[]): CheckedChart {
  const [first] = refusals;
  const more = refusals.length > 1 ? ` (and ${refusals.length - 1} more)` : '';
  return {
    kind: 'refused',
    blocked: { reason: first.reason, message: `${first.message}${more}` },
    refusals,
  };
}

function serviceAccountsOf(
  objects: readonly KubeObject[],
): ReadonlySet<string> {
  return new Set(
    objects.filter(({ kind }) => kind === 'ServiceAccount').map(nameOf),
  );
}

function emptyChart(chart: RenderedChart, component: string): CheckedChart {
  const message = `${component}: chart ${chart.chart} ${chart.version} renders no objects with these values.`;
  return {
    kind: 'refused',
    blocked: { reason: 'ChartEmpty', message },
    refusals: [],
  };
}

/**
 * Holds the objects of a chart to the platform's rules and makes them the component's own. One refused object refuses
 * the chart: half of it would not work. Test hooks and network policies are left out with a warning: nobody runs the
 * former, and the latter would open what no dependency declares.
 */
export function checkChartObjects(
  chart: RenderedChart,
  options: ChartCheckOptions,
): CheckedChart {
  const { component, namespace } = options;
  const all = chart.objects
    .flatMap(object => unrollLists(object))
    .filter(isKubeObject);
  const tests = all.filter(isTestHook);
  const policies = all.filter(
    object => object.kind === 'NetworkPolicy' && !isTestHook(object),
  );
  const objects = all.filter(
    object => object.kind !== 'NetworkPolicy' && !isTestHook(object),
  );
  if (objects.length === 0) {
    return emptyChart(chart, component);
  }
  const scope = {
    component,
    namespace,
    serviceAccounts: serviceAccountsOf(objects),
    rendered: new Set(objects.map(object => refKey(chartRef(object)))),
    domains: options.domains,
  };
  const refusals = [
    ...objects.flatMap(object => refusalsOf(object, scope)),
    ...doubles(objects, component),
  ];
  if (refusals.length > 0) {
    return refused(refusals);
  }
  const labelled = objects.map(object =>
    withClaimPolicy(labelChartObject(object, options), options.deletionPolicy),
  );
  const fronts = chartFronts(labelled);
  return {
    kind: 'accepted',
    fronts,
    exposed: chartExposures(labelled, fronts),
    objects: labelled.map(object => ({
      object,
      component,
      retained:
        refOf(object).kind === 'PersistentVolumeClaim' &&
        options.deletionPolicy === 'Retain',
    })),
    warnings: [
      ...tests.map(object =>
        leftOut(object, component, 'the platform does not run `helm test`.'),
      ),
      ...policies.map(object =>
        leftOut(
          object,
          component,
          'who may call whom follows from `dependencies`.',
        ),
      ),
      ...(chart.crds ?? []).map(crd => ({
        component,
        reason: 'KindNotAllowed' as const,
        message: `${component}: ${crd} of the chart was not installed: definitions are the platform team's to install.`,
      })),
    ],
  };
}
