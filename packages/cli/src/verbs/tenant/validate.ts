import { tenantFiles } from '../../input/readInputs';
import { validationVerb } from '../validate';

export const validateTenant = validationVerb(tenantFiles, {
  usage: 'paas tenant validate FILE',
  summary: 'Check Tenant files, without a cluster',
  description:
    'Check Tenant files without a cluster. Every problem is reported at once, with its place in the file.',
  examples: [['paas tenant validate shop.yaml', 'Check one file']],
});
