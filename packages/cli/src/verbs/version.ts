import { z } from 'zod';
import { APPLICATION_API_VERSION } from '@understage/plugin-paas-common';
import packageJson from '../../package.json';
import { exitCodes } from '../exitCodes';
import { outputFormats, printStructured } from '../output/structured';
import { defineVerb } from '../Verb';

export const version = defineVerb({
  name: 'version',
  operands: [],
  summary: 'Print the version of the CLI',
  examples: [['paas version -o json', 'For a bug report']],
  options: [
    {
      flags: '-o, --output <format>',
      help: 'how to print',
      choices: outputFormats,
      fallback: 'table',
    },
  ],
  schema: z.object({ output: z.enum(outputFormats) }),
  async run({ out, world }, { options }) {
    const facts = {
      version: packageJson.version,
      applicationApi: APPLICATION_API_VERSION,
      node: process.versions.node,
    };
    if (printStructured(out, options.output, facts)) return exitCodes.done;
    out.line(
      `${world.program} ${facts.version} (${facts.applicationApi}, Node ${facts.node})`,
    );
    return exitCodes.done;
  },
});
