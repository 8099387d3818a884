import { z } from 'zod';
import { fieldModel } from '../schema/fieldModel';
import { applicationCrd } from './applicationCrd';
import { structuralSchema } from './structuralSchema';

function write(schema: z.ZodType) {
  return structuralSchema(fieldModel(schema, 'spec.x'), 'spec.x');
}

describe('a structural schema', () => {
  it('holds limits, defaults, descriptions and extensions', () => {
    const schema = z.strictObject({
      name: z
        .string()
        .min(1)
        .max(5)
        .regex(/^a/)
        .meta({ allowed: 'letters' })
        .describe('Its name.'),
      count: z.int().min(0).max(9).default(3),
      on: z.boolean().optional(),
      list: z
        .array(z.enum(['A', 'B']))
        .max(2)
        .meta({ 'x-kubernetes-list-type': 'atomic' })
        .default([]),
      free: z.record(z.string(), z.unknown()).default({}),
      texts: z.record(z.string(), z.string()).optional(),
    });
    expect(write(schema)).toEqual({
      type: 'object',
      required: ['name'],
      properties: {
        name: {
          type: 'string',
          description: 'Its name. Allowed: letters.',
          minLength: 1,
          maxLength: 5,
          pattern: '^a',
        },
        count: { type: 'integer', minimum: 0, maximum: 9, default: 3 },
        on: { type: 'boolean' },
        list: {
          type: 'array',
          maxItems: 2,
          default: [],
          'x-kubernetes-list-type': 'atomic',
          items: { type: 'string', enum: ['A', 'B'] },
        },
        free: {
          type: 'object',
          default: {},
          'x-kubernetes-preserve-unknown-fields': true,
        },
        texts: { type: 'object', additionalProperties: { type: 'string' } },
      },
    });
  });

  it('merges variants, and says in rules which type has which field', () => {
    const schema = z.discriminatedUnion('type', [
      z.strictObject({
        type: z.literal('Circle').describe('Round.'),
        name: z.string(),
        radius: z.int().min(1),
      }),
      z.strictObject({
        type: z.literal('Square').describe('Not round.'),
        name: z.string(),
        turned: z.boolean().default(false).describe('Tilted.'),
      }),
    ]);
    expect(write(schema)).toEqual({
      type: 'object',
      required: ['type', 'name'],
      properties: {
        type: {
          type: 'string',
          description: 'Circle: Round. Square: Not round.',
          enum: ['Circle', 'Square'],
        },
        name: { type: 'string' },
        radius: {
          type: 'integer',
          minimum: 1,
          description: 'Only for Circle.',
        },
        turned: {
          type: 'boolean',
          description: 'Tilted. Only for Square. Default: false.',
        },
      },
      'x-kubernetes-validations': [
        {
          rule: "self.type in ['Circle'] || !(has(self.radius))",
          message: 'radius can only stand in Circle',
        },
        {
          rule: "self.type in ['Square'] || !(has(self.turned))",
          message: 'turned can only stand in Square',
        },
        {
          rule: "self.type != 'Circle' || has(self.radius)",
          message: 'a Circle needs radius',
        },
      ],
    });
  });

  it.each<[string, z.ZodType, string]>([
    [
      'look-ahead',
      z.string().regex(/^(?=a)/),
      'The pattern ^(?=a) of spec.x can not stand in a CRD: the API server knows no look-around, back references and Unicode classes.',
    ],
    [
      'a tuple',
      z.tuple([z.string()]),
      'The schema of spec.x uses prefixItems, which neither the CRD nor the reference can express: say it with other zod constructs or teach schema/fieldModel.ts.',
    ],
    [
      'a multiple',
      z.int().multipleOf(2),
      'The schema of spec.x uses multipleOf, which neither the CRD nor the reference can express: say it with other zod constructs or teach schema/fieldModel.ts.',
    ],
    [
      'null',
      z.null(),
      'The schema of spec.x has the type null, which Kubernetes does not know.',
    ],
    [
      'text or a flag',
      z.union([z.string().max(3), z.boolean().meta({ allowed: 'x' })]),
      'spec.x can be flag or text, which a CRD can not express.',
    ],
    [
      'variants that disagree',
      z.discriminatedUnion('type', [
        z.strictObject({ type: z.literal('A'), x: z.string() }),
        z.strictObject({ type: z.literal('B'), x: z.int() }),
      ]),
      '`x` of spec.x differs between A and B: one CRD can not hold both.',
    ],
  ])('refuses %s', (_, schema, sentence) => {
    expect(() => write(schema)).toThrow(sentence);
  });
});

describe('the CRD of Application', () => {
  it('lets unknown fields in only where a schema can not speak: chart values and dependencies', () => {
    const open: string[] = [];
    const visit = (node: unknown, path: string) => {
      if (typeof node !== 'object' || node === null) return;
      if ('x-kubernetes-preserve-unknown-fields' in node) open.push(path);
      Object.entries(node).forEach(([key, value]) =>
        visit(value, `${path}/${key}`),
      );
    };
    const [version] = applicationCrd().spec.versions;
    visit(version.schema.openAPIV3Schema.properties.spec, '');
    expect(open).toEqual([
      '/properties/components/items/properties/values',
      '/properties/dependencies/items',
    ]);
  });
});
