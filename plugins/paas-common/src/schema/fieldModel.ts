import { z } from 'zod';

/** What is said of a field of any kind. */
export interface FieldBase {
  readonly description?: string;
  /** What may stand there, in words, where the type alone does not say it. */
  readonly allowed?: string;
  /** The value when the field is left out. */
  readonly fallback?: unknown;
  /** `x-kubernetes-*` extensions, as they go into the CRD. */
  readonly kubernetes: Readonly<Record<string, unknown>>;
}

export interface TextField extends FieldBase {
  readonly kind: 'text';
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly patterns: readonly string[];
  /** Set when only these values are allowed. */
  readonly values?: readonly string[];
}
export interface NumberField extends FieldBase {
  readonly kind: 'number';
  readonly whole: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
}
export interface FlagField extends FieldBase {
  readonly kind: 'flag';
}
export interface ListField extends FieldBase {
  readonly kind: 'list';
  readonly item: Field;
  readonly minItems?: number;
  readonly maxItems?: number;
}
export interface GroupField extends FieldBase {
  readonly kind: 'group';
  readonly fields: ReadonlyMap<string, Field>;
  readonly required: readonly string[];
}
/** Free names, all values alike. */
export interface MapField extends FieldBase {
  readonly kind: 'map';
  readonly value: Field;
}
export interface AnythingField extends FieldBase {
  readonly kind: 'anything';
}
/** A group whose fields depend on the value of one of them. */
export interface VariantsField extends FieldBase {
  readonly kind: 'variants';
  readonly discriminator: string;
  readonly variants: ReadonlyMap<string, GroupField>;
}
/** One of several forms, such as a number or text. */
export interface EitherField extends FieldBase {
  readonly kind: 'either';
  readonly options: readonly Field[];
}

/**
 * One field of a resource: the closed vocabulary that problems, the CRD and the reference pages are written from. A zod
 * construct that it can not say is refused by `fieldModel`, so that nothing is dropped in silence.
 */
export type Field =
  | TextField
  | NumberField
  | FlagField
  | ListField
  | GroupField
  | MapField
  | AnythingField
  | VariantsField
  | EitherField;

type Node = z.core.JSONSchema.BaseSchema;

const annotations = ['$schema', 'description', 'allowed', 'default'];
const keywords: Readonly<
  Record<Exclude<Field['kind'], 'variants'>, readonly string[]>
> = {
  text: [
    'type',
    'minLength',
    'maxLength',
    'pattern',
    'allOf',
    'enum',
    'const',
    'format',
  ],
  number: ['type', 'minimum', 'maximum'],
  flag: ['type'],
  list: ['type', 'items', 'minItems', 'maxItems'],
  group: ['type', 'properties', 'required', 'additionalProperties'],
  map: ['type', 'propertyNames', 'additionalProperties'],
  anything: [],
  either: ['anyOf'],
};

function asNode(node: z.core.JSONSchema._JSONSchema | undefined): Node {
  if (typeof node === 'object') return node;
  throw new Error(
    `The schema has a part that is ${String(node)}; a field needs a type.`,
  );
}

function baseOf(node: Node): FieldBase {
  const kubernetes = Object.fromEntries(
    Object.entries(node).filter(([key]) => key.startsWith('x-kubernetes-')),
  );
  const { description, allowed } = node;
  return {
    ...(description === undefined ? {} : { description }),
    ...(typeof allowed === 'string' ? { allowed } : {}),
    ...(node.default === undefined ? {} : { fallback: node.default }),
    kubernetes,
  };
}

function refuseOthers(node: Node, kind: keyof typeof keywords, path: string) {
  const known = [...annotations, ...keywords[kind]];
  const strange = Object.keys(node).filter(
    key => !known.includes(key) && !key.startsWith('x-kubernetes-'),
  );
  if (strange.length > 0) {
    throw new Error(
      `The schema of ${path} uses ${strange.join(
        ', ',
      )}, which neither the CRD nor the reference can express: say it with other zod constructs or teach schema/fieldModel.ts.`,
    );
  }
}

function patternsOf(node: Node): readonly string[] {
  const all = [node, ...(node.allOf ?? []).map(asNode)];
  return all.flatMap(part =>
    part.pattern === undefined ? [] : [part.pattern],
  );
}

function textField(node: Node, path: string): TextField {
  refuseOthers(node, 'text', path);
  const values =
    typeof node.const === 'string' ? [node.const] : node.enum?.map(String);
  return {
    ...baseOf(node),
    kind: 'text',
    patterns: patternsOf(node),
    ...(node.minLength === undefined ? {} : { minLength: node.minLength }),
    ...(node.maxLength === undefined ? {} : { maxLength: node.maxLength }),
    ...(values === undefined ? {} : { values }),
  };
}

function bound(value: number | undefined): number | undefined {
  // zod writes the safe-integer range when none was given; that says nothing to a reader.
  return value === undefined || Math.abs(value) === Number.MAX_SAFE_INTEGER
    ? undefined
    : value;
}

function numberField(node: Node, path: string): NumberField {
  refuseOthers(node, 'number', path);
  const minimum = bound(node.minimum);
  const maximum = bound(node.maximum);
  return {
    ...baseOf(node),
    kind: 'number',
    whole: node.type === 'integer',
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
  };
}

function listField(node: Node, path: string): ListField {
  refuseOthers(node, 'list', path);
  if (Array.isArray(node.items))
    throw new Error(
      `The schema of ${path} is a tuple, which Kubernetes does not know.`,
    );
  return {
    ...baseOf(node),
    kind: 'list',
    item: readField(asNode(node.items), `${path}[]`),
    ...(node.minItems === undefined ? {} : { minItems: node.minItems }),
    ...(node.maxItems === undefined ? {} : { maxItems: node.maxItems }),
  };
}

function groupField(node: Node, path: string): GroupField | MapField {
  const { properties, additionalProperties } = node;
  if (properties === undefined) {
    refuseOthers(node, 'map', path);
    return {
      ...baseOf(node),
      kind: 'map',
      value: readField(asNode(additionalProperties ?? {}), `${path}.*`),
    };
  }
  refuseOthers(node, 'group', path);
  const fields = Object.entries(properties).map(
    ([name, field]): [string, Field] => [
      name,
      readField(asNode(field), `${path}.${name}`),
    ],
  );
  return {
    ...baseOf(node),
    kind: 'group',
    fields: new Map(fields),
    required: node.required ?? [],
  };
}

function literalOf(group: GroupField, name: string): string | undefined {
  const field = group.fields.get(name);
  return field?.kind === 'text' && field.values?.length === 1
    ? field.values[0]
    : undefined;
}

function variantsField(node: Node, path: string): VariantsField {
  const groups = (node.oneOf ?? []).map(option => {
    const group = readField(asNode(option), path);
    if (group.kind === 'group') return group;
    throw new Error(
      `A variant of ${path} is a ${group.kind}; only groups of fields can be told apart.`,
    );
  });
  const [first] = groups;
  const discriminator = [...first.fields.keys()].find(name =>
    groups.every(group => literalOf(group, name) !== undefined),
  );
  if (discriminator === undefined) {
    throw new Error(`The variants of ${path} have no literal to tell them by.`);
  }
  const variants = groups.map((group): [string, GroupField] => [
    literalOf(group, discriminator) ?? '',
    group,
  ]);
  return {
    ...baseOf(node),
    kind: 'variants',
    discriminator,
    variants: new Map(variants),
  };
}

const readers: Readonly<Record<string, (node: Node, path: string) => Field>> = {
  string: textField,
  number: numberField,
  integer: numberField,
  boolean: (node, path) => {
    refuseOthers(node, 'flag', path);
    return { ...baseOf(node), kind: 'flag' };
  },
  array: listField,
  object: groupField,
};

function readField(node: Node, path: string): Field {
  if (node.oneOf) return variantsField(node, path);
  if (node.anyOf) {
    refuseOthers(node, 'either', path);
    return {
      ...baseOf(node),
      kind: 'either',
      options: node.anyOf.map(option => readField(asNode(option), path)),
    };
  }
  if (node.type === undefined) {
    refuseOthers(node, 'anything', path);
    return { ...baseOf(node), kind: 'anything' };
  }
  const read = readers[String(node.type)];
  if (!read)
    throw new Error(
      `The schema of ${path} has the type ${node.type}, which Kubernetes does not know.`,
    );
  return read(node, path);
}

/** zod leaves out the default of what holds a transform, since it is given as output; ours are the same both ways. */
function keepDefault({
  zodSchema,
  jsonSchema,
}: {
  zodSchema: z.core.$ZodTypes;
  jsonSchema: Node;
}) {
  const { def } = zodSchema._zod;
  if (def.type === 'default') {
    jsonSchema.default = JSON.parse(JSON.stringify(def.defaultValue));
  }
}

/** The model of a zod schema as its users write it (before defaults and transforms). Throws on constructs that it can not say. */
export function fieldModel(schema: z.ZodType, path: string): Field {
  const node = z.toJSONSchema(schema, {
    io: 'input',
    reused: 'inline',
    cycles: 'throw',
    unrepresentable: 'throw',
    override: keepDefault,
  });
  return readField(node, path);
}
