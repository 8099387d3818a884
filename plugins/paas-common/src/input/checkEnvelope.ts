import {
  Application,
  APPLICATION_API_VERSION,
  APPLICATION_SHORT_API_VERSION,
} from '../schema/Application';
import { dnsLabel } from '../schema/fieldTypes';
import { describeValue, quoteValue, shorten } from './describeValue';
import { FieldPath, fieldLabel, formatPath, valueAt } from './fieldPath';
import { Finding } from './finding';
import { applicationWords, KindWords } from './kindWords';
import { explainForeignLetter } from './lookalikes';
import { nearestName } from './nearestName';

const topFields = ['apiVersion', 'kind', 'metadata', 'spec', 'status'];
// Both kinds are of one group, version and short form.
const accepted = `\`${APPLICATION_SHORT_API_VERSION}\` or \`${APPLICATION_API_VERSION}\``;

function didYouMean(suggestion: string | undefined): string {
  return suggestion === undefined ? '' : ` Did you mean \`${suggestion}\`?`;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What makes a document something other than an Application; then the rest of it need not be looked at. */
export function findOtherKind(
  document: unknown,
  words: KindWords = applicationWords,
): Finding | undefined {
  if (!isMap(document)) {
    return {
      path: [],
      found: quoteValue(document),
      message: `The document is ${describeValue(document)}; ${
        words.one
      } is a map with apiVersion, kind, metadata and spec.`,
    };
  }
  const { kind, apiVersion } = document;
  if (kind === words.kind) return findOtherGroup(apiVersion, words);
  const isMeant =
    typeof kind !== 'string' || nearestName(kind, [words.kind]) !== undefined;
  if (isMeant) return undefined;
  const version =
    typeof apiVersion === 'string' ? `${shorten(apiVersion)} ` : '';
  return {
    path: ['kind'],
    found: shorten(kind),
    allowed: words.kind,
    message: `This is a ${version}${shorten(kind)}, not ${words.one} (\`kind: ${
      words.kind
    }\`). Keep other kinds in files of their own.`,
  };
}

/** Argo CD and others have a kind of that name too. */
function findOtherGroup(
  apiVersion: unknown,
  words: KindWords,
): Finding | undefined {
  const group =
    typeof apiVersion === 'string' && /^([^/]+\.[^/]+)\//.exec(apiVersion)?.[1];
  if (!group || group === APPLICATION_API_VERSION.split('/')[0]) {
    return undefined;
  }
  return {
    path: ['apiVersion'],
    found: quoteValue(apiVersion),
    allowed: accepted,
    message: `This is ${words.one} of ${shorten(
      group,
    )}, not of Understage (${accepted}). Keep other kinds in files of their own.`,
  };
}

function checkApiVersion(value: unknown, words: KindWords): readonly Finding[] {
  if (
    value === APPLICATION_API_VERSION ||
    value === APPLICATION_SHORT_API_VERSION
  )
    return [];
  const path = ['apiVersion'];
  if (value === undefined)
    return [
      {
        path,
        allowed: accepted,
        message: `\`apiVersion\` is missing: write \`apiVersion: ${APPLICATION_SHORT_API_VERSION}\`.`,
      },
    ];
  return [
    {
      path,
      found: quoteValue(value),
      allowed: accepted,
      suggestion: APPLICATION_SHORT_API_VERSION,
      message: `\`apiVersion\` is ${describeValue(value)}; ${
        words.one
      } has ${accepted}.`,
    },
  ];
}

function checkKind(value: unknown, { kind }: KindWords): readonly Finding[] {
  if (value === kind) return [];
  const path = ['kind'];
  if (value === undefined)
    return [
      {
        path,
        allowed: kind,
        message: `\`kind\` is missing: write \`kind: ${kind}\`.`,
      },
    ];
  return [
    {
      path,
      found: quoteValue(value),
      allowed: kind,
      suggestion: kind,
      message: `\`kind\` is ${describeValue(value)}. Did you mean \`${kind}\`?`,
    },
  ];
}

function checkTopFields(
  document: Readonly<Record<string, unknown>>,
  words: KindWords,
): readonly Finding[] {
  return Object.keys(document)
    .filter(name => !topFields.includes(name))
    .map(name => {
      const suggestion = nearestName(name, topFields);
      const end =
        suggestion === undefined
          ? `${words.one} has apiVersion, kind, metadata and spec.`
          : `did you mean \`${suggestion}\`?`;
      return {
        path: [name],
        part: 'key' as const,
        found: shorten(name),
        message: `Unknown field \`${shorten(name)}\`: ${end}`,
        ...(suggestion !== undefined && { suggestion }),
      };
    });
}

function checkLabel(value: unknown, path: FieldPath): readonly Finding[] {
  const label = formatPath(path);
  const allowed =
    'lower-case letters, digits and -, starting and ending with a letter or digit, at most 63';
  if (typeof value !== 'string')
    return [
      {
        path,
        found: quoteValue(value),
        allowed,
        message: `\`${label}\` is ${describeValue(
          value,
        )}; it has to be ${allowed}.`,
      },
    ];
  if (dnsLabel.safeParse(value).success) return [];
  if (value.length > 63)
    return [
      {
        path,
        found: shorten(value),
        allowed,
        message: `\`${label}\` is ${value.length} characters long; at most 63 are allowed.`,
      },
    ];
  const lower = value.toLowerCase().replace(/[_. ]+/g, '-');
  const suggestion = dnsLabel.safeParse(lower).success ? lower : undefined;
  const foreign = explainForeignLetter(value);
  const shown = value === '' ? 'empty text' : `"${shorten(value)}"`;
  return [
    {
      path,
      found: shorten(value),
      allowed,
      ...(suggestion !== undefined && { suggestion }),
      message: `\`${label}\` is ${shown}; it has to be ${allowed}.${
        foreign === undefined ? '' : ` ${foreign}`
      }${didYouMean(suggestion)}`,
    },
  ];
}

function checkName(
  metadata: Readonly<Record<string, unknown>>,
  words: KindWords,
): readonly Finding[] {
  const path = ['metadata', 'name'];
  if (metadata.name !== undefined) return checkLabel(metadata.name, path);
  if (metadata.generateName !== undefined)
    return [
      {
        path: ['metadata', 'generateName'],
        part: 'key',
        message: `\`metadata.generateName\` does not work for ${words.one}, whose name is part of the names of everything below it: write \`metadata.name\`.`,
      },
    ];
  return [
    {
      path,
      message: `\`metadata.name\` is missing: ${words.it} needs a name.`,
    },
  ];
}

function checkTexts(
  metadata: Readonly<Record<string, unknown>>,
  field: 'labels' | 'annotations',
): readonly Finding[] {
  const texts = metadata[field];
  const path = ['metadata', field];
  if (texts === undefined || texts === null) return [];
  if (!isMap(texts))
    return [
      {
        path,
        found: quoteValue(texts),
        message: `\`metadata.${field}\` is ${describeValue(
          texts,
        )}; it has to be a map of texts.`,
      },
    ];
  return Object.entries(texts).flatMap(([name, value]): Finding[] => {
    if (typeof value === 'string') return [];
    const quote =
      value === null || typeof value === 'object'
        ? ''
        : ` Quote it: "${String(value)}".`;
    return [
      {
        path: [...path, name],
        found: quoteValue(value),
        message: `\`${fieldLabel([name])}\` is ${describeValue(
          value,
        )}; ${field} are text.${quote}`,
      },
    ];
  });
}

function checkNamespace(
  namespace: unknown,
  words: KindWords,
): readonly Finding[] {
  const path = ['metadata', 'namespace'];
  if (namespace === undefined) return [];
  if (words.namespaced) return checkLabel(namespace, path);
  return [
    {
      path,
      part: 'key',
      found: quoteValue(namespace),
      message: `${words.one[0].toUpperCase()}${words.one.slice(
        1,
      )} belongs to no namespace, it makes some: leave \`metadata.namespace\` out.`,
    },
  ];
}

function checkMetadata(
  metadata: unknown,
  words: KindWords,
): readonly Finding[] {
  if (metadata === undefined)
    return [
      {
        path: ['metadata'],
        message:
          '`metadata` is missing: write at least `metadata: { name: ... }`.',
      },
    ];
  if (!isMap(metadata))
    return [
      {
        path: ['metadata'],
        found: quoteValue(metadata),
        message: `\`metadata\` is ${describeValue(
          metadata,
        )}; it has to be a map with at least a \`name\`.`,
      },
    ];
  return [
    ...checkName(metadata, words),
    ...checkNamespace(metadata.namespace, words),
    ...checkTexts(metadata, 'labels'),
    ...checkTexts(metadata, 'annotations'),
  ];
}

/** Everything wrong around the `spec`: version, kind, metadata, fields beside them. */
export function checkEnvelope(
  document: Readonly<Record<string, unknown>>,
  words: KindWords = applicationWords,
): readonly Finding[] {
  const spec: readonly Finding[] =
    document.spec === undefined
      ? [
          {
            path: ['spec'],
            allowed: `a map with the fields of ${words.one}, ${words.specFields}`,
            message: `\`spec\` is missing: it ${words.specDoes}.`,
          },
        ]
      : [];
  return [
    ...checkApiVersion(document.apiVersion, words),
    ...checkKind(document.kind, words),
    ...checkTopFields(document, words),
    ...checkMetadata(document.metadata, words),
    ...spec,
  ];
}

function textsOf(value: unknown): Readonly<Record<string, string>> | undefined {
  if (!isMap(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

/** The metadata that we use, from a document without findings. Fields of no use to us are left out. */
export function readMetadata(document: unknown): Application['metadata'] {
  const text = (name: string) => {
    const value = valueAt(document, ['metadata', name]);
    return typeof value === 'string' ? { [name]: value } : {};
  };
  const texts = (name: string) => {
    const value = textsOf(valueAt(document, ['metadata', name]));
    return value ? { [name]: value } : {};
  };
  const name = valueAt(document, ['metadata', 'name']);
  const generation = valueAt(document, ['metadata', 'generation']);
  return {
    name: typeof name === 'string' ? name : '',
    ...text('namespace'),
    ...text('uid'),
    ...text('resourceVersion'),
    ...(typeof generation === 'number' && { generation }),
    ...texts('labels'),
    ...texts('annotations'),
    ...text('creationTimestamp'),
    ...text('deletionTimestamp'),
  };
}
