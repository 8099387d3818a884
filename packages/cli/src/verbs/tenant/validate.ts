import { z } from 'zod';
import { tenantFiles } from '../../cluster/tenants';
import { exitCodes } from '../../exitCodes';
import { filenameOption, fileOperands } from '../../input/fileOperands';
import { readValid } from '../../input/readInputs';
import { defineVerb } from '../../Verb';

export const validateTenant = defineVerb({
  name: 'validate',
  operands: [{ syntax: '[file...]', help: 'file, directory or -' }],
  summary: 'Check Tenant files, without a cluster',
  examples: [['paas tenant validate shop.yaml', 'Check one file']],
  options: [filenameOption],
  schema: z.object({ filename: z.array(z.string()).optional() }),
  async run(context, { operands, options }) {
    const files = fileOperands(operands, options, 'paas tenant validate FILE');
    const tenants = await readValid(tenantFiles, files, context);
    for (const { metadata } of tenants) {
      context.out.line({ text: 'valid ', tone: 'good' }, metadata.name);
    }
    return exitCodes.done;
  },
});
