import { listNames } from '../input/describeValue';
import { Field, GroupField, VariantsField } from '../schema/fieldModel';

/** A rule in CEL, as it stands in a CRD. */
export interface CelRule {
  readonly rule: string;
  readonly message: string;
}

interface Flat {
  readonly group: GroupField;
  readonly rules: readonly CelRule[];
}

interface Owned {
  readonly name: string;
  readonly field: Field;
  readonly types: readonly string[];
  /** Types that can not do without it. */
  readonly needs: readonly string[];
}

function withoutWords(field: Field): string {
  return JSON.stringify(field, (key, value: unknown) => {
    if (key === 'description') return undefined;
    return value instanceof Map ? [...value] : value;
  });
}

function collect(field: VariantsField, path: string): readonly Owned[] {
  const found = new Map<string, Owned>();
  for (const [type, group] of field.variants) {
    for (const [name, inner] of group.fields) {
      const known = found.get(name);
      if (
        known &&
        name !== field.discriminator &&
        withoutWords(known.field) !== withoutWords(inner)
      ) {
        throw new Error(
          `\`${name}\` of ${path} differs between ${known.types.join(
            ', ',
          )} and ${type}: one CRD can not hold both.`,
        );
      }
      const needs = group.required.includes(name) ? [type] : [];
      found.set(name, {
        name,
        field: known?.field ?? inner,
        types: [...(known?.types ?? []), type],
        needs: [...(known?.needs ?? []), ...needs],
      });
    }
  }
  return [...found.values()];
}

function quoted(types: readonly string[]): string {
  return `[${types.map(type => `'${type}'`).join(', ')}]`;
}

function ownershipRules(
  owned: readonly Owned[],
  discriminator: string,
): readonly CelRule[] {
  const byTypes = new Map<string, Owned[]>();
  for (const each of owned) {
    const key = quoted(each.types);
    byTypes.set(key, [...(byTypes.get(key) ?? []), each]);
  }
  return [...byTypes].map(([types, fields]) => ({
    rule: `self.${discriminator} in ${types} || !(${fields
      .map(({ name }) => `has(self.${name})`)
      .join(' || ')})`,
    message: `${listNames(
      fields.map(({ name }) => name),
    )} can only stand in ${listNames(fields[0].types, 'or')}`,
  }));
}

function needRules(
  owned: readonly Owned[],
  discriminator: string,
): readonly CelRule[] {
  return owned.flatMap(({ name, needs }) =>
    needs.map(type => ({
      rule: `self.${discriminator} != '${type}' || has(self.${name})`,
      message: `a ${type} needs ${name}`,
    })),
  );
}

/**
 * A default of some types would be filled in for all of them, and then be an unknown field of the others: it is said in
 * the description instead, and filled in by whoever reads the resource.
 */
function partial({ field, types }: Owned): Field {
  const { fallback, ...rest } = field;
  const only = `Only for ${listNames(types)}.`;
  const filled =
    fallback === undefined ? '' : ` Default: ${JSON.stringify(fallback)}.`;
  return {
    ...rest,
    description: `${rest.description ?? ''} ${only}${filled}`.trim(),
  };
}

function discriminatorField(field: VariantsField): Field {
  const types = [...field.variants].map(
    ([type, group]) =>
      `${type}: ${group.fields.get(field.discriminator)?.description ?? ''}`,
  );
  return {
    kind: 'text',
    patterns: [],
    values: [...field.variants.keys()],
    description: types.join(' '),
    kubernetes: {},
  };
}

/** The variants of a group in one: Kubernetes knows no `oneOf` with different fields, so rules say which type has which. */
export function flattenVariants(field: VariantsField, path: string): Flat {
  const owned = collect(field, path);
  const count = field.variants.size;
  const shared = owned.filter(({ types }) => types.length === count);
  const own = owned.filter(({ types }) => types.length < count);
  const fields = owned.map((each): [string, Field] => {
    if (each.name === field.discriminator)
      return [each.name, discriminatorField(field)];
    return [
      each.name,
      each.types.length === count ? each.field : partial(each),
    ];
  });
  const required = shared
    .filter(({ needs }) => needs.length === count)
    .map(({ name }) => name);
  return {
    group: { kind: 'group', fields: new Map(fields), required, kubernetes: {} },
    rules: [
      ...ownershipRules(own, field.discriminator),
      ...needRules(own, field.discriminator),
    ],
  };
}
