import type { z } from 'zod';
import { Field } from '../schema/fieldModel';
import { describeField } from './describeField';
import { describeValue, quoteValue, shorten } from './describeValue';
import { FieldPath, fieldLabel, valueAt } from './fieldPath';
import { Finding } from './finding';
import { explainUnknownField } from './explainUnknownField';
import { fieldAt } from './fieldAt';
import { explainForeignLetter, foldLookalikes } from './lookalikes';
import { nearestName } from './nearestName';

type Issue = z.core.$ZodIssue;

interface Place {
  readonly path: FieldPath;
  readonly field: Field;
  readonly value: unknown;
}

function didYouMean(suggestion: string | undefined): string {
  return suggestion === undefined ? '' : ` Did you mean \`${suggestion}\`?`;
}

function missing({ path, field }: Place): Finding {
  const allowed = describeField(field);
  return {
    path,
    allowed,
    message: `\`${fieldLabel(path)}\` is missing; it has to be ${allowed}.`,
  };
}

const yes = ['yes', 'on', 'y', 'true'];
const no = ['no', 'off', 'n', 'false'];

function adviseOnFlag(value: unknown): string {
  const word = String(value).toLowerCase();
  if (yes.includes(word)) return ' Write true.';
  return no.includes(word) ? ' Write false.' : '';
}

function adviseOnType(field: Field, value: unknown): string {
  if (field.kind === 'text' && ['number', 'boolean'].includes(typeof value))
    return ` Quote it: "${String(value)}".`;
  if (
    field.kind === 'number' &&
    typeof value === 'string' &&
    /^\d+$/.test(value)
  )
    return ` Leave off the quotes: ${value}.`;
  if (field.kind === 'flag') return adviseOnFlag(value);
  if (field.kind === 'list' && typeof value === 'object')
    return ' Begin each entry with "- ".';
  return '';
}

function wrongType(place: Place): Finding {
  const { path, field, value } = place;
  const allowed = describeField(field);
  const advice =
    value === null
      ? ' Give it a value or remove the line.'
      : adviseOnType(field, value);
  return {
    path,
    found: quoteValue(value),
    allowed,
    message: `\`${fieldLabel(path)}\` is ${describeValue(
      value,
    )}; it has to be ${allowed}.${advice}`,
  };
}

/** A DNS label made of a text, for suggestions. */
export function asName(text: string): string {
  return foldLookalikes(text)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

function mendText(field: Field, text: string): string | undefined {
  if (field.kind !== 'text') return undefined;
  const candidates = field.values
    ? [nearestName(text, field.values)]
    : [foldLookalikes(text).trim(), text.toLowerCase(), asName(text)];
  return candidates.find(
    candidate =>
      candidate !== undefined &&
      candidate !== '' &&
      candidate !== text &&
      candidate.length <= (field.maxLength ?? 0x7fffffff) &&
      field.patterns.every(pattern => new RegExp(pattern).test(candidate)),
  );
}

function wrongText({ path, field, value }: Place): Finding {
  const text = String(value);
  const allowed = describeField(field);
  const suggestion = text.length > 512 ? undefined : mendText(field, text);
  const foreign = explainForeignLetter(text.slice(0, 512));
  return {
    path,
    found: quoteValue(value),
    allowed,
    ...(suggestion !== undefined && { suggestion }),
    message: `\`${fieldLabel(path)}\` is "${shorten(
      text,
    )}"; it has to be ${allowed}.${foreign ? ` ${foreign}` : ''}${didYouMean(
      suggestion,
    )}`,
  };
}

function wrongLength({ path, field, value }: Place): Finding {
  const label = fieldLabel(path);
  const base = {
    path,
    found: quoteValue(value),
    allowed: describeField(field),
  };
  if (typeof value === 'string' && field.kind === 'text') {
    if (value === '')
      return {
        ...base,
        message: `\`${label}\` is empty text; it has to be ${describeField(
          field,
        )}.`,
      };
    return {
      ...base,
      message: `\`${label}\` is ${value.length} characters long; at most ${field.maxLength} are allowed.`,
    };
  }
  if (Array.isArray(value) && field.kind === 'list') {
    return value.length === 0
      ? {
          ...base,
          message: `\`${label}\` has no entries; at least ${field.minItems} is needed.`,
        }
      : {
          ...base,
          found: `${value.length} entries`,
          message: `\`${label}\` has ${value.length} entries; at most ${field.maxItems} are allowed.`,
        };
  }
  return wrongType({ path, field, value });
}

function explainValue(place: Place, issue: Issue): Finding {
  const { value, field } = place;
  if (value === undefined) return missing(place);
  if (issue.code === 'too_big' || issue.code === 'too_small')
    return wrongLength(place);
  const textual = field.kind === 'text' || field.kind === 'either';
  return typeof value === 'string' && value !== '' && textual
    ? wrongText(place)
    : wrongType(place);
}

/** What was parsed: its model, the value, and where the value stands in the whole document. */
export interface Parsed {
  readonly model: Field;
  readonly document: unknown;
  readonly base: FieldPath;
}

/** The field that a value stands for. A discriminator is known by its values in all variants. */
function fieldOf(issue: Issue, path: FieldPath, parsed: Parsed) {
  const field = fieldAt(parsed.model, path, parsed.document);
  if (issue.code !== 'invalid_union' || field?.kind !== 'text') return field;
  const parent = fieldAt(parsed.model, path.slice(0, -1), parsed.document);
  return parent?.kind === 'variants'
    ? { ...field, values: [...parent.variants.keys()] }
    : field;
}

/** What zod found, in our words, with paths from the top of the whole document. */
export function explainIssue(issue: Issue, parsed: Parsed): readonly Finding[] {
  const { document, base } = parsed;
  const inner = issue.path.map(step =>
    typeof step === 'symbol' ? String(step) : step,
  );
  const path = [...base, ...inner];
  const field = fieldOf(issue, inner, parsed);
  if (field === undefined) {
    return [{ path, message: `\`${fieldLabel(path)}\` can not stand here.` }];
  }
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(key => {
      const unknown = { ...parsed, holder: field, path: [...inner, key] };
      return { ...explainUnknownField(unknown), path: [...path, key] };
    });
  }
  return [
    explainValue({ path, field, value: valueAt(document, inner) }, issue),
  ];
}
