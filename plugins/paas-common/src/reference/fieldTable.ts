import { describeLimits } from '../input/describeField';
import { Field, GroupField } from '../schema/fieldModel';

interface Row {
  readonly name: string;
  readonly field: Field;
  readonly required: boolean;
}

function cell(text: string): string {
  return text.replace(/\|/g, '\\|').replace(/\s+/g, ' ').trim();
}

/** Fields below a field, under the name that a reader would write: `ports[].port`, `chartRepositories.*.url`. */
function below(name: string, field: Field): readonly Row[] {
  switch (field.kind) {
    case 'list':
      return below(`${name}[]`, field.item);
    case 'map':
      return below(`${name}.*`, field.value);
    case 'group':
      return rowsOf(field, `${name}.`);
    case 'variants':
      return [...field.variants.values()].flatMap(group =>
        rowsOf(group, `${name}.`),
      );
    case 'either':
      return field.options.flatMap(option => below(name, option));
    default:
      return [];
  }
}

function rowsOf(group: GroupField, prefix: string): readonly Row[] {
  return [...group.fields].flatMap(([name, field]) => [
    {
      name: `${prefix}${name}`,
      field,
      required: group.required.includes(name),
    },
    ...below(`${prefix}${name}`, field),
  ]);
}

function fallback({ field, required }: Row): string {
  if (required) return 'required';
  return field.fallback === undefined
    ? ''
    : `\`${JSON.stringify(field.fallback)}\``;
}

function allowed(field: Field): string {
  return field.kind === 'group' ? 'a map' : describeLimits(field);
}

/** A Markdown table of the fields of a group, nested ones included, those named in `without` left out. */
export function fieldTable(
  group: GroupField,
  without: readonly string[] = [],
): string {
  const rows = rowsOf(group, '').filter(
    ({ name }) =>
      !without.some(
        each =>
          name === each ||
          name.startsWith(`${each}.`) ||
          name.startsWith(`${each}[`),
      ),
  );
  const lines = rows.map(
    row =>
      `| \`${cell(row.name)}\` | ${cell(row.field.description ?? '')} | ${cell(
        allowed(row.field),
      )} | ${cell(fallback(row))} |`,
  );
  return [
    '| field | meaning | what may stand there | default |',
    '| --- | --- | --- | --- |',
    ...lines,
  ].join('\n');
}
