import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { createHelmChartRenderer } from '@understage/plugin-paas-node';
import { CliWorld } from './CliWorld';
import { openConnection } from './cluster/openConnection';
import { findHelm, userCache } from './cluster/findHelm';
import { Interrupted } from './exitCodes';
import { Output } from './output/Printer';

async function readAll(input: NodeJS.ReadStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

function outputOf(stream: NodeJS.WriteStream): Output {
  return {
    isTTY: stream.isTTY === true,
    ...(stream.columns ? { columns: stream.columns } : {}),
    write: text => {
      stream.write(text);
    },
  };
}

/** The world of a real process. `close` gives its streams back, so that the process ends by itself. */
export function createProcessWorld(process: NodeJS.Process): {
  readonly world: CliWorld;
  close(): void;
} {
  const interrupt = new AbortController();
  const onSignal = () => interrupt.abort(new Interrupted('interrupted'));
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  // `paas logs | head` ends the reader first: that is no error.
  const onPipe = (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    interrupt.abort(error);
  };
  process.stdout.on('error', onPipe);
  const helm = findHelm(process.env);
  const world: CliWorld = {
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    stdin: {
      isTTY: process.stdin.isTTY === true,
      read: () => readAll(process.stdin),
      ask: async question => {
        const lines = createInterface({
          input: process.stdin,
          output: process.stderr,
        });
        try {
          return await lines.question(question, { signal: interrupt.signal });
        } finally {
          lines.close();
        }
      },
    },
    env: process.env,
    cwd: process.env.INIT_CWD || process.cwd(),
    now: () => new Date(),
    signal: interrupt.signal,
    program: process.env.PAAS_PROGRAM || 'paas',
    connect: options => openConnection({ ...options, env: process.env }),
    helm,
    createCharts: platform =>
      createHelmChartRenderer({
        // Without one its failure to start says what is missing.
        helm: helm ?? 'helm',
        repositories: platform.chartRepositories,
        // Where charts' archives are kept between runs.
        cacheDirectory: path.join(userCache(process.env), 'charts'),
      }),
  };
  return {
    world,
    close() {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
      process.stdin.unref?.();
    },
  };
}
