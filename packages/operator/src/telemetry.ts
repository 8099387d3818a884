import {
  Counter,
  Gauge,
  Histogram,
  Registry,
  collectDefaultMetrics,
} from 'prom-client';

/** Every metric of the operator, named in one place; listed in docs/operate/metrics.md. */
export interface Telemetry {
  readonly registry: Registry;
  readonly reconciles: Counter<'result'>;
  readonly reconcileSeconds: Histogram;
  readonly actions: Counter<'action' | 'kind'>;
  readonly refusals: Counter<'reason'>;
  readonly statusWrites: Counter;
  readonly queueDepth: Gauge;
  readonly leader: Gauge;
  readonly staleSeconds: Gauge<'kind'>;
  readonly relists: Gauge<'kind'>;
  readonly restarts: Gauge<'kind'>;
  readonly applications: Gauge<'state'>;
  readonly tenants: Gauge<'state'>;
  readonly tenantReconciles: Counter<'result'>;
  readonly probes: Counter<'result'>;
  readonly requests: Gauge<'method' | 'status'>;
}

/** Creates the metrics on a registry of their own, so that several operators can live in one process (tests do). */
export function createTelemetry(options: {
  readonly processMetrics: boolean;
}): Telemetry {
  const registry = new Registry();
  const registers = [registry];
  if (options.processMetrics) collectDefaultMetrics({ register: registry });
  return {
    registry,
    reconciles: new Counter({
      name: 'understage_reconciles_total',
      help: 'Reconciliations by result: done, requeueAfter, deposed, failed.',
      labelNames: ['result'],
      registers,
    }),
    reconcileSeconds: new Histogram({
      name: 'understage_reconcile_duration_seconds',
      help: 'Duration of one reconciliation, from observing to the last write of a child.',
      buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30],
      registers,
    }),
    actions: new Counter({
      name: 'understage_actions_total',
      help: 'Executed actions by action and kind of object.',
      labelNames: ['action', 'kind'],
      registers,
    }),
    refusals: new Counter({
      name: 'understage_refusals_total',
      help: "Refusals, ours and the API server's, by reason.",
      labelNames: ['reason'],
      registers,
    }),
    statusWrites: new Counter({
      name: 'understage_status_writes_total',
      help: "Writes of an Application's or a Tenant's status.",
      registers,
    }),
    queueDepth: new Gauge({
      name: 'understage_queue_depth',
      help: 'Applications and Tenants waiting to be reconciled.',
      registers,
    }),
    leader: new Gauge({
      name: 'understage_leader',
      help: '1 while this replica may write.',
      registers,
    }),
    staleSeconds: new Gauge({
      name: 'understage_cache_stale_seconds',
      help: 'Seconds since the cache of a kind was known to be current; 0 while it is.',
      labelNames: ['kind'],
      registers,
    }),
    relists: new Gauge({
      name: 'understage_cache_relists',
      help: 'Full lists of a kind beyond the first.',
      labelNames: ['kind'],
      registers,
    }),
    restarts: new Gauge({
      name: 'understage_cache_restarts',
      help: 'Watches of a kind that broke and were started again.',
      labelNames: ['kind'],
      registers,
    }),
    requests: new Gauge({
      name: 'understage_api_requests',
      help: 'Requests to the API server since the start, by method and HTTP status (0: no answer).',
      labelNames: ['method', 'status'],
      registers,
    }),
    tenants: new Gauge({
      name: 'understage_tenants',
      help: 'Tenants by state.',
      labelNames: ['state'],
      registers,
    }),
    tenantReconciles: new Counter({
      name: 'understage_tenant_reconciles_total',
      help: 'Reconciliations of Tenants by result: done, requeueAfter, deposed, failed.',
      labelNames: ['result'],
      registers,
    }),
    probes: new Counter({
      name: 'understage_probes_total',
      help: 'Forbidden things tried in the name of tenants, by result: enforced, notEnforced, unknown.',
      labelNames: ['result'],
      registers,
    }),
    applications: new Gauge({
      name: 'understage_applications',
      help: 'Applications by state.',
      labelNames: ['state'],
      registers,
    }),
  };
}
