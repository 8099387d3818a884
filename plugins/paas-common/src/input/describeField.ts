import { Field, NumberField, TextField } from '../schema/fieldModel';
import { listNames } from './describeValue';

function numberRange({ minimum, maximum }: NumberField): string {
  if (minimum !== undefined && maximum !== undefined)
    return ` from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return `, at least ${minimum}`;
  return maximum === undefined ? '' : `, at most ${maximum}`;
}

function describeText(field: TextField): string {
  if (field.values)
    return field.values.length === 1
      ? field.values[0]
      : `one of ${listNames(field.values, 'or')}`;
  return field.allowed ?? 'text';
}

type Describers = {
  readonly [Kind in Field['kind']]: (
    field: Extract<Field, { kind: Kind }>,
  ) => string;
};

const describers: Describers = {
  text: describeText,
  number: field =>
    `a ${field.whole ? 'whole ' : ''}number${numberRange(field)}`,
  flag: () => 'true or false',
  list: ({ item }) => (item.kind === 'text' ? 'a list of texts' : 'a list'),
  group: ({ fields }) =>
    `a map with the fields ${listNames([...fields.keys()])}`,
  map: ({ allowed }) => allowed ?? 'a map',
  variants: ({ discriminator }) =>
    `a map with a \`${discriminator}\` and the fields of that type`,
  either: ({ allowed, options }) =>
    allowed ?? listNames(options.map(describeField), 'or'),
  anything: () => 'any value',
};

/** What may stand in a field, as it continues "it has to be ...". Printed in problems and in the reference. */
export function describeField<Kind extends Field['kind']>(
  field: Extract<Field, { kind: Kind }>,
): string {
  const describe: (field: Extract<Field, { kind: Kind }>) => string =
    describers[field.kind];
  return describe(field);
}

/** Like `describeField`, with the limits of length that a reader of the reference wants to know. */
export function describeLimits(field: Field): string {
  const words = describeField(field);
  if (field.kind === 'text' && !field.values && field.maxLength !== undefined)
    return `${words}; at most ${field.maxLength} characters`;
  if (field.kind === 'list' && field.maxItems !== undefined)
    return `${words}, ${field.minItems ?? 0} to ${field.maxItems} entries`;
  return words;
}
