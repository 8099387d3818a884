import yaml from 'js-yaml';
import { z } from 'zod';
import { KubeObject, unrollLists } from '@understage/plugin-paas-common';
import { ChartProblem } from './ChartProblem';
import { plainLine } from './plainText';

/**
 * Helm and kubectl read YAML 1.1: `mode: 0644` is octal and `yes` is true. A YAML 1.2 reader would silently give a file
 * the wrong mode. Times stay text, as JSON has none.
 */
const octal = /^[-+]?0[0-7_]+$/;
const integer = /^[-+]?(?:0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|0o[0-7_]+|0b[01_]+)$/;
const words: ReadonlyMap<string, boolean> = new Map([
  ...['yes', 'Yes', 'YES', 'on', 'On', 'ON', 'true', 'True', 'TRUE'].map(
    word => [word, true] as const,
  ),
  ...['no', 'No', 'NO', 'off', 'Off', 'OFF', 'false', 'False', 'FALSE'].map(
    word => [word, false] as const,
  ),
]);

function toInteger(text: string): number {
  const clean = text.replace(/_/g, '');
  const negative = clean.startsWith('-');
  const digits = clean.replace(/^[-+]/, '');
  const value = octal.test(digits)
    ? Number.parseInt(digits, 8)
    : Number(digits);
  return negative ? -value : value;
}

const kubernetesYaml = yaml.DEFAULT_SCHEMA.extend({
  implicit: [
    new yaml.Type('tag:yaml.org,2002:int', {
      kind: 'scalar',
      resolve: (text: unknown) =>
        typeof text === 'string' && (octal.test(text) || integer.test(text)),
      construct: (text: unknown) => toInteger(String(text)),
    }),
    new yaml.Type('tag:yaml.org,2002:bool', {
      kind: 'scalar',
      resolve: (text: unknown) => typeof text === 'string' && words.has(text),
      construct: (text: unknown) => words.get(String(text)) === true,
    }),
    new yaml.Type('tag:yaml.org,2002:timestamp', {
      kind: 'scalar',
      resolve: () => false,
    }),
  ],
});

const maxNodes = 500_000;
const maxDepth = 100;

/**
 * A copy made of JSON values only. Aliases are written out, and counted: ten lines of YAML can stand for a billion
 * nodes.
 */
function asJson(root: unknown): unknown {
  let nodes = 0;
  const copy = (value: unknown, depth: number): unknown => {
    nodes += 1;
    if (nodes > maxNodes || depth > maxDepth) {
      throw new ChartProblem(
        'ChartFailed',
        `The chart renders a document of more than ${maxNodes} values or ${maxDepth} levels.`,
      );
    }
    if (Array.isArray(value)) return value.map(item => copy(item, depth + 1));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, copy(item, depth + 1)]),
    );
  };
  return copy(root, 0);
}

const objectShape = z.looseObject({
  apiVersion: z.string().min(1),
  kind: z.string().min(1),
  metadata: z.looseObject({
    name: z.string().min(1),
    namespace: z.string().optional(),
    labels: z.record(z.string(), z.string()).nullish(),
    annotations: z.record(z.string(), z.string()).nullish(),
  }),
});

/** `labels:` without a value is null in YAML; Kubernetes takes it as absent. */
function withoutNulls(object: z.output<typeof objectShape>): KubeObject {
  const { labels, annotations, ...metadata } = object.metadata;
  return {
    ...object,
    metadata: {
      ...metadata,
      ...(labels ? { labels } : {}),
      ...(annotations ? { annotations } : {}),
    },
  };
}

function toObject(
  document: unknown,
  { position, item }: { readonly position: number; readonly item?: number },
): KubeObject {
  const parsed = objectShape.safeParse(document);
  if (parsed.success) return withoutNulls(parsed.data);
  const place =
    item === undefined
      ? `Document ${position}`
      : `Item ${item} of document ${position}`;
  const issue = parsed.error.issues[0];
  const kind =
    typeof document === 'object' && document !== null && 'kind' in document
      ? ` (${plainLine(String(document.kind), 60)})`
      : '';
  const why =
    kind === ' (List)'
      ? 'its items are no list of objects, or lists in lists in lists'
      : `${issue.path.join('.') || 'document'}: ${issue.message}`;
  throw new ChartProblem(
    'ChartFailed',
    `${place}${kind} of the rendered chart is not a Kubernetes object: ${why}.`,
  );
}

/** The objects of one document; those of a list are taken as if they stood alone, as helm does. */
function objectsOf(document: unknown, position: number): KubeObject[] {
  const items = unrollLists(document);
  return items[0] === document
    ? [toObject(document, { position })]
    : items.map((item, index) => toObject(item, { position, item: index + 1 }));
}

/** The objects in `helm template`'s output, in its order; empty documents are skipped. */
export function parseManifests(text: string): KubeObject[] {
  let documents: unknown[];
  try {
    documents = yaml.loadAll(text, null, { schema: kubernetesYaml });
  } catch (cause) {
    throw new ChartProblem(
      'ChartFailed',
      `The rendered chart is not YAML: ${plainLine(
        cause instanceof Error ? cause.message : String(cause),
        200,
      )}`,
      { cause },
    );
  }
  return documents
    .filter(document => document !== null && document !== undefined)
    .flatMap((document, index) => objectsOf(asJson(document), index + 1));
}
