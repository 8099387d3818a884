import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Header, Pax } from 'tar';

/** A file of an archive. */
export interface ArchiveFile {
  readonly path: string;
  readonly content: Buffer;
}

const BLOCK = 512;

function headerOf({ path, content }: ArchiveFile): Buffer {
  const fields = {
    path,
    mode: 0o644,
    size: content.length,
    type: 'File' as const,
    mtime: new Date(0),
  };
  const block = Buffer.alloc(BLOCK);
  const isTooLong = new Header(fields).encode(block, 0);
  return isTooLong ? Buffer.concat([new Pax({ path }).encode(), block]) : block;
}

function* blocksOf(files: readonly ArchiveFile[]): Generator<Buffer> {
  for (const file of files) {
    yield headerOf(file);
    yield file.content;
    yield Buffer.alloc((BLOCK - (file.content.length % BLOCK)) % BLOCK);
  }
  yield Buffer.alloc(2 * BLOCK);
}

/** Writes a gzipped tar of plain files, in the plainest form there is: every reader reads it alike. */
export async function writeArchive(
  files: readonly ArchiveFile[],
  to: string,
): Promise<void> {
  await pipeline(
    Readable.from(blocksOf(files)),
    createGzip({ level: 1 }),
    createWriteStream(to, { mode: 0o600 }),
  );
}
