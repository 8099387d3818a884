import { KubeObject } from '@understage/kube';
import { readStatus } from '@understage/plugin-paas-common';
import { Connection } from '../CliWorld';
import { ExitCode, exitCodes } from '../exitCodes';
import { VerbContext } from '../Verb';
import { followApplication } from './followApplication';

/** What the operator says of the newest generation. */
interface Progress {
  readonly ready: boolean;
  readonly message: string;
}

function progressOf(object: KubeObject | undefined): Progress {
  if (!object) return { ready: false, message: 'it is not there' };
  const reported = readStatus(object.status);
  if (!reported) {
    return { ready: false, message: 'the operator has not seen it yet' };
  }
  const { observedGeneration, conditions, message } = reported;
  const { generation } = object.metadata;
  if (generation !== undefined && observedGeneration < generation) {
    return {
      ready: false,
      message: 'the operator has not seen the change yet',
    };
  }
  const ready = conditions.some(
    ({ type, status }) => type === 'Ready' && status === 'True',
  );
  return { ready, message };
}

/**
 * Waits by watch until the application is Ready in its newest generation; each new sentence of the operator is printed
 * as progress. Answers 4 with the last sentence when the time is over, and 130 on Ctrl-C.
 */
export async function waitForReady(
  name: string,
  options: {
    readonly context: VerbContext;
    readonly connection: Connection;
    readonly timeoutMs: number;
  },
): Promise<ExitCode> {
  const { context, connection, timeoutMs } = options;
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any([timeout, context.world.signal]);
  let last = '';
  try {
    for await (const object of followApplication(connection, name, signal)) {
      const { ready, message } = progressOf(object);
      if (ready) {
        // Progress, too: standard output is the result's, which may be JSON.
        context.err.line(
          { text: 'ready ', tone: 'good' },
          `${name}: ${message}`,
        );
        return exitCodes.done;
      }
      if (message !== last) {
        context.err.line(
          { text: 'waiting ', tone: 'quiet' },
          `${name}: ${message}`,
        );
      }
      last = message;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  if (timeout.aborted) {
    context.err.line(
      { text: 'error: ', tone: 'bad' },
      `${name} is not ready after ${timeoutMs / 1000} s: ${last}. Try ${
        context.world.program
      } tree ${name}, or ${context.world.program} doctor.`,
    );
  }
  if (timeout.aborted) return exitCodes.notReady;
  context.err.line(
    { text: 'interrupted ', tone: 'warn' },
    `not waiting for ${name} any longer; it goes on without us.`,
  );
  return exitCodes.interrupted;
}
