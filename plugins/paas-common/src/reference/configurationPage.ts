import { fieldModel } from '../schema/fieldModel';
import { platformConfigSchema } from '../schema/platformSchema';
import { portalConfigSchema } from '../schema/portalSchema';
import { asGroup } from './asGroup';
import { fieldTable } from './fieldTable';
import { generatedNote } from './generatedNote';

/** docs/reference/configuration.md: the settings of the platform. `example` is a whole section. */
export function configurationPage(example: string): string {
  const shared = asGroup(fieldModel(platformConfigSchema, 'paas'));
  const ofPortal = asGroup(fieldModel(portalConfigSchema, 'paas'));
  return `${[
    '# Configuration',
    generatedNote,
    'The section `paas` is read by the operator (`--config FILE`), the portal (app-config.yaml) and the CLI (`--config FILE`) alike, so that all three plan the same. Every setting has a default.',
    `\`\`\`yaml\n${example.trimEnd()}\n\`\`\``,
    '## For all of them',
    fieldTable(shared),
    '## For the portal',
    'What only the portal reads, in the same section of its app-config.yaml; operator and CLI do not take it.',
    fieldTable(ofPortal),
  ].join('\n\n')}\n`;
}
