import {
  EitherField,
  Field,
  GroupField,
  ListField,
  MapField,
  NumberField,
  TextField,
  VariantsField,
} from '../schema/fieldModel';
import { flattenVariants } from './flattenVariants';

/** A node of a Kubernetes structural schema, as it stands in a CRD. */
export interface StructuralSchema {
  readonly [keyword: string]: unknown;
}

const preserve = { 'x-kubernetes-preserve-unknown-fields': true };

/** What `kubectl explain` prints. */
function describe({ description, allowed }: Field): StructuralSchema {
  const words = [description, allowed && `Allowed: ${allowed}.`];
  const all = words.filter(Boolean).join(' ');
  return all === '' ? {} : { description: all };
}

function common(field: Field): StructuralSchema {
  return {
    ...describe(field),
    ...(field.fallback === undefined ? {} : { default: field.fallback }),
    ...field.kubernetes,
  };
}

function patterns(found: readonly string[], path: string): StructuralSchema {
  const foreign = found.find(pattern =>
    /\(\?[=!<]|\\[1-9]|\\p\{/.test(pattern),
  );
  if (foreign !== undefined) {
    throw new Error(
      `The pattern ${foreign} of ${path} can not stand in a CRD: the API server knows no look-around, back references and Unicode classes.`,
    );
  }
  if (found.length < 2) return found.length === 0 ? {} : { pattern: found[0] };
  return { allOf: found.map(pattern => ({ pattern })) };
}

function text(field: TextField, path: string): StructuralSchema {
  const { minLength, maxLength, values } = field;
  return {
    ...common(field),
    type: 'string',
    ...(minLength === undefined ? {} : { minLength }),
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(values === undefined ? {} : { enum: values }),
    ...patterns(field.patterns, path),
  };
}

function number(field: NumberField): StructuralSchema {
  const { minimum, maximum, whole } = field;
  return {
    ...common(field),
    type: whole ? 'integer' : 'number',
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
  };
}

function list(field: ListField, path: string): StructuralSchema {
  const { minItems, maxItems, item } = field;
  return {
    ...common(field),
    type: 'array',
    ...(minItems === undefined ? {} : { minItems }),
    ...(maxItems === undefined ? {} : { maxItems }),
    items: structuralSchema(item, `${path}[]`),
  };
}

function group(field: GroupField, path: string): StructuralSchema {
  const properties = [...field.fields].map(([name, inner]) => [
    name,
    structuralSchema(inner, `${path}.${name}`),
  ]);
  return {
    ...common(field),
    type: 'object',
    ...(field.required.length === 0 ? {} : { required: field.required }),
    properties: Object.fromEntries(properties),
  };
}

function map(field: MapField, path: string): StructuralSchema {
  const value =
    field.value.kind === 'anything'
      ? preserve
      : { additionalProperties: structuralSchema(field.value, `${path}.*`) };
  return { ...common(field), type: 'object', ...value };
}

function intOrString(field: EitherField, path: string): StructuralSchema {
  const words = field.options.find(
    (option): option is TextField => option.kind === 'text',
  );
  const others = field.options.filter(
    ({ kind }) => kind !== 'text' && kind !== 'number',
  );
  if (!words || others.length > 0) {
    throw new Error(
      `${path} says that it is a number or text, but has other forms.`,
    );
  }
  return {
    ...common(field),
    anyOf: [{ type: 'integer' }, { type: 'string' }],
    ...(words.maxLength === undefined ? {} : { maxLength: words.maxLength }),
    ...patterns(words.patterns, path),
  };
}

function either(field: EitherField, path: string): StructuralSchema {
  if (field.kubernetes['x-kubernetes-int-or-string'] === true)
    return intOrString(field, path);
  const kinds = field.options
    .map(({ kind }) => kind)
    .sort()
    .join(' or ');
  // A structural schema has one type a field. What has two is let in as it is and checked by the operator.
  if (kinds === 'group or text') return { ...common(field), ...preserve };
  throw new Error(`${path} can be ${kinds}, which a CRD can not express.`);
}

function variants(field: VariantsField, path: string): StructuralSchema {
  const { group: flat, rules } = flattenVariants(field, path);
  const own = field.kubernetes['x-kubernetes-validations'];
  return {
    ...group(flat, path),
    ...common(field),
    'x-kubernetes-validations': [...rules, ...(Array.isArray(own) ? own : [])],
  };
}

type Writers = {
  readonly [Kind in Field['kind']]: (
    field: Extract<Field, { kind: Kind }>,
    path: string,
  ) => StructuralSchema;
};

const writers: Writers = {
  text,
  number,
  list,
  group,
  map,
  either,
  variants,
  flag: field => ({ ...common(field), type: 'boolean' }),
  anything: field => ({ ...common(field), ...preserve }),
};

/** A field as a structural schema. Throws, naming the path, on what Kubernetes can not express. */
export function structuralSchema<Kind extends Field['kind']>(
  field: Extract<Field, { kind: Kind }>,
  path: string,
): StructuralSchema {
  const write: (
    field: Extract<Field, { kind: Kind }>,
    path: string,
  ) => StructuralSchema = writers[field.kind];
  return write(field, path);
}
