import path from 'node:path';
import { PlatformConfig } from '@understage/plugin-paas-common';
import { readPlatformFile } from '@understage/plugin-paas-node';
import { CliFailure, exitCodes } from '../exitCodes';
import { VerbContext } from '../Verb';

/** The platform's settings: `--config`, else $UNDERSTAGE_CONFIG, else every default. */
export async function loadPlatform({
  global,
  world,
}: VerbContext): Promise<PlatformConfig> {
  const named = global.config ?? world.env.UNDERSTAGE_CONFIG;
  const file = named ? path.resolve(world.cwd, named) : undefined;
  const checked = await readPlatformFile({ file, env: world.env });
  if (checked.ok) return checked.value;
  throw new CliFailure(
    exitCodes.problem,
    checked.problems
      .map(({ path: field, message }) =>
        field ? `${field}: ${message}` : message,
      )
      .join('\n'),
  );
}
