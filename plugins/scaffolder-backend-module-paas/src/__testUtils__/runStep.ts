import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { JsonObject, JsonValue } from '@backstage/types';
import { createActions } from '../actions/createActions';
import { ApiDouble, credentialsOf } from './apiDouble';

/** How a step is run. */
export interface StepOptions {
  readonly workspacePath?: string;
  readonly isDryRun?: boolean;
  readonly signal?: AbortSignal;
  readonly person?: string;
  readonly secrets?: Readonly<Record<string, string>>;
  /** Survives a run, as the scaffolder's database does. */
  readonly checkpoints?: Map<string, unknown>;
}

/** Runs one action over the double; gives its log and what it gave out. */
export async function runStep(
  api: ApiDouble,
  id: string,
  input: JsonObject,
  options: StepOptions = {},
) {
  const { checkpoints = new Map(), person = 'sam', workspacePath } = options;
  const actions = createActions({
    connect: api.connect,
    portal: 'http://portal',
    mainCluster: 'playground',
  });
  const action = actions.find(known => known.id === id);
  if (!action) throw new Error(`there is no action ${id}`);
  const log: string[] = [];
  const outputs: Record<string, unknown> = {};
  const context = createMockActionContext({ input, workspacePath });
  const note = (message: string) => log.push(message);
  Object.assign(context.logger, { info: note, warn: note });
  const run: (ctx: never) => Promise<void> = action.handler;
  await run(
    Object.assign(context, {
      ...options,
      getInitiatorCredentials: async () => credentialsOf(person),
      output: (name: string, value: JsonValue) => {
        outputs[name] = value;
      },
      async checkpoint(step: { key: string; fn: () => Promise<unknown> }) {
        if (!checkpoints.has(step.key)) {
          checkpoints.set(step.key, await step.fn());
        }
        return checkpoints.get(step.key);
      },
    }) as never,
  );
  return { log, outputs };
}
