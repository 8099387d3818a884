import { quoteValue, shorten } from '../../input/describeValue';
import { foldLookalikes } from '../../input/lookalikes';
import { Checked, Problem } from '../problem';
import { DependencyTarget, parseTarget } from './parseTarget';
import { readDependencyFields } from './readDependencyFields';

export type { DependencyTarget };

/** A dependency that is well formed; whether both ends exist is for `checkDependencies`. */
export interface ParsedDependency {
  /** In one spelling, however it was written: `frontend -> redis:6379`. */
  readonly text: string;
  readonly from: string;
  readonly to: DependencyTarget;
  readonly port: number;
  /** Prefix of the injected variables: `REDIS` gives `REDIS_HOST`. */
  readonly env: string;
}

/** A dependency and where it stands: `spec.dependencies[0]`. */
export interface PlacedDependency {
  readonly path: string;
  readonly dependency: ParsedDependency;
}

const form = '`from -> to:port`, such as `frontend -> redis:6379`';
/** What people and word processors write for an arrow. */
const otherArrow = /[→⟶➔➜➝⇒⟹＞]|[=~]+>|[-—–−]{2,}>|[—–−]>|->>/;

function refuse(
  path: string,
  message: string,
  more: Partial<Problem> = {},
): { ok: false; problems: Problem[] } {
  return { ok: false, problems: [{ path, message, allowed: form, ...more }] };
}

/** The target in the spelling of a file: `redis`, `shop/api`, `external:[::1]`. */
function targetText(to: DependencyTarget): string {
  if (to.kind === 'component') return to.component;
  if (to.kind === 'application') return `${to.application}/${to.component}`;
  return `external:${to.host.includes(':') ? `[${to.host}]` : to.host}`;
}

/** The prefix of variables when none is chosen: the target's name in capitals. */
function defaultPrefix(to: DependencyTarget): string {
  const name = to.kind === 'external' ? to.host : to.component;
  const prefix = name.toUpperCase().replace(/[^A-Z0-9]/g, '_');
  return /^[0-9]/.test(prefix) ? `_${prefix}` : prefix;
}

interface Ends {
  readonly from: string;
  readonly to: DependencyTarget;
  readonly port: number;
  readonly env?: string;
}

function complete({ from, to, port, env }: Ends): Checked<ParsedDependency> {
  const text = `${from} -> ${targetText(to)}:${port}`;
  return {
    ok: true,
    value: { text, from, to, port, env: env ?? defaultPrefix(to) },
    warnings: [],
  };
}

function explainArrow(text: string, path: string): ReturnType<typeof refuse> {
  const found = shorten(text);
  const arrow = otherArrow.exec(text)?.[0];
  if (arrow !== undefined) {
    const suggestion = foldLookalikes(text.replace(arrow, '->'))
      .replace(/\s*->\s*/, ' -> ')
      .trim();
    return refuse(
      path,
      `"${found}" has the arrow "${arrow}": write it as \`->\`. Did you mean \`${shorten(
        suggestion,
      )}\`?`,
      { found, suggestion: shorten(suggestion) },
    );
  }
  return refuse(path, `"${found}" is no dependency: write ${form}.`, { found });
}

function parseText(text: string, path: string): Checked<ParsedDependency> {
  const found = shorten(text);
  const ends = text.split('->').map(end => end.trim());
  if (ends.length < 2 || otherArrow.test(text)) return explainArrow(text, path);
  if (ends.length > 2)
    return refuse(
      path,
      `"${found}" has ${
        ends.length - 1
      } arrows: write one entry for each pair.`,
      { found },
    );
  const [from, target] = ends;
  if (from === '')
    return refuse(path, `"${found}" does not say what calls: write ${form}.`, {
      found,
    });
  const fields = readDependencyFields({ from, to: 'x', port: 1 }, path);
  if (!fields.ok)
    return {
      ok: false,
      problems: fields.problems.map(problem => ({
        ...problem,
        path,
        allowed: form,
        message: `"${found}": ${problem.message}`,
      })),
    };
  const parsed = parseTarget(target, { portInTarget: true });
  if (parsed.kind === 'fault')
    return refuse(path, `"${found}": ${parsed.message}`, {
      found,
      ...(parsed.suggestion !== undefined && {
        suggestion: `${from} -> ${parsed.suggestion}`,
      }),
    });
  return complete({ from, to: parsed.to, port: parsed.port });
}

function parseFields(input: unknown, path: string): Checked<ParsedDependency> {
  const fields = readDependencyFields(input, path);
  if (!fields.ok) return fields;
  const { from, to: target, port, env } = fields.value;
  const parsed = parseTarget(target, { portInTarget: false });
  if (parsed.kind === 'fault') {
    const { message, suggestion } = parsed;
    return {
      ok: false,
      problems: [
        {
          path: `${path}.to`,
          message: `\`to\` is "${shorten(target)}": ${message}`,
          found: shorten(target),
          allowed: '`component`, `application/component` or `external:host`',
          ...(suggestion !== undefined && { suggestion }),
        },
      ],
    };
  }
  return complete({
    from,
    to: parsed.to,
    port,
    ...(env !== undefined && { env }),
  });
}

/**
 * Reads one entry of `spec.dependencies`: `from -> to:port` with or without spaces, or the fields from, to, port and env.
 * `path` is where it stands, for the problems: `spec.dependencies[0]`.
 */
export function parseDependency(
  input: unknown,
  path: string,
): Checked<ParsedDependency> {
  if (typeof input === 'string') {
    return input.length > 1024
      ? refuse(
          path,
          `A dependency of ${input.length} characters is too long; at most 1024 are allowed.`,
          { found: shorten(input) },
        )
      : parseText(input, path);
  }
  if (typeof input === 'object' && input !== null && !Array.isArray(input))
    return parseFields(input, path);
  return refuse(
    path,
    `A dependency is ${nameOf(
      input,
    )}; write ${form}, or the fields from, to and port.`,
    { found: quoteValue(input) },
  );
}

/** What stood there instead of a dependency, as a person would say it. */
function nameOf(input: unknown): string {
  if (input === null || input === undefined) return 'empty';
  if (Array.isArray(input)) return 'a list';
  return `"${shorten(String(input))}"`;
}
