import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { AuditStore } from './AuditStore';

const DEFAULT_DAYS = 365;
const DAY_MS = 86_400_000;

/** Has one backend of all delete audit lines that are older than `paas.audit.retentionDays`. */
export async function scheduleRetention(options: {
  readonly auditStore: Pick<AuditStore, 'prune'>;
  readonly config: Config;
  readonly scheduler: SchedulerService;
  readonly logger: Pick<LoggerService, 'info'>;
  readonly now: () => Date;
}): Promise<void> {
  const { auditStore, config, scheduler, logger, now } = options;
  const days =
    config.getOptionalNumber('paas.audit.retentionDays') ?? DEFAULT_DAYS;
  if (!(days >= 1)) {
    throw new Error(
      `paas.audit.retentionDays is ${days}: write how many days audit lines are kept, at least 1.`,
    );
  }
  await scheduler.scheduleTask({
    id: 'paas-audit-retention',
    frequency: { hours: 1 },
    initialDelay: { minutes: 1 },
    timeout: { minutes: 15 },
    scope: 'global',
    fn: async signal => {
      const before = new Date(now().getTime() - days * DAY_MS).toISOString();
      const pruned = await auditStore.prune(before, signal);
      if (pruned > 0) logger.info(`Deleted ${pruned} old audit lines`);
    },
  });
}
