import { isRecord } from '../../jsonValue';
import { KubeObject } from '../../kubernetes';
import { whyReserved } from '../../reservedSecrets';
import { ChartRule, Violation } from '../ChartRule';
import { fieldsOf, textOf } from '../fields';

interface Reference {
  readonly path: string;
  readonly name: string;
}

// What these hold is content, not fields.
const content = new Set(['metadata', 'data', 'stringData', 'binaryData']);

function isReference(path: string, key: string): boolean {
  return /secret/i.test(key) || (key === 'name' && /secret/i.test(path));
}

/**
 * Every text that may name a Secret: `secretName`, and `name` anywhere below a field that has "secret" in its own. Found
 * by walking rather than from a list: pods, claims, routes and accounts name Secrets in a dozen ways, and gain new ones.
 */
function referencesIn(value: unknown, path: string): readonly Reference[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      referencesIn(item, `${path}[${index}]`),
    );
  }
  if (!isRecord(value)) {
    return [];
  }
  return Object.entries(value).flatMap(([key, entry]) => {
    const at = path === '' ? key : `${path}.${key}`;
    return typeof entry === 'string' && isReference(path, key)
      ? [{ path: at, name: entry }]
      : referencesIn(entry, at);
  });
}

/** Ingress controllers take Secrets by annotation, as `name` or `namespace/name`. */
function annotated(object: KubeObject): readonly Reference[] {
  if (object.kind !== 'Ingress') {
    return [];
  }
  return Object.entries(
    fieldsOf(fieldsOf(object.metadata).annotations),
  ).flatMap(([key, value]) =>
    /secret/i.test(key)
      ? [{ path: `metadata.annotations[${key}]`, name: textOf(value) ?? '' }]
      : [],
  );
}

function elsewhere(
  { path, name }: Reference,
  namespace: string,
): readonly Violation[] {
  const [first, ...rest] = name.split('/');
  return rest.length === 0 || first === namespace
    ? []
    : [
        {
          reason: 'FieldNotAllowed',
          message: `${path} refers to namespace "${first}"; references stay in "${namespace}".`,
        },
      ];
}

function reserved({ path, name }: Reference): Violation | undefined {
  const why = whyReserved(name.slice(name.lastIndexOf('/') + 1));
  return why === undefined
    ? undefined
    : {
        reason: 'FieldNotAllowed',
        message: `${path} names the Secret "${name}", which is not an application's to use: it ${why}.`,
      };
}

/** No Secret in which the platform keeps releases, and none of the deployer's. */
export const secretReferenceRule: ChartRule = (object, { namespace }) => {
  const fields = Object.entries(object).filter(([key]) => !content.has(key));
  const named = fields.flatMap(([key, value]) =>
    referencesIn({ [key]: value }, ''),
  );
  const inAnnotations = annotated(object);
  return [
    ...[...named, ...inAnnotations].flatMap(each => reserved(each) ?? []),
    ...inAnnotations.flatMap(each => elsewhere(each, namespace)),
  ];
};
