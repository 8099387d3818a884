import { fieldModel } from '../schema/fieldModel';
import { platformConfigSchema } from '../schema/platformSchema';
import { fieldTable } from './fieldTable';
import { generatedNote } from './generatedNote';

/** docs/reference/configuration.md: the settings of the platform. `example` is a whole section. */
export function configurationPage(example: string): string {
  const model = fieldModel(platformConfigSchema, 'paas');
  if (model.kind !== 'group')
    throw new Error('The configuration has to be a group of fields.');
  return `${[
    '# Configuration',
    generatedNote,
    'The section `paas` is read by the operator (`--config FILE`), the portal (app-config.yaml) and the CLI (`--config FILE`) alike, so that all three plan the same. Every setting has a default.',
    `\`\`\`yaml\n${example.trimEnd()}\n\`\`\``,
    fieldTable(model),
  ].join('\n\n')}\n`;
}
