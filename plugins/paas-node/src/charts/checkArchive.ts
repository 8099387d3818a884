import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Transform } from 'node:stream';
import { Parser, ReadEntry } from 'tar';
import { ChartProblem } from './ChartProblem';
import { plainLine } from './plainText';

/** What the listing of a chart archive tells before helm sees the archive. */
export interface ArchiveListing {
  /** Files of CustomResourceDefinitions, as `crds/name.yaml`; they are not rendered. */
  readonly crds: readonly string[];
  /** True when a values schema refers to another address or file: validating by it would make helm fetch that. */
  readonly remoteSchema: boolean;
}

/** Limits on what an archive may hold; a chart of megabytes is a mistake or an attack. */
export interface ArchiveLimits {
  readonly maxUnpackedBytes: number;
  readonly maxFiles: number;
}

export const defaultArchiveLimits: ArchiveLimits = {
  maxUnpackedBytes: 100 * 1024 * 1024,
  maxFiles: 10_000,
};

const fileTypes = new Set(['File', 'OldFile', 'ContiguousFile', 'Directory']);
const schemaFile = /(?:^|\/)values\.schema\.json$/;
const crdFile = /^[^/]+\/(crds\/.+\.(?:ya?ml|json))$/;

/**
 * True when a JSON schema needs more than itself. Parsed rather than searched: `"\u0024ref"` is a reference as well.
 * What can not be read is taken as needing more.
 */
function reachesOut(schema: string): boolean {
  let found = false;
  try {
    JSON.parse(schema, (key, value: unknown) => {
      if (typeof value !== 'string') return value;
      const reference = key === '$ref' || key === '$dynamicRef';
      const dialect =
        key === '$schema' && !/^https?:\/\/json-schema\.org\//.test(value);
      found ||= dialect || (reference && !value.startsWith('#'));
      return value;
    });
  } catch {
    return true;
  }
  return found;
}

function refused(why: string): ChartProblem {
  return new ChartProblem(
    'ChartFailed',
    `The chart's archive is refused: ${why}.`,
  );
}

function checkEntry(entry: ReadEntry): void {
  const name = plainLine(entry.path, 120);
  if (!fileTypes.has(entry.type)) {
    throw refused(
      `"${name}" is a ${entry.type}, and only files and directories may be in it`,
    );
  }
  const parts = entry.path.split(/[\\/]/);
  if (
    entry.path.startsWith('/') ||
    /^[A-Za-z]:/.test(entry.path) ||
    parts.includes('..') ||
    entry.path.includes('\0')
  ) {
    throw refused(`"${name}" leads out of it`);
  }
}

/** Counts what comes out of gunzip: a small archive may unpack to terabytes. */
function capped(maxBytes: number): Transform {
  let size = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > maxBytes) {
        done(refused(`it unpacks to more than ${maxBytes} bytes`));
      } else {
        done(null, chunk);
      }
    },
  });
}

/**
 * Reads through a chart archive without writing anything. Throws `ChartFailed` for what no honest chart holds: links,
 * devices, paths that lead out, too much. (Helm 4 checks some of this as well; it is not asked to be the only guard.)
 */
export async function checkArchive(
  file: string,
  limits: ArchiveLimits = defaultArchiveLimits,
): Promise<ArchiveListing> {
  const crds: string[] = [];
  let files = 0;
  let remoteSchema = false;
  let problem: unknown;
  const parser = new Parser({ strict: true });
  parser.on('entry', (entry: ReadEntry) => {
    try {
      files += 1;
      if (files > limits.maxFiles) {
        throw refused(`it holds more than ${limits.maxFiles} files`);
      }
      checkEntry(entry);
    } catch (error) {
      problem ??= error;
    }
    const crd = crdFile.exec(entry.path);
    if (crd) crds.push(crd[1]);
    if (problem === undefined && schemaFile.test(entry.path)) {
      const chunks: Buffer[] = [];
      entry.on('data', (chunk: Buffer) => chunks.push(chunk));
      entry.on('end', () => {
        remoteSchema ||= reachesOut(Buffer.concat(chunks).toString('utf8'));
      });
    } else {
      entry.resume();
    }
  });
  try {
    await pipeline(
      createReadStream(file),
      createGunzip(),
      capped(limits.maxUnpackedBytes),
      parser,
    );
  } catch (cause) {
    if (cause instanceof ChartProblem) throw cause;
    throw problem instanceof ChartProblem
      ? problem
      : new ChartProblem(
          'ChartFailed',
          `The chart's archive is damaged: ${plainLine(
            cause instanceof Error ? cause.message : String(cause),
            200,
          )}`,
          { cause },
        );
  }
  if (problem !== undefined) throw problem;
  if (files === 0) throw refused('it is empty');
  return { crds: crds.sort(), remoteSchema };
}
