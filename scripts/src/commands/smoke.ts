import { readApplicationRows } from '../stack/applicationTable';
import { signIn } from '../stack/portalApi';
import { clusterName } from '../stack/portalProcess';
import { createProgress, Progress } from '../stack/progress';
import { proveTenants } from '../stack/proveTenants';
import { Stack, startStack } from '../stack/startStack';
import { waitFor } from '../stack/waitFor';

const write = (text: string) => process.stdout.write(text);
const seed = { namespace: 'shop', name: 'user-service' };

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** The proof: Ready in the cluster, and the same through the portal's HTTP API and in its catalog. */
async function prove(stack: Stack, progress: Progress): Promise<void> {
  await progress.step('user-service is Ready in the cluster', () =>
    waitFor(
      async () => {
        const rows = await readApplicationRows(stack.plane.kubectl);
        const row = rows.find(each => each.name === seed.name);
        if (row?.state === 'Ready') return row;
        throw new Error(`${row?.state}: ${row?.message}`);
      },
      { what: 'user-service to be Ready', timeoutMs: 60_000 },
    ),
  );
  const api = await progress.step('signing in to the portal', () =>
    signIn(stack.portal.url),
  );
  const path = `/api/paas/applications/${clusterName}/${seed.namespace}/${seed.name}`;
  await progress.step('user-service is Ready in the HTTP API', () =>
    waitFor(
      async () => {
        const summary = record(record(await api.get(path)).summary);
        if (summary.state === 'Ready') return true;
        throw new Error(`the API says ${summary.state}: ${summary.message}`);
      },
      { what: 'the HTTP API to show user-service as Ready', timeoutMs: 20_000 },
    ),
  );
  await progress.step('user-service is a System in the catalog', () =>
    waitFor(
      async () => {
        const found = await api.get(
          '/api/catalog/entities/by-query?filter=kind=system&fields=metadata.name&limit=100',
        );
        const items = record(found).items;
        const names = Array.isArray(items)
          ? items.map(item => record(record(item).metadata).name)
          : [];
        if (names.includes(seed.name)) return true;
        throw new Error(`the catalog has the systems ${names.join(', ')}`);
      },
      { what: 'the catalog to show user-service', timeoutMs: 60_000 },
    ),
  );
}

/** Steps that fail as soon as something dies that they need: here nothing is started again. */
function watchedSteps(progress: Progress): {
  readonly watched: Progress;
  readonly onUnexpectedExit: (sentence: string) => void;
} {
  let onUnexpectedExit = (_sentence: string) => {};
  const death = new Promise<never>((_, reject) => {
    onUnexpectedExit = sentence => reject(new Error(sentence));
  });
  death.catch(() => {});
  return {
    onUnexpectedExit,
    watched: {
      ...progress,
      step: (what, run) =>
        progress.step(what, () => Promise.race([run(), death])),
    },
  };
}

async function main(): Promise<number> {
  const progress = createProgress({ write, now: () => performance.now() });
  const { watched, onUnexpectedExit } = watchedSteps(progress);
  let stack: Stack | undefined;
  let code = 0;
  try {
    stack = await startStack({
      settings: { install: false, nodes: 6, port: 0, examples: 'seed' },
      progress: watched,
      restarts: 0,
      onUnexpectedExit,
    });
    await prove(stack, watched);
    if (!stack.git) throw new Error('the stack has no Git server');
    await proveTenants(stack.portal.url, watched);
  } catch (error) {
    code = 1;
    write(`\nfailed: ${error instanceof Error ? error.message : error}\n`);
    for (const process of [stack?.operator?.process, stack?.portal.process]) {
      if (process) {
        write(
          `\nlast lines of the ${process.name}:\n${process.lastLines(20)}\n`,
        );
      }
    }
  }
  const running = stack;
  if (running) await progress.step('stopping everything', () => running.stop());
  write('\nSECONDS  STEP\n');
  for (const { what, seconds } of progress.steps) {
    write(`${seconds.toFixed(1).padStart(7)}  ${what}\n`);
  }
  return code;
}

main().then(
  code => process.exit(code),
  error => {
    write(`smoke could not run: ${error}\n`);
    process.exit(1);
  },
);
