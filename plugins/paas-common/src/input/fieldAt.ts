import { Field, GroupField, VariantsField } from '../schema/fieldModel';
import { FieldPath, valueAt } from './fieldPath';

/** The variant that a value says it is. */
export function variantOf(
  field: VariantsField,
  value: unknown,
): GroupField | undefined {
  const type = valueAt(value, [field.discriminator]);
  return typeof type === 'string' ? field.variants.get(type) : undefined;
}

function stepInto(
  field: Field,
  step: string | number,
  value: unknown,
): Field | undefined {
  switch (field.kind) {
    case 'list':
      return field.item;
    case 'map':
      return field.value;
    case 'group':
      return field.fields.get(String(step));
    case 'variants': {
      const group = variantOf(field, value) ?? [...field.variants.values()][0];
      return group.fields.get(String(step));
    }
    default:
      return undefined;
  }
}

/** The field at a path of the model, variants chosen by what the value says. */
export function fieldAt(
  model: Field,
  path: FieldPath,
  document: unknown,
): Field | undefined {
  let field: Field | undefined = model;
  path.forEach((step, depth) => {
    field =
      field && stepInto(field, step, valueAt(document, path.slice(0, depth)));
  });
  return field;
}
