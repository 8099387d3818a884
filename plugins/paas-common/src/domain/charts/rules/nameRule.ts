import { describeValue, shorten } from '../../../input/describeValue';
import { isRecord, recordAt } from '../../jsonValue';
import { KubeObject } from '../../kubernetes';
import {
  ANNOTATION_BYTES,
  wrongLabelValue,
  wrongObjectName,
  wrongQualifiedName,
} from '../../naming/objectNames';
import { ChartRule } from '../ChartRule';
import { listOf, textOf } from '../fields';
import { podTemplateOf } from '../podTemplates';

interface Place {
  readonly path: string;
  readonly metadata: unknown;
}

/** Everything in an object that carries labels and annotations. */
function placesOf(object: KubeObject): readonly Place[] {
  const template = podTemplateOf(object);
  const claims = listOf(recordAt(object, 'spec').volumeClaimTemplates);
  return [
    { path: 'metadata', metadata: object.metadata },
    ...(template === undefined
      ? []
      : [{ path: `${template.path}.metadata`, metadata: template.metadata }]),
    ...claims.map((claim, index) => ({
      path: `spec.volumeClaimTemplates[${index}].metadata`,
      metadata: recordAt(claim, 'metadata'),
    })),
  ];
}

function wrongEntry(
  path: string,
  key: string,
  value: unknown,
): string | undefined {
  const at = `${path} has the key "${shorten(key)}"`;
  const wrongKey = wrongQualifiedName(key);
  if (wrongKey !== undefined) {
    return `${at}, which Kubernetes does not accept: ${wrongKey}.`;
  }
  if (typeof value !== 'string') {
    return value === null
      ? undefined
      : `${path}.${key} is ${describeValue(
          value,
        )}, and has to be text: quote it in the chart or its values.`;
  }
  const wrong = path.endsWith('labels') ? wrongLabelValue(value) : undefined;
  return wrong === undefined
    ? undefined
    : `${path}.${key} is "${shorten(
        value,
      )}", which Kubernetes does not accept: ${wrong}.`;
}

function entries(place: Place, field: string): readonly string[] {
  const path = `${place.path}.${field}`;
  const value = recordAt(place, 'metadata')[field];
  if (value === undefined || value === null) {
    return [];
  }
  return isRecord(value)
    ? Object.entries(value).flatMap(
        ([key, entry]) => wrongEntry(path, key, entry) ?? [],
      )
    : [`${path} is ${describeValue(value)}, and has to be a map of texts.`];
}

function sizes({ path, metadata }: Place): readonly string[] {
  const bytes = Object.entries(recordAt(metadata, 'annotations'))
    .map(([key, value]) => key + (textOf(value) ?? ''))
    .reduce((sum, text) => sum + new TextEncoder().encode(text).length, 0);
  return bytes > ANNOTATION_BYTES
    ? [
        `${path}.annotations are ${bytes} bytes together; at most ${ANNOTATION_BYTES} are allowed.`,
      ]
    : [];
}

function nameViolations(object: KubeObject): readonly string[] {
  const name = textOf(recordAt(object, 'metadata').name) ?? '';
  const wrong = name === '' ? undefined : wrongObjectName(object.kind, name);
  return wrong === undefined
    ? []
    : [
        `metadata.name "${shorten(
          name,
        )}" is not one that Kubernetes accepts for a ${object.kind}: ${wrong}.`,
      ];
}

/** Names, labels and annotations are what the API server accepts: what it refuses would be tried for ever. */
export const nameRule: ChartRule = object =>
  [
    ...nameViolations(object),
    ...placesOf(object).flatMap(place => [
      ...entries(place, 'labels'),
      ...entries(place, 'annotations'),
      ...sizes(place),
    ]),
  ].map(message => ({ reason: 'FieldNotAllowed', message }));
