import { LoggerService } from '@backstage/backend-plugin-api';
import { redactSecrets } from './redactSecrets';

type Redact = (text: string) => string;

function quietLogger(logger: LoggerService, redact: Redact): LoggerService {
  const quiet =
    (level: 'error' | 'warn' | 'info' | 'debug') => (message: string) =>
      logger[level](redact(message));
  return {
    error: quiet('error'),
    warn: quiet('warn'),
    info: quiet('info'),
    debug: quiet('debug'),
    child: meta => quietLogger(logger.child(meta), redact),
  };
}

const DEEPEST = 10;

/** The very error, so that it stays of its kind, and what caused it. */
function quietError(error: unknown, redact: Redact, depth = 0): unknown {
  if (!(error instanceof Error) || depth > DEEPEST) return error;
  error.message = redact(error.message);
  if (error.stack) error.stack = redact(error.stack);
  quietError(error.cause, redact, depth + 1);
  return error;
}

/** What is used of an action's context. */
export interface Watched {
  readonly logger: LoggerService;
  readonly secrets?: Readonly<Record<string, string>>;
}

/** Something that handles steps. */
export interface Handled<Context> {
  handler(ctx: Context): Promise<void>;
}

/** The action, with nothing of the run's secrets in what it logs and fails with. */
export function withoutSecrets<Context extends Watched, Action extends object>(
  action: Action & Handled<Context>,
): Action & Handled<Context> {
  return {
    ...action,
    async handler(ctx) {
      const redact = redactSecrets(ctx.secrets ?? {});
      const logger = quietLogger(ctx.logger, redact);
      try {
        await action.handler({ ...ctx, logger });
      } catch (error) {
        throw quietError(error, redact);
      }
    },
  };
}
