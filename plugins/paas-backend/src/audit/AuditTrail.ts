import {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import { PaasClusters } from '@understage/plugin-paas-node';
import { oneLine } from '../http/oneLine';
import { AuditOutcome, AuditPlace, AuditStore } from './AuditStore';
import { placeOf } from './placeOf';

export interface AuditTrailOptions {
  readonly store: Pick<AuditStore, 'add' | 'finish'>;
  readonly clusters: PaasClusters;
  readonly logger: Pick<LoggerService, 'error'>;
  readonly now: () => Date;
}

/** A call as far as the trail tells of it. Bodies are read for where it is about, and not kept. */
export interface TrailedCall {
  readonly credentials: BackstageCredentials;
  readonly action: string;
  readonly isChange: boolean;
  /** Where the call says that it is about. */
  readonly sources: () => readonly unknown[];
}

/** How a call ended: the answer, or what was thrown. */
export type Ending =
  | { readonly answer: unknown; readonly refused?: string }
  | { readonly error: unknown };

/** Writes the audit trail: changes before they are made and once they are, and every refusal. */
export class AuditTrail {
  constructor(private readonly options: AuditTrailOptions) {}

  /** A change begins with its line: what can not be written down is not done. Answers the line's id. */
  async begin(call: TrailedCall): Promise<string | undefined> {
    if (!call.isChange) return undefined;
    try {
      return await this.add(call, {
        ...this.place(call),
        allowed: true,
        result: 'failed',
        message: 'Begun; how it ended was not written down.',
      });
    } catch (error) {
      this.log('begin', error);
      throw new ServiceUnavailableError(
        'The audit trail can not be written, and no change is made without it; nothing was done. Try again, and tell whoever runs the portal that its database does not answer.',
      );
    }
  }

  /** Never throws: what was done is done, and what was refused stays refused. */
  async end(
    call: TrailedCall,
    id: string | undefined,
    ending: Ending,
  ): Promise<void> {
    try {
      const place = this.place(call);
      const outcome = { ...place, ...outcomeOf(ending, place) };
      if (id !== undefined) await this.options.store.finish(id, outcome);
      else if (outcome.result === 'refused') await this.add(call, outcome);
    } catch (error) {
      this.log('end', error);
    }
  }

  private place(call: TrailedCall): AuditPlace {
    return placeOf(this.options.clusters, call.sources());
  }

  private add(call: TrailedCall, outcome: AuditOutcome): Promise<string> {
    const at = this.options.now().toISOString();
    const who = whoIs(call.credentials);
    return this.options.store.add({ at, who, action: call.action, ...outcome });
  }

  private log(step: string, error: unknown) {
    this.options.logger.error('The audit trail could not be written', {
      step,
      error: error instanceof Error ? `${error.stack}` : String(error),
    });
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
