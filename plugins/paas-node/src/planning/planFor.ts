import {
  allowedKinds,
  Application,
  ApplicationHealth,
  assessHealth,
  availableComponents,
  ChartOutcome,
  Desired,
  KubeObject,
  observedItems,
  Plan,
  planApplication,
  PlatformSettings,
  refOf,
  Release,
  releaseKind,
  renderApplication,
  Snapshot,
} from '@understage/plugin-paas-common';
import { ChartRenderer } from '../charts';
import { ClusterView } from './ClusterView';
import { candidateRelease, ReleaseCandidate } from './candidateRelease';
import { hostClaims } from './hostClaims';
import { observeApplication, observeNamed } from './observeApplication';
import {
  applyPin,
  findPin,
  nothingDesired,
  Pin,
  pinnedImages,
  withImageOrigins,
} from './pinnedRelease';
import { readReleases } from './readReleases';
import { resolveCharts } from './resolveCharts';
import { takenServiceNames } from './takenServiceNames';
import { ownerWarning } from './ownerWarning';
import { tenancyOf } from './tenancyOf';
import { NamespaceTenancy } from '../clusters/PaasClusters';

/** One application, and the world to plan it in. */
export interface PlanForOptions {
  readonly view: ClusterView;
  /** Checked; `metadata.uid` is set when it exists in the cluster. */
  readonly application: Application;
  readonly namespace: string;
  readonly charts: ChartRenderer;
  readonly platform: PlatformSettings;
  /** Images of verified builds by component. */
  readonly builds?: Readonly<Record<string, string>>;
  readonly now: () => Date;
  readonly signal?: AbortSignal;
}

/** Everything that planning found out, for executing, reporting and showing. */
export interface PlannedApplication {
  readonly desired: Desired;
  readonly plan: Plan;
  readonly snapshot: Snapshot<KubeObject>;
  /** Of the objects as they are now, without pods and events: enough to order components. */
  readonly health: ApplicationHealth;
  /** The release that this plan brings about. */
  readonly release: ReleaseCandidate;
  /** Releases kept, newest first. */
  readonly releases: readonly Release[];
  /** What could not be read, in sentences; planning went on with less. */
  readonly problems: readonly string[];
}

interface Place {
  readonly namespace: string;
  readonly tenant: string;
}

interface Surroundings {
  readonly place: Place;
  readonly tenancy: NamespaceTenancy;
  readonly snapshot: Snapshot<KubeObject>;
  readonly releases: readonly Release[];
  readonly problems: readonly string[];
  readonly taken: Readonly<Record<string, string>>;
}

async function observeSurroundings(
  options: PlanForOptions,
): Promise<Surroundings> {
  const { view, namespace, application, now, signal } = options;
  const { name } = application.metadata;
  const [tenancy, observed, taken] = await Promise.all([
    tenancyOf({ view, namespace, signal }),
    observeApplication({
      view,
      namespace,
      application: name,
      kinds: [...allowedKinds, releaseKind],
      now,
      signal,
    }),
    takenServiceNames({ view, namespace, application: name, signal }),
  ]);
  return {
    place: { namespace, tenant: tenancy.tenant },
    tenancy,
    taken,
    ...readReleases(observed, application),
  };
}

async function render(
  options: PlanForOptions,
  around: Surroundings,
  pin: Pin,
): Promise<{
  desired: Desired;
  charts: Readonly<Record<string, ChartOutcome>>;
}> {
  const application = applyPin(options.application, pin);
  if (pin.kind === 'missing') {
    const desired = nothingDesired(application, around.place, pin.message);
    return { desired, charts: {} };
  }
  const pinned = pin.kind === 'found' ? pin.release : undefined;
  const charts = await resolveCharts({
    application,
    namespace: options.namespace,
    renderer: options.charts,
    releases: pinned ? [pinned] : around.releases,
    pinned: pinned !== undefined,
    view: options.view,
    signal: options.signal,
  });
  const desired = renderApplication(application, {
    ...around.place,
    platform: options.platform,
    builds: pinned ? pinnedImages(pinned) : options.builds ?? {},
    charts,
    takenServiceNames: around.taken,
    domains: around.tenancy.domains,
  });
  return {
    desired: pinned ? withImageOrigins(desired, pinned.images) : desired,
    charts,
  };
}

/**
 * Plans one application: the shell that operator, CLI and portal share, so that all three say the same. Reads through
 * the view, renders charts, and leaves every decision to the domain. Writes nothing. What can not be read makes the
 * snapshot incomplete, which keeps the plan from deleting; a namespace, a Service list or the claims on a host that can not
 * be read throw.
 */
export async function planFor(
  options: PlanForOptions,
): Promise<PlannedApplication> {
  const { application, view, namespace, now, signal } = options;
  const around = await observeSurroundings(options);
  const pin = findPin(application, around.releases);
  const { desired: rendered, charts } = await render(options, around, pin);
  const warnings = ownerWarning(application, around.tenancy);
  const desired = {
    ...rendered,
    warnings: [...rendered.warnings, ...warnings],
  };
  const [snapshot, hosts] = await Promise.all([
    observeNamed(around.snapshot, {
      view,
      namespace,
      application: application.metadata.name,
      kinds: allowedKinds,
      now,
      signal,
      wanted: desired.objects.map(({ object }) => refOf(object)),
    }),
    hostClaims({ view, desired, signal }),
  ]);
  const health = assessHealth({
    application: desired.application,
    objects: observedItems(snapshot),
    events: [],
    now: now(),
  });
  const plan = planApplication({
    desired,
    owner: {
      uid: application.metadata.uid ?? '',
      name: application.metadata.name,
    },
    snapshot,
    claims: hosts.claims,
    available: availableComponents(health),
  });
  return {
    desired,
    plan,
    snapshot,
    health,
    releases: around.releases,
    release: candidateRelease({
      desired,
      charts,
      pin,
      releases: around.releases,
      now: now(),
    }),
    problems: [
      ...around.problems,
      ...hosts.problems,
      ...(snapshot.complete ? [] : snapshot.missing),
    ],
  };
}
