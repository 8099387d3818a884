import { Field, NumberField, TextField } from '../../schema/fieldModel';

/** Something that a field does not accept, and what is wrong with it. */
export interface WrongValue {
  readonly what: string;
  /** `undefined`: the field is left out. */
  readonly value: unknown;
}

function wrongTexts(field: TextField): readonly WrongValue[] {
  const { values, patterns, minLength = 0, maxLength } = field;
  const restricted = values !== undefined || patterns.length > 0;
  return [
    { what: 'a number', value: 42 },
    { what: 'a flag', value: true },
    ...(restricted || minLength > 0 ? [{ what: 'empty', value: '' }] : []),
    ...(restricted
      ? [
          { what: 'lines', value: 'two\nlines' },
          { what: 'unicode', value: 'frоntend' },
          { what: 'an emoji', value: '🚀' },
          { what: 'a control character', value: 'a\u0007' },
        ]
      : []),
    ...(maxLength === undefined
      ? []
      : [
          {
            what: `${maxLength + 1} characters`,
            value: 'a'.repeat(maxLength + 1),
          },
        ]),
  ];
}

function wrongNumbers({
  minimum,
  maximum,
}: NumberField): readonly WrongValue[] {
  return [
    { what: 'text', value: 'many' },
    { what: 'a number in quotes', value: '1' },
    { what: 'a flag', value: true },
    { what: 'a fraction', value: 1.5 },
    { what: 'a huge number', value: 1e300 },
    { what: 'no number', value: Number.NaN },
    { what: 'infinite', value: Number.POSITIVE_INFINITY },
    ...(minimum === undefined
      ? []
      : [
          { what: 'one too few', value: minimum - 1 },
          { what: 'negative', value: -70000 },
        ]),
    ...(maximum === undefined
      ? []
      : [{ what: 'one too many', value: maximum + 1 }]),
  ];
}

const wrongQuantities: readonly WrongValue[] = [
  { what: 'a flag', value: true },
  { what: 'empty', value: '' },
  { what: 'a number with an exponent', value: '1e9' },
  { what: 'a huge number', value: 1e300 },
  { what: 'a unit of its own', value: '3 gigs' },
  { what: 'negative', value: '-1' },
  { what: 'a negative number', value: -1 },
  { what: 'unicode', value: '１Gi' },
  { what: 'too much', value: '9000000Ei' },
];

const containers: readonly WrongValue[] = [
  { what: 'a list', value: ['x'] },
  { what: 'a map', value: { strange: 1 } },
];

function ofKind(field: Field): readonly WrongValue[] {
  switch (field.kind) {
    case 'text':
      return [...wrongTexts(field), ...containers];
    case 'number':
      return [...wrongNumbers(field), ...containers];
    case 'flag':
      return [
        { what: 'a word', value: 'yes' },
        { what: 'a number', value: 1 },
        ...containers,
      ];
    case 'list':
      return [
        { what: 'text', value: 'x' },
        { what: 'a map', value: { strange: 1 } },
        ...(field.minItems ? [{ what: 'empty', value: [] }] : []),
      ];
    case 'either':
      return field.kubernetes['x-kubernetes-int-or-string']
        ? [...wrongQuantities, ...containers]
        : [
            { what: 'a number', value: 5 },
            { what: 'a list', value: ['x'] },
          ];
    case 'anything':
      return [];
    default:
      return [
        { what: 'text', value: 'x' },
        { what: 'a number', value: 1 },
        { what: 'a list', value: ['x'] },
      ];
  }
}

/** Every way in which a field can be wrong by itself. */
export function wrongValues(
  field: Field,
  required: boolean,
): readonly WrongValue[] {
  if (field.kind === 'anything') return [];
  return [
    ...(required ? [{ what: 'missing', value: undefined }] : []),
    { what: 'null', value: null },
    ...ofKind(field),
  ];
}
