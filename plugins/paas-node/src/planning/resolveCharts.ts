import {
  Application,
  canonicalJson,
  ChartOutcome,
  childName,
  HelmChartComponent,
  Release,
} from '@understage/plugin-paas-common';
import { ChartRenderer } from '../charts';
import { ClusterView } from './ClusterView';

/** Helm's own limit on release names. */
const RELEASE_NAME_LIMIT = 53;

function chartComponents(
  spec: Application['spec'],
): readonly HelmChartComponent[] {
  return spec.components.filter(component => component.type === 'HelmChart');
}

/** What of a component decides how its chart is rendered. */
function question(component: HelmChartComponent): string {
  const { chart, version, values } = component;
  return canonicalJson({ chart, version, values });
}

/** The rendering that a release keeps for a component, if it was for the same chart, version and values. */
function chartIn(
  release: Release,
  component: HelmChartComponent,
): ChartOutcome | undefined {
  const before = release.spec.components.find(
    ({ name }) => name === component.name,
  );
  if (before?.type !== 'HelmChart') return undefined;
  if (question(before) !== question(component)) return undefined;
  if (!Object.hasOwn(release.charts, component.name)) return undefined;
  return { kind: 'rendered', chart: release.charts[component.name] };
}

function keptChart(
  component: HelmChartComponent,
  releases: readonly Release[],
): ChartOutcome | undefined {
  for (const release of releases) {
    const kept = chartIn(release, component);
    if (kept) return kept;
  }
  return undefined;
}

/**
 * The charts of an application, by component. What a release holds for the same question is used again: an
 * application does not change because its repository has a newer version or its cluster does, a repository that is down does not stop it,
 * and charts that draw random passwords do not draw new ones. A pinned release asks nobody.
 */
export async function resolveCharts(options: {
  readonly application: Application;
  readonly namespace: string;
  readonly renderer: ChartRenderer;
  /** Newest first; the pinned one alone when there is one. */
  readonly releases: readonly Release[];
  readonly pinned: boolean;
  /** Tells the version of the cluster that is rendered for; without one it is helm's own default. */
  readonly view?: Pick<ClusterView, 'kubeVersion'>;
  readonly signal?: AbortSignal;
}): Promise<Readonly<Record<string, ChartOutcome>>> {
  const { application, renderer, releases, pinned, signal } = options;
  const { name } = application.metadata;
  let asked: Promise<string | undefined> | undefined;
  const version = () => {
    asked ??=
      options.view?.kubeVersion({ signal }) ?? Promise.resolve(undefined);
    return asked;
  };
  const outcomes = await Promise.all(
    chartComponents(application.spec).map(
      async (component): Promise<[string, ChartOutcome]> => {
        const kept = keptChart(component, releases);
        if (kept) return [component.name, kept];
        if (pinned) {
          return [
            component.name,
            {
              kind: 'failed',
              reason: 'RevisionNotFound',
              message: `Release ${application.spec.revision} of ${name} holds no chart for ${component.name}; it can not be brought back as it was.`,
            },
          ];
        }
        const outcome = await renderer.render({
          chart: component.chart,
          version: component.version,
          values: component.values,
          releaseName: childName({
            application: name,
            component: component.name,
            limit: RELEASE_NAME_LIMIT,
          }),
          namespace: options.namespace,
          kubeVersion: await version(),
          signal,
        });
        return [component.name, outcome];
      },
    ),
  );
  return Object.fromEntries(outcomes);
}
