import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Parser, ReadEntry } from 'tar';
import { ChartProblem } from './ChartProblem';
import { plainLine } from './plainText';
import { reachesOut } from './schemaReach';
import { ArchiveFile, writeArchive } from './writeArchive';

/** What the listing of a chart archive tells before helm sees the archive. */
export interface ArchiveListing {
  /** Files of CustomResourceDefinitions, as `crds/name.yaml`; they are not rendered. */
  readonly crds: readonly string[];
  /** True when a values schema refers to another address or file, or can not be looked at: validating by it would make helm fetch that. */
  readonly remoteSchema: boolean;
  /** The chart's own `values.yaml` and `values.schema.json`, as they stand there. */
  readonly values?: string;
  readonly schema?: string;
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
const packedChart = /(?:^|\/)charts\/.+\.(?:tgz|tar|gz)$/i;
const crdFile = /^[^/]+\/(crds\/.+\.(?:ya?ml|json))$/;

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
  // Helm takes the one for a separator where there is one, everyone else does not.
  if (entry.path.includes('\\')) {
    throw refused(`"${name}" has a backslash in its name`);
  }
  const parts = entry.path.split('/');
  if (
    entry.path.startsWith('/') ||
    /^[A-Za-z]:/.test(entry.path) ||
    parts.includes('..') ||
    entry.path.includes('\0')
  ) {
    throw refused(`"${name}" leads out of it`);
  }
}

/** What was read of an archive so far. */
interface Reading {
  readonly crds: string[];
  readonly files: ArchiveFile[];
  entries: number;
  remoteSchema: boolean;
  problem?: unknown;
}

/** A schema that leads elsewhere, or an archive in the archive, whose schemas are not looked at. */
function needsMore({ path, content }: ArchiveFile): boolean {
  if (packedChart.test(path)) return true;
  return schemaFile.test(path) && reachesOut(content.toString('utf8'));
}

function takeEntry(
  entry: ReadEntry,
  reading: Reading,
  { maxFiles }: ArchiveLimits,
): void {
  try {
    reading.entries += 1;
    if (reading.entries > maxFiles) {
      throw refused(`it holds more than ${maxFiles} files`);
    }
    checkEntry(entry);
  } catch (error) {
    reading.problem ??= error;
  }
  if (reading.problem !== undefined || entry.type === 'Directory') {
    entry.resume();
    return;
  }
  const chunks: Buffer[] = [];
  entry.on('data', (chunk: Buffer) => chunks.push(chunk));
  entry.on('end', () => {
    const file = { path: entry.path, content: Buffer.concat(chunks) };
    const crd = crdFile.exec(file.path);
    if (crd) reading.crds.push(crd[1]);
    reading.remoteSchema ||= needsMore(file);
    reading.files.push(file);
  });
}

function damaged(cause: unknown): ChartProblem {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new ChartProblem(
    'ChartFailed',
    `The chart's archive is damaged: ${plainLine(why, 200)}`,
    { cause },
  );
}

/** Bytes of a tar's first header, in which nothing can be told from something compressed again. */
const HEADER_BYTES = 512;
const compressed = [
  Buffer.from([0x1f, 0x8b]),
  Buffer.from([0x28, 0xb5, 0x2f, 0xfd]),
];

/** The parser would unpack what is compressed twice, past every cap; helm would not. */
function checkStart(start: Buffer): void {
  if (compressed.some(magic => start.subarray(0, magic.length).equals(magic))) {
    throw refused('it is compressed twice');
  }
}

/** What comes out of gunzip, counted: a small archive may unpack to terabytes. The first piece holds a whole header. */
async function* unpacked(
  source: AsyncIterable<Buffer>,
  { maxUnpackedBytes }: ArchiveLimits,
): AsyncGenerator<Buffer> {
  let size = 0;
  let start: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of source) {
    size += chunk.length;
    if (size > maxUnpackedBytes) {
      throw refused(`it unpacks to more than ${maxUnpackedBytes} bytes`);
    }
    if (start === undefined) {
      yield chunk;
      continue;
    }
    start = Buffer.concat([start, chunk]);
    if (start.length < HEADER_BYTES) continue;
    checkStart(start);
    yield start;
    start = undefined;
  }
  if (start !== undefined) {
    checkStart(start);
    yield start;
  }
}

function parserInto(reading: Reading, limits: ArchiveLimits): Parser {
  const parser = new Parser({ strict: true });
  parser.on('entry', (entry: ReadEntry) => takeEntry(entry, reading, limits));
  // Of a type that this reader does not know, and helm takes for a file.
  parser.on('ignoredEntry', (entry: ReadEntry) => {
    const name = plainLine(entry.path, 120);
    reading.problem ??= refused(`"${name}" is of an unknown type`);
  });
  parser.on('error', (error: unknown) => {
    reading.problem ??= damaged(error);
  });
  return parser;
}

async function readArchive(
  file: string,
  limits: ArchiveLimits,
): Promise<Reading> {
  const reading: Reading = {
    crds: [],
    files: [],
    entries: 0,
    remoteSchema: false,
  };
  const parser = parserInto(reading, limits);
  let isOver = false;
  let isWhole = false;
  parser.on('eof', () => {
    isOver = true;
  });
  parser.on('end', () => {
    isWhole = true;
  });
  try {
    await pipeline(
      createReadStream(file),
      createGunzip(),
      async (source: AsyncIterable<Buffer>) => {
        for await (const chunk of unpacked(source, limits)) {
          // What stands after the end would be gathered piece by piece, all of it copied for each.
          if (!isOver && reading.problem === undefined) parser.write(chunk);
        }
      },
    );
  } catch (cause) {
    throw (
      reading.problem ??
      (cause instanceof ChartProblem ? cause : damaged(cause))
    );
  }
  parser.end();
  if (reading.problem !== undefined) throw reading.problem;
  if (!isWhole) throw damaged('it ends in the middle of a file');
  if (reading.entries === 0) throw refused('it is empty');
  return reading;
}

/**
 * Reads through a chart archive. Throws `ChartFailed` for what no honest chart holds: links, devices, paths that lead
 * out, too much. (Helm 4 checks some of this as well; it is not asked to be the only guard.) With `copyTo` it writes what
 * it read into a new archive: readers of tar differ in whose word counts for a name, and helm has to see what was
 * checked.
 */
export async function checkArchive(
  file: string,
  options: {
    readonly limits?: ArchiveLimits;
    readonly copyTo?: string;
  } = {},
): Promise<ArchiveListing> {
  const { limits = defaultArchiveLimits, copyTo } = options;
  const { crds, files, remoteSchema } = await readArchive(file, limits);
  if (copyTo !== undefined) await writeArchive(files, copyTo);
  const own = (pattern: RegExp) =>
    files.find(({ path }) => pattern.test(path))?.content.toString('utf8');
  const values = own(/^[^/]+\/values\.ya?ml$/);
  const schema = own(/^[^/]+\/values\.schema\.json$/);
  return {
    crds: crds.sort(),
    remoteSchema,
    ...(values !== undefined && { values }),
    ...(schema !== undefined && { schema }),
  };
}
