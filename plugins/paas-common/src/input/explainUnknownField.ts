import { Field, GroupField } from '../schema/fieldModel';
import { listNames, quoteValue, shorten } from './describeValue';
import { variantOf } from './fieldAt';
import { FieldPath, valueAt } from './fieldPath';
import { Finding } from './finding';
import { adviseOnHabit } from './habits';
import { explainForeignLetter } from './lookalikes';
import { nearestName } from './nearestName';

interface UnknownField {
  /** Up to and with the unknown name. */
  readonly path: FieldPath;
  /** What should know the name. */
  readonly holder: Field;
  readonly document: unknown;
  /** The model of the whole document. */
  readonly model: Field;
}

function groupOf({
  holder,
  document,
  path,
}: UnknownField): GroupField | undefined {
  if (holder.kind === 'variants')
    return variantOf(holder, valueAt(document, path.slice(0, -1)));
  return holder.kind === 'group' ? holder : undefined;
}

/** A sentence when another type, or the top of the document, has a field of that name. */
function findOwner(unknown: UnknownField, name: string): string | undefined {
  const { holder, model, path, document } = unknown;
  if (holder.kind === 'variants') {
    const types = [...holder.variants]
      .filter(([, variant]) => variant.fields.has(name))
      .map(([type]) => type);
    const type = valueAt(document, [
      ...path.slice(0, -1),
      holder.discriminator,
    ]);
    if (types.length > 0)
      return `\`${name}\` is a field of ${listNames(
        types,
      )}, not of ${quoteValue(type)}.`;
  }
  const isElsewhere =
    path.length > 1 && model.kind === 'group' && model.fields.has(name);
  return isElsewhere
    ? `Unknown field \`${name}\`: it belongs to the application as a whole, not here. Move it up to \`spec\`.`
    : undefined;
}

/** What to do about a field that nothing here is called: the nearest name, the type that has it, or what replaces it. */
export function explainUnknownField(unknown: UnknownField): Finding {
  const { path } = unknown;
  const name = String(path[path.length - 1]);
  const shown = shorten(name);
  const names = [...(groupOf(unknown)?.fields.keys() ?? [])];
  const base = {
    path,
    part: 'key' as const,
    found: shown,
    allowed: listNames(names),
  };
  const owner = findOwner(unknown, name);
  if (owner) return { ...base, message: owner };
  const habit = adviseOnHabit(name);
  if (habit)
    return { ...base, message: `Unknown field \`${shown}\`. ${habit}` };
  const suggestion = nearestName(name, names);
  const foreign = explainForeignLetter(name);
  const end =
    suggestion === undefined
      ? `known here are ${listNames(names)}.`
      : `did you mean \`${suggestion}\`?`;
  return {
    ...base,
    ...(suggestion !== undefined && { suggestion }),
    message: `Unknown field \`${shown}\`: ${end}${
      foreign === undefined ? '' : ` ${foreign}`
    }`,
  };
}
