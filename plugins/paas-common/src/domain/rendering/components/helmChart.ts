import { Component, HelmChartComponent } from '../../../schema/Component';
import { checkChartObjects } from '../../charts/checkChartObjects';
import { fieldsOf, listOf, textOf } from '../../charts/fields';
import { podTemplateOf } from '../../charts/podTemplates';
import { DesiredComponent, DesiredObject, ResolvedImage } from '../../desired';
import { labelsFor } from '../../labels';
import { ownEntry } from '../../resolution/ownEntry';
import {
  componentRenderer,
  Preparation,
  RenderScope,
} from '../ComponentRenderer';

function blocked(
  reason: NonNullable<DesiredComponent['blocked']>['reason'],
  message: string,
): Preparation {
  return { kind: 'blocked', blocked: { reason, message }, refusals: [] };
}

/** What a chart runs: the image of the first container of its first workload. Shown, not decided by us. */
function chartImage(
  objects: readonly DesiredObject[],
): ResolvedImage | undefined {
  for (const { object } of objects) {
    const containers = listOf(podTemplateOf(object)?.spec.containers);
    const ref = textOf(fieldsOf(containers[0]).image);
    if (ref !== undefined) return { ref, from: 'chart' };
  }
  return undefined;
}

function prepareChart(
  component: HelmChartComponent,
  scope: RenderScope,
): Preparation {
  const outcome = ownEntry(scope.context.charts, component.name);
  if (outcome === undefined) {
    return blocked(
      'ChartFailed',
      `${component.name}: chart ${component.chart} was not rendered, so its objects are not known.`,
    );
  }
  if (outcome.kind === 'failed') {
    return blocked(outcome.reason, `${component.name}: ${outcome.message}`);
  }
  const { chart } = outcome;
  const identity = {
    name: chart.chart,
    version: chart.version,
    digest: chart.digest,
  };
  const source = { application: scope.application, component: component.name };
  const checked = checkChartObjects(chart, {
    component: component.name,
    namespace: scope.context.namespace,
    labels: labelsFor({
      ...source,
      tenant: scope.context.tenant,
      version: chart.version,
    }),
    deletionPolicy: scope.deletionPolicy,
    domains: scope.context.domains,
  });
  if (checked.kind === 'refused') {
    return { ...checked, kind: 'blocked', chart: identity };
  }
  const { objects, warnings, fronts, exposed } = checked;
  const image = chartImage(objects);
  return {
    kind: 'prepared',
    chart: identity,
    ...(image === undefined ? {} : { image }),
    version: chart.version,
    fronts,
    ownServices: objects.flatMap(({ object }) =>
      object.kind === 'Service' ? [object.metadata.name] : [],
    ),
    exposed,
    metrics: [],
    // Replication and sentinels within a chart are the chart's own affair.
    clustered: true,
    render: () => ({ objects, warnings }),
  };
}

/** `type: HelmChart`: what `helm template` renders, held to the platform's rules. */
export const helmChart = componentRenderer<HelmChartComponent>({
  type: 'HelmChart',
  accepts: (component: Component): component is HelmChartComponent =>
    component.type === 'HelmChart',
  prepare: prepareChart,
});
