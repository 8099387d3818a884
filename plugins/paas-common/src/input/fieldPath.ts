/** Where a value stands in a document: `['spec', 'components', 0, 'replicas']`. */
export type FieldPath = readonly (string | number)[];

const plainName = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** The path as people read it: `spec.components[0].replicas`, `limits["nvidia.com/gpu"]`. Empty for the whole document. */
export function formatPath(path: FieldPath): string {
  return path
    .map(step => {
      if (typeof step === 'number') return `[${step}]`;
      return plainName.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
    })
    .join('')
    .replace(/^\./, '');
}

/** The last name of a path with its indexes: `ports[0]` of `spec.components[0].ports[0]`. */
export function fieldLabel(path: FieldPath): string {
  const name = path.findLastIndex(step => typeof step === 'string');
  const [last, ...indexes] = path.slice(name);
  return name < 0 ? 'the document' : `${last}${formatPath(indexes)}`;
}

/** True when `inner` is `outer` or stands below it. */
export function isWithin(inner: FieldPath, outer: FieldPath): boolean {
  return (
    inner.length >= outer.length &&
    outer.every((step, index) => inner[index] === step)
  );
}

/** The value at a path, `undefined` where the path leaves the document. Reads own fields only. */
export function valueAt(document: unknown, path: FieldPath): unknown {
  let value = document;
  for (const step of path) {
    if (
      typeof value !== 'object' ||
      value === null ||
      !Object.hasOwn(value, step)
    )
      return undefined;
    const found: unknown = Reflect.get(value, step);
    value = found;
  }
  return value;
}
