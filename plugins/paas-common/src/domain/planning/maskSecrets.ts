import { FieldChange } from '../action';
import { KubeObject } from '../kubernetes';
import { isRecord } from '../jsonValue';

/** What stands where a Secret's value would. Not even a hash: short values could be guessed from it. */
export const HIDDEN = '(hidden)';
const HIDDEN_OTHER = '(hidden, another value)';

const secretField = /^(data|stringData)([.[]|$)/;

function hide(value: unknown, shown: string): unknown {
  if (value === undefined || value === null) return value;
  return isRecord(value)
    ? Object.fromEntries(Object.keys(value).map(key => [key, shown]))
    : shown;
}

/** Changes as they may be shown: values of a Secret are hidden, that they differ is not. */
export function maskChanges(
  kind: string,
  changes: readonly FieldChange[],
): FieldChange[] {
  if (kind !== 'Secret') return [...changes];
  return changes.map(change =>
    secretField.test(change.path)
      ? {
          ...change,
          from: hide(change.from, HIDDEN),
          to: hide(
            change.to,
            change.from === undefined ? HIDDEN : HIDDEN_OTHER,
          ),
        }
      : change,
  );
}

/** An object as it may be shown or sent to a browser: values of a Secret are hidden. */
export function maskSecrets(object: KubeObject): KubeObject {
  if (object.kind !== 'Secret') return object;
  const masked: Record<string, unknown> = {};
  for (const field of ['data', 'stringData']) {
    if (object[field] !== undefined)
      masked[field] = hide(object[field], HIDDEN);
  }
  return { ...object, ...masked };
}

function encodeBase64(text: string): string {
  return btoa(
    Array.from(new TextEncoder().encode(text), byte =>
      String.fromCharCode(byte),
    ).join(''),
  );
}

/**
 * A Secret with its `stringData` moved into `data`, as the API server stores it. `stringData` can only be written, so it
 * could neither be compared nor removed later.
 */
export function withEncodedSecret(object: KubeObject): KubeObject {
  if (object.kind !== 'Secret' || !isRecord(object.stringData)) return object;
  const { stringData, ...rest } = object;
  const encoded = Object.entries(stringData).map(([key, value]) => [
    key,
    encodeBase64(String(value)),
  ]);
  return {
    ...rest,
    data: {
      ...(isRecord(rest.data) ? rest.data : {}),
      ...Object.fromEntries(encoded),
    },
  };
}
