import {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import { PaasClusters } from '@understage/plugin-paas-node';
import { oneLine } from '../http/oneLine';
import { AuditOutcome, AuditPlace, AuditStore } from './AuditStore';
import { PendingWrites } from './PendingWrites';
import { placeOf } from './placeOf';
import { within } from '../within';

export interface AuditTrailOptions {
  readonly store: Pick<AuditStore, 'add' | 'finish'>;
  readonly clusters: PaasClusters;
  readonly logger: Pick<LoggerService, 'error'>;
  readonly now: () => Date;
  /** Told of each line that could not be written. */
  readonly lost?: () => void;
  readonly limits?: Partial<AuditTrailLimits>;
}

export interface AuditTrailLimits {
  /** A change waits this long for its first line, and is not made without. */
  readonly beginMs: number;
  /** An answer waits this long for the last line of its change, which is written anyway. */
  readonly endMs: number;
  readonly retryAfterMs?: readonly number[];
  readonly most?: number;
}

const defaultLimits: AuditTrailLimits = { beginMs: 5_000, endMs: 1_000 };

/** A call as far as the trail tells of it. Bodies are read for where it is about, and not kept. */
export interface TrailedCall {
  readonly credentials: BackstageCredentials;
  readonly action: string;
  readonly isChange: boolean;
  /** Where the call says that it is about. */
  readonly sources: () => readonly unknown[];
  /** What the route found out about that, which counts more than what callers say. */
  readonly found?: () => unknown;
}

/** How a call ended: the answer, or what was thrown. */
export type Ending =
  | { readonly answer: unknown; readonly refused?: string }
  | { readonly error: unknown };

/** Writes the audit trail: changes before they are made and once they are, and every refusal. */
export class AuditTrail {
  private readonly limits: AuditTrailLimits;
  private readonly pending: PendingWrites;

  constructor(private readonly options: AuditTrailOptions) {
    const { logger, lost = () => {}, limits } = options;
    this.limits = { ...defaultLimits, ...limits };
    this.pending = new PendingWrites({ ...this.limits, logger, lost });
  }

  /** A change begins with its line: what can not be written down is not done. Answers the line's id. */
  async begin(call: TrailedCall): Promise<string | undefined> {
    if (!call.isChange) return undefined;
    // Until somebody says how it ended, nobody knows.
    const adding = this.add(call, {
      ...this.place(call),
      allowed: true,
      result: 'unknown',
      message: 'Begun; how it ended was not written down.',
    });
    try {
      return await within(this.limits.beginMs, adding);
    } catch (error) {
      this.neverBegun(adding);
      this.options.logger.error('The audit trail could not be written', {
        step: 'begin',
        error: error instanceof Error ? `${error.stack}` : String(error),
      });
      throw new ServiceUnavailableError(
        'The audit trail can not be written, and no change is made without it; nothing was done. Try again, and tell whoever runs the portal that its database does not answer.',
      );
    }
  }

  /**
   * Never throws: what was done is done, and what was refused stays refused. Nobody waits for the line of a refusal, and
   * nobody waits long for that of a change.
   */
  async end(
    call: TrailedCall,
    id: string | undefined,
    ending: Ending,
  ): Promise<void> {
    const { store } = this.options;
    const place = this.place(call);
    const outcome = { ...place, ...outcomeOf(ending, place) };
    if (id !== undefined) {
      const finishing = this.pending.add('end', () =>
        store.finish(id, outcome),
      );
      await within(this.limits.endMs, finishing).catch(() => {});
    } else if (outcome.result === 'refused') {
      const at = this.options.now();
      this.pending.add('refusal', () => this.add(call, outcome, at));
    }
  }

  /** Waits for lines that are being written, though not longer than told. */
  settled(withinMs: number): Promise<void> {
    return this.pending.settled(withinMs);
  }

  private place(call: TrailedCall): AuditPlace {
    const { clusters } = this.options;
    return placeOf(clusters, call.sources(), call.found?.());
  }

  private add(
    call: TrailedCall,
    outcome: AuditOutcome,
    at = this.options.now(),
  ): Promise<string> {
    const { store } = this.options;
    const who = whoIs(call.credentials);
    const { action } = call;
    return store.add({ at: at.toISOString(), who, action, ...outcome });
  }

  /** The line that arrived too late says so, if it arrives. */
  private neverBegun(adding: Promise<string>): void {
    const { store } = this.options;
    adding.then(
      id =>
        this.pending.add('begin', () =>
          store.finish(id, {
            allowed: true,
            result: 'failed',
            message:
              'The audit trail answered too late; the change was not made.',
          }),
        ),
      () => {},
    );
  }
}

function outcomeOf(
  ending: Ending,
  place: AuditPlace,
): Pick<AuditOutcome, 'allowed' | 'result' | 'message'> {
  if ('error' in ending) {
    const { error } = ending;
    const message = oneLine(
      error instanceof Error ? error.message : String(error),
    );
    const isRefusal = isRefused(error, place);
    const result = isRefusal ? 'refused' : 'failed';
    return { allowed: !isRefusal, result, message };
  }
  const { answer, refused } = ending;
  if (refused !== undefined) {
    return { allowed: true, result: 'failed', message: oneLine(refused) };
  }
  const isInvalid =
    typeof answer === 'object' &&
    answer !== null &&
    'kind' in answer &&
    answer.kind === 'invalid';
  return isInvalid
    ? {
        allowed: true,
        result: 'failed',
        message: 'The input has problems; nothing was changed.',
      }
    : { allowed: true, result: 'succeeded' };
}

/** "Not found" is a refusal too when it is there: that is how foreign things are answered. */
function isRefused(error: unknown, place: AuditPlace): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === 'NotAllowedError') return true;
  return error.name === 'NotFoundError' && place.tenant !== undefined;
}

/** The name under which a call is written down. */
export function whoIs({ principal }: BackstageCredentials): string {
  if (typeof principal !== 'object' || principal === null) return 'nobody';
  if ('userEntityRef' in principal)
    return oneLine(`${principal.userEntityRef}`);
  return 'subject' in principal ? oneLine(`${principal.subject}`) : 'nobody';
}
