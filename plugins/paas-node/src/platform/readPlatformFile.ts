import { readFile } from 'node:fs/promises';
import { LineCounter, parseDocument } from 'yaml';
import {
  Checked,
  PlatformConfig,
  Problem,
  readPlatformConfig,
} from '@understage/plugin-paas-common';

/** Environment variables by name, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** `${NAME}` filled in as Backstage's configuration does it; `$${` stays `${`. What is not set stays, to be complained about. */
function fillIn(value: unknown, env: Environment): unknown {
  if (typeof value === 'string') {
    return value.replace(
      /\$?\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g,
      (written, name: string) =>
        written.startsWith('$$') ? written.slice(1) : env[name] ?? written,
    );
  }
  if (Array.isArray(value)) return value.map(item => fillIn(item, env));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, fillIn(item, env)]),
  );
}

function unreadable(file: string, why: string): Checked<PlatformConfig> {
  const problem: Problem = {
    path: '',
    message: `The configuration ${file} can not be read: ${why}.`,
  };
  return { ok: false, problems: [problem] };
}

/** Reads the section `paas` of a configuration text; other sections are none of ours. */
export function parsePlatformFile(
  text: string,
  options: { readonly file: string; readonly env: Environment },
): Checked<PlatformConfig> {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
  });
  const fault = document.errors.at(0);
  if (fault) {
    const { line, col } = lines.linePos(fault.pos[0]);
    return unreadable(
      options.file,
      `line ${line}, column ${col}: ${fault.message}`,
    );
  }
  const whole: unknown = document.toJS({ maxAliasCount: 100 });
  const section =
    typeof whole === 'object' && whole !== null && 'paas' in whole
      ? whole.paas
      : undefined;
  return readPlatformConfig(fillIn(section, options.env));
}

/**
 * The platform's settings from a file shared by operator and CLI, in the shape of Backstage's app-config. Without a file
 * every setting has its default. Problems are answered, never thrown.
 */
export async function readPlatformFile(options: {
  readonly file?: string;
  readonly env: Environment;
}): Promise<Checked<PlatformConfig>> {
  const { file, env } = options;
  if (file === undefined) return readPlatformConfig(undefined);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    return unreadable(
      file,
      error instanceof Error ? error.message : String(error),
    );
  }
  return parsePlatformFile(text, { file, env });
}
