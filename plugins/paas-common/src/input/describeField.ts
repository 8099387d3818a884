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

/** What may stand in a field, as it continues "it has to be ...". Printed in problems and in the reference. */
export function describeField(field: Field): string {
  switch (field.kind) {
    case 'text':
      return describeText(field);
    case 'number':
      return `a ${field.whole ? 'whole ' : ''}number${numberRange(field)}`;
    case 'flag':
      return 'true or false';
    case 'list':
      return field.item.kind === 'text' ? 'a list of texts' : 'a list';
    case 'group':
      return `a map with the fields ${listNames([...field.fields.keys()])}`;
    case 'map':
      return field.allowed ?? 'a map';
    case 'variants':
      return `a map with a \`${field.discriminator}\` and the fields of that type`;
    case 'either':
      return field.allowed ?? listNames(field.options.map(describeField), 'or');
    case 'anything':
      return 'any value';
    default: {
      const never: never = field;
      return never;
    }
  }
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
