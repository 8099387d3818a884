import { Field, GroupField } from '../schema/fieldModel';

/** A field that has to be a group of fields. */
export function asGroup(field: Field | undefined): GroupField {
  if (field?.kind === 'group') return field;
  throw new Error(
    `The reference expects a group of fields, not ${field?.kind ?? 'nothing'}.`,
  );
}
