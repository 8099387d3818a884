import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { create } from 'tar';
import { parse } from 'yaml';

/** A chart as a repository offers it. */
export interface PackedChart {
  readonly name: string;
  readonly version: string;
  /** Chart.yaml as read, for the repository's index. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** `<name>-<version>.tgz`. */
  readonly fileName: string;
  readonly archive: Buffer;
  /** SHA-256 of the archive, hexadecimal. */
  readonly digest: string;
}

function filesUnder(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort();
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readMetadata(directory: string): Record<string, unknown> & {
  name: string;
  version: string;
} {
  const file = join(directory, 'Chart.yaml');
  const metadata: unknown = parse(readFileSync(file, 'utf8'));
  if (!isRecord(metadata)) {
    throw new Error(
      `${file} is not a map; a chart needs name and version there.`,
    );
  }
  const { name, version } = metadata;
  if (typeof name !== 'string' || typeof version !== 'string') {
    throw new Error(
      `${file} needs name and version as text; found name ${String(
        name,
      )} and version ${String(version)}.`,
    );
  }
  if (name !== basename(directory)) {
    throw new Error(
      `${file} names the chart "${name}", but its folder is called "${basename(
        directory,
      )}"; Helm wants them equal.`,
    );
  }
  return { ...metadata, name, version };
}

/** Packs a chart's folder; the same files give the same bytes, so the digest means the content. */
export async function packChart(directory: string): Promise<PackedChart> {
  const metadata = readMetadata(directory);
  const parent = dirname(directory);
  const stream = create(
    { cwd: parent, gzip: true, portable: true, mtime: new Date(0) },
    filesUnder(directory).map(file => relative(parent, file)),
  );
  const archive = await stream.concat();
  return {
    name: metadata.name,
    version: metadata.version,
    metadata,
    fileName: `${metadata.name}-${metadata.version}.tgz`,
    archive,
    digest: createHash('sha256').update(archive).digest('hex'),
  };
}
