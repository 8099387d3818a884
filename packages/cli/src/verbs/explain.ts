import { z } from 'zod';
import {
  Audience,
  describeLimits,
  Field,
  nearestName,
  Reason,
  reasons,
  specModel,
} from '@understage/plugin-paas-common';
import { CliFailure, exitCodes } from '../exitCodes';
import { outputFormats, printStructured } from '../output/structured';
import { defineVerb, VerbContext } from '../Verb';

type VariantsField = Extract<Field, { readonly kind: 'variants' }>;

const audiences: Readonly<Record<Audience, string>> = {
  nobody: 'nothing to do',
  waiting: 'nothing to do: it passes by itself',
  user: 'something for you to do',
  platform: 'something for the platform team to do',
  intended: 'nothing to do: it was asked for',
};

function isReason(text: string): text is Reason {
  return Object.hasOwn(reasons, text);
}

type Below = ReadonlyMap<string, { field: Field; types: readonly string[] }>;

/** The fields of every variant, each with the types that have it; what all of them have need not be said of each. */
function fieldsOfVariants({ variants }: VariantsField): Below {
  const types = new Map<string, string[]>();
  const fields = new Map<string, Field>();
  for (const [type, group] of variants) {
    for (const [name, field] of group.fields) {
      types.set(name, [...(types.get(name) ?? []), type]);
      if (!fields.has(name)) fields.set(name, field);
    }
  }
  return new Map(
    [...fields].map(([name, field]) => {
      const having = types.get(name) ?? [];
      const all = having.length === variants.size;
      return [name, { field, types: all ? [] : having }];
    }),
  );
}

/** The fields directly below a field, through lists and variants; with the types that a variant's field belongs to. */
function fieldsBelow(field: Field): Below {
  switch (field.kind) {
    case 'list':
      return fieldsBelow(field.item);
    case 'group':
      return new Map(
        [...field.fields].map(([name, each]) => [
          name,
          { field: each, types: [] },
        ]),
      );
    case 'either':
      return new Map(field.options.flatMap(each => [...fieldsBelow(each)]));
    case 'variants':
      return fieldsOfVariants(field);
    default:
      return new Map();
  }
}

/** What `paas explain` tells about one field. */
interface Explained {
  readonly path: string;
  readonly description?: string;
  readonly allowed: string;
  readonly default?: unknown;
  readonly types: readonly string[];
  readonly fields: readonly {
    readonly name: string;
    readonly description?: string;
    readonly types: readonly string[];
  }[];
}

/** `spec.components[0].ports` and `components.ports` are the same question. */
function segmentsOf(topic: string): string[] {
  return topic
    .replace(/\[\d*\]/g, '')
    .split('.')
    .filter(segment => segment !== '' && segment !== 'spec');
}

/** The field of a path, or the sentence with the nearest name at the first segment that does not exist. */
function explainField(topic: string): Explained | string {
  let field = specModel();
  let types: readonly string[] = [];
  const walked = ['spec'];
  for (const segment of segmentsOf(topic)) {
    const below = fieldsBelow(field);
    const next = below.get(segment);
    if (!next) {
      const near = nearestName(segment, below.keys());
      const path = walked.join('.');
      return near === undefined
        ? `${path} has no field "${segment}"; it has ${
            [...below.keys()].join(', ') || 'none'
          }.`
        : `${path} has no field "${segment}": did you mean ${near}?`;
    }
    walked.push(segment);
    ({ field, types } = next);
  }
  return {
    path: walked.join('.'),
    ...(field.description === undefined
      ? {}
      : { description: field.description }),
    allowed: describeLimits(field),
    ...(field.fallback === undefined ? {} : { default: field.fallback }),
    types,
    fields: [...fieldsBelow(field)].map(([name, each]) => ({
      name,
      ...(each.field.description === undefined
        ? {}
        : { description: each.field.description }),
      types: each.types,
    })),
  };
}

function printField(explained: Explained, { out }: VerbContext): void {
  out.line({ text: explained.path, tone: 'strong' });
  if (explained.description) out.line(explained.description);
  out.line();
  if (explained.types.length > 0) {
    out.line(`for      ${explained.types.join(', ')}`);
  }
  out.line(`allowed  ${explained.allowed}`);
  if (explained.default !== undefined) {
    out.line(`default  ${JSON.stringify(explained.default)}`);
  }
  if (explained.fields.length === 0) return;
  out.line();
  out.table(
    ['FIELD', 'FOR', 'MEANING'],
    explained.fields.map(({ name, types, description }) => [
      name,
      types.length === 0 ? '-' : types.join(', '),
      description ?? '',
    ]),
  );
}

function printReason(reason: Reason, { out }: VerbContext): void {
  const { audience, sentence } = reasons[reason];
  out.line({ text: reason, tone: 'strong' });
  out.line(sentence);
  out.line({ text: audiences[audience], tone: 'quiet' });
}

function printReasons({ out }: VerbContext): void {
  out.table(
    ['REASON', 'FOR', 'MEANING'],
    Object.entries(reasons).map(([reason, { audience, sentence }]) => [
      reason,
      audience,
      sentence,
    ]),
  );
}

export const explain = defineVerb({
  name: 'explain',
  operands: [
    {
      syntax: '[topic]',
      help: 'field (components.ports), reason, or "reasons"',
    },
  ],
  summary: 'Explain a field of an Application, or a reason',
  examples: [
    ['paas explain components.ports', 'A field'],
    ['paas explain Unschedulable', 'A reason, as status shows it'],
    ['paas explain reasons', 'Every reason'],
  ],
  options: [
    {
      flags: '-o, --output <format>',
      help: 'how to print',
      choices: outputFormats,
      fallback: 'table',
    },
  ],
  schema: z.object({ output: z.enum(outputFormats) }),
  async run(context, { operands: [topic = ''], options }) {
    if (topic === 'reasons') {
      if (!printStructured(context.out, options.output, reasons)) {
        printReasons(context);
      }
      return exitCodes.done;
    }
    const reason =
      Object.keys(reasons).find(
        each => each.toLowerCase() === topic.toLowerCase(),
      ) ?? '';
    if (isReason(reason)) {
      const report = { reason, ...reasons[reason] };
      if (!printStructured(context.out, options.output, report)) {
        printReason(reason, context);
      }
      return exitCodes.done;
    }
    const explained = explainField(topic);
    if (typeof explained === 'string') {
      const near = nearestName(topic, Object.keys(reasons));
      throw new CliFailure(
        exitCodes.problem,
        near === undefined
          ? explained
          : `${explained} There is also the reason ${near}.`,
      );
    }
    if (!printStructured(context.out, options.output, explained)) {
      printField(explained, context);
    }
    return exitCodes.done;
  },
});
