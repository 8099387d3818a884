import {
  APPLICATION_API_VERSION,
  APPLICATION_SHORT_API_VERSION,
} from '../schema/Application';
import { applicationSpecSchema } from '../schema/applicationSchema';
import { fieldModel, GroupField } from '../schema/fieldModel';
import { applicationStatusSchema } from '../schema/statusSchema';
import { asGroup } from './asGroup';
import { fieldTable } from './fieldTable';
import { generatedNote } from './generatedNote';

function componentVariants(spec: GroupField): ReadonlyMap<string, GroupField> {
  const components = spec.fields.get('components');
  if (components?.kind === 'list' && components.item.kind === 'variants')
    return components.item.variants;
  throw new Error(
    'The reference expects `spec.components` to be a list of component types.',
  );
}

/** Fields that every type but charts has: told once. */
function sharedFields(variants: ReadonlyMap<string, GroupField>): GroupField {
  const groups = [...variants.values()].filter(group =>
    group.fields.has('image'),
  );
  const [first] = groups;
  const names = [...first.fields.keys()].filter(
    name => name !== 'type' && groups.every(group => group.fields.has(name)),
  );
  const fields = new Map(
    [...first.fields].filter(([name]) => names.includes(name)),
  );
  return { kind: 'group', fields, required: first.required, kubernetes: {} };
}

function typeSection(
  name: string,
  group: GroupField,
  shared: GroupField,
): string {
  const isWorkload = group.fields.has('image');
  const without = ['type', ...(isWorkload ? shared.fields.keys() : [])];
  const about = group.fields.get('type')?.description ?? '';
  const note = isWorkload
    ? ' Besides the fields of all components that run containers:'
    : '';
  return `### ${name}\n\n${about}${note}\n\n${fieldTable(group, without)}`;
}

/** docs/reference/application.md: every field of the resource. `example` is a whole file. */
export function applicationPage(example: string): string {
  const spec = asGroup(fieldModel(applicationSpecSchema, 'spec'));
  const status = asGroup(fieldModel(applicationStatusSchema, 'status'));
  const variants = componentVariants(spec);
  const shared = sharedFields(variants);
  const types = [...variants].map(([name, group]) =>
    typeSection(name, group, shared),
  );
  return `${[
    '# Application',
    generatedNote,
    `\`apiVersion\` is \`${APPLICATION_SHORT_API_VERSION}\` wherever Understage reads a file, or \`${APPLICATION_API_VERSION}\` everywhere, Kubernetes included; \`kind\` is \`Application\`. The name has at most 63 characters: lower-case letters, digits and \`-\`.`,
    `\`\`\`yaml\n${example.trimEnd()}\n\`\`\``,
    'Unknown fields are refused with the nearest known name. Numbers and texts are told apart: `value: "8080"` is text. Quantities are text such as `500m` or `4Gi`; whole numbers may stand without quotes.',
    `## spec\n\n${fieldTable(spec, ['components[]'])}`,
    `## Components that run containers\n\nDeployment, StatefulSet, Job and CronJob share these fields.\n\n${fieldTable(
      shared,
    )}`,
    `## Component types\n\n${types.join('\n\n')}`,
    `## Dependencies\n\n\`from -> to:port\`, with or without spaces. \`to\` is a component, \`application/component\` of the same tenant, or \`external:host\` (an IPv6 address in brackets: \`external:[2001:db8::1]:443\`). \`from\` gets the variables \`<TO>_HOST\`, \`<TO>_PORT\` and \`<TO>_ADDR\`; \`env\` chooses another prefix. A component that is called has to declare the port; for a chart, one of its Services has to offer it. A component can not call itself, and components can not call each other in a ring.`,
    `## status\n\nWritten by the operator. [Reasons](reasons.md) are explained on a page of their own.\n\n${fieldTable(
      status,
    )}`,
  ].join('\n\n')}\n`;
}
