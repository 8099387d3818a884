import { createProcessWorld } from './processWorld';
import { runCli } from './runCli';

async function main(): Promise<void> {
  const { world, close } = createProcessWorld(process);
  try {
    // Not process.exit: what was printed has to reach a slow pipe first.
    process.exitCode = await runCli(process.argv.slice(2), world);
  } finally {
    close();
  }
}

main();
