import { fieldModel } from '../schema/fieldModel';
import { TENANT_API_VERSION, TENANT_SHORT_API_VERSION } from '../schema/Tenant';
import { tenantSpecSchema } from '../schema/tenantSchema';
import { tenantStatusSchema } from '../schema/tenantStatusSchema';
import { asGroup } from './asGroup';
import { fieldTable } from './fieldTable';
import { generatedNote } from './generatedNote';

/** docs/reference/tenant.md: every field of the resource. `example` is a whole file. */
export function tenantPage(example: string): string {
  const spec = asGroup(fieldModel(tenantSpecSchema, 'spec'));
  const status = asGroup(fieldModel(tenantStatusSchema, 'status'));
  return `${[
    '# Tenant',
    generatedNote,
    `\`apiVersion\` is \`${TENANT_SHORT_API_VERSION}\` wherever Understage reads a file, or \`${TENANT_API_VERSION}\` everywhere, Kubernetes included; \`kind\` is \`Tenant\`. It belongs to no namespace. Its name has at most 63 characters: lower-case letters, digits and \`-\`; \`default\`, \`kube-...\` and \`understage-...\` are taken.`,
    `\`\`\`yaml\n${example.trimEnd()}\n\`\`\``,
    "Each environment is a namespace: the tenant's name when there is one environment, `<tenant>-<environment>` when there are several, or an existing one that is handed over with `adopt`.",
    `## spec\n\n${fieldTable(spec)}`,
    `## status\n\nWritten by the operator. [Reasons](reasons.md) are explained on a page of their own.\n\n${fieldTable(
      status,
    )}`,
  ].join('\n\n')}\n`;
}
