import { FieldPath } from './fieldPath';
import { Finding } from './finding';

const limits = { depth: 64, nodes: 200_000, text: 1_048_576 };

/** What reading a value as plain data came to. `stop` means that it is not worth, or not safe, to look further. */
export interface Inspection {
  readonly findings: readonly Finding[];
  readonly stop: boolean;
}

interface Visit {
  readonly path: FieldPath;
  readonly value: unknown;
}

function inspectText(path: FieldPath, text: string): Finding | undefined {
  if (text.length > limits.text)
    return {
      path,
      message: `A text of ${text.length} characters is too long: at most ${limits.text} are allowed.`,
    };
  if (text.includes('\0'))
    return {
      path,
      message:
        'The text holds a NUL character, which neither Kubernetes nor a container accepts.',
    };
  if (/\p{Cs}/u.test(text))
    return {
      path,
      message:
        'The text holds half of a character (a lone surrogate). Save the file as UTF-8.',
    };
  return undefined;
}

function isPlain(value: object): boolean {
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function childrenOf(value: object, path: FieldPath): Visit[] {
  if (Array.isArray(value))
    return value.map((item: unknown, index) => ({
      path: [...path, index],
      value: item,
    }));
  return Object.entries(value).map(([name, item]) => ({
    path: [...path, name],
    value: item,
  }));
}

function inspectKey(path: FieldPath): Finding | undefined {
  const key = path[path.length - 1];
  if (typeof key !== 'string') return undefined;
  if (key === '__proto__')
    return {
      path,
      part: 'key',
      message: '`__proto__` can not be the name of a field.',
    };
  return inspectText(path, key);
}

function inspectNode({ path, value }: Visit): {
  finding?: Finding;
  children: Visit[];
  stop?: boolean;
} {
  const badKey = inspectKey(path);
  if (badKey) return { finding: badKey, children: [] };
  if (typeof value === 'string')
    return { finding: inspectText(path, value), children: [] };
  if (
    value === null ||
    ['undefined', 'number', 'boolean'].includes(typeof value)
  )
    return { children: [] };
  if (typeof value !== 'object' || !isPlain(value)) {
    const message =
      'Only maps, lists, text, numbers, true, false and null can stand in a resource.';
    return {
      finding: { path, message, found: typeof value },
      children: [],
      stop: true,
    };
  }
  if (path.length >= limits.depth) {
    const message = `The document is nested more than ${limits.depth} levels deep.`;
    return { finding: { path: [], message }, children: [], stop: true };
  }
  return { children: childrenOf(value, path) };
}

/**
 * Reads a value once, without recursion, and says what makes it unfit as data of a resource: foreign objects, too deep,
 * too many parts (aliases repeated many times count each time), texts that nothing can hold, names that would reach into
 * JavaScript's own objects.
 */
export function inspectValue(value: unknown): Inspection {
  const findings: Finding[] = [];
  const pending: Visit[] = [{ path: [], value }];
  let nodes = 0;
  for (let visit = pending.pop(); visit; visit = pending.pop()) {
    nodes += 1;
    if (nodes + pending.length > limits.nodes) {
      const message = `The document has more than ${limits.nodes} parts, aliases counted where they are used. Split the application.`;
      return { findings: [{ path: [], message }], stop: true };
    }
    const { finding, children, stop } = inspectNode(visit);
    if (stop && finding) return { findings: [finding], stop };
    if (finding) findings.push(finding);
    // From the back, so that the first is looked at first; one by one, since a list may be longer than a call has room for.
    for (const child of children.reverse()) pending.push(child);
  }
  return { findings, stop: false };
}
