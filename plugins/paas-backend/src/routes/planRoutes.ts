import {
  apiRoutes,
  PlatformSettings,
  summarisePlan,
} from '@understage/plugin-paas-common';
import {
  ChartRenderer,
  liveClusterView,
  PaasClusters,
  planFor,
} from '@understage/plugin-paas-node';
import { withCluster } from '../changes/explainOutcome';
import { readTarget } from '../changes/readTarget';
import { RegisterContext, registerRoute } from '../http/registerRoute';
import {
  leaveSecrets,
  withoutSecretReads,
} from '../changes/planWithoutSecrets';

export interface PlanRoutesOptions extends RegisterContext {
  readonly clusters: PaasClusters;
  readonly charts: ChartRenderer;
  readonly platform: PlatformSettings;
  readonly now: () => Date;
}

/** Rendering charts and reading a slow cluster may take this long, not longer. */
const PLAN_TIMEOUT_MS = 60_000;

/** The operator's plan of a document, before anything is written. */
export function addPlanRoutes(options: PlanRoutesOptions): void {
  const { charts, platform, now } = options;

  registerRoute(options, apiRoutes.plan, async ({ body, ...call }) => {
    const target = await readTarget({ ...options, ...call, body, to: 'plan' });
    if (target.kind === 'invalid') return target;
    const { application, ref, cluster, record, warnings } = target;
    const { namespace } = ref;
    const uid = record?.uid;
    const metadata = { ...application.metadata, namespace, uid };
    const planned = await withCluster(cluster.name, () =>
      planFor({
        view: withoutSecretReads(liveClusterView(cluster)),
        application: { ...application, metadata },
        namespace,
        charts,
        platform,
        now,
        signal: AbortSignal.timeout(PLAN_TIMEOUT_MS),
      }),
    );
    const { plan, problems } = planned;
    const actions = plan.actions.map(leaveSecrets);
    return {
      kind: 'planned' as const,
      actions,
      summary: summarisePlan({ ...plan, actions }),
      warnings: [
        ...warnings,
        ...problems.map(message => ({ path: '', message })),
      ],
    };
  });
}
